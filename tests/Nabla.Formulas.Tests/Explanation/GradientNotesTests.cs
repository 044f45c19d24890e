using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Explanation;

namespace Nabla.Formulas.Tests.Explanation;

/// <summary>A gradient is called 0 only where the entries move and their sum does not.</summary>
public sealed class GradientNotesTests
{
    [Theory]
    [InlineData("x^2 + y^2", "y", 6, "x=1e7", "y=3")]
    [InlineData("E = k T", "T", 1.380649e-23, "k=1.380649e-23", "T=300")]
    [InlineData("a + w", "w", 1, "a=1e13", "w=2")]
    [InlineData("1e-20 v", "v", 1e-20, "v=[1, 2]")]
    [InlineData("b + v", "v", 1, "b=1e13", "v=[1, 2]")]
    public void A_small_gradient_stays_what_it_is(string formula, string by, double slope, params string[] given) =>
        Explained(formula, by, given).Gradients[by].Values[0].ShouldBe(slope, 1e-9 * slope);

    [Fact]
    public void The_sum_of_a_softmax_does_not_move()
    {
        ExplainedFormula explained = Explained("softmax(z)", "z", "z=[1, 2, 3]");
        explained.Gradients["z"].Values.ToArray().ShouldBe([0, 0, 0]);
        explained.Notes.ShouldContain(note => note.Contains("the entries add up to 1 whatever z is"));
    }

    [Fact]
    public void Long_lists_are_gone_through_once_for_each_place()
    {
        Explained("0 z", "z", "z=[1, 2, 3]");
        string given = $"z=[{string.Join(',', Enumerable.Range(0, 5000).Select(i => i % 7))}]";
        long before = GC.GetAllocatedBytesForCurrentThread();
        Explained("0 z", "z", given).Gradients["z"].Values.ToArray().ShouldAllBe(slope => slope == 0);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(50_000_000);
    }

    private static ExplainedFormula Explained(string formula, string by, params string[] given) => Explainer.Explain(
        Formula.Parse(formula), new ExplanationRequest { Bindings = Bindings.Parse(given), Gradients = [by] });
}
