using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Explanation;
using Nabla.Formulas.Knowledge;

namespace Nabla.Formulas.Tests.Explanation;

/// <summary>Known shapes rule out named formulas that would give something of another kind.</summary>
public class FittingShapesTests
{
    public static TheoryData<string> Examples =>
        new(KnowledgeBase.Entries.Where(entry => entry.Example is not null).Select(entry => entry.Id));

    [Theory]
    [InlineData("x^T y")]
    [InlineData("x y")]
    public void What_gives_no_matrix_is_no_outer_product(string formula) =>
        Ids(formula, "x=[1,2]", "y=[3,4]").ShouldNotContain("outer_product", StringComparer.Ordinal);

    [Fact]
    public void What_gives_a_matrix_stays_one() =>
        Ids("x y^T", "x=[1,2]", "y=[3,4,5]").ShouldContain("outer_product", StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_entry_is_recognised_with_its_own_example(string id)
    {
        Entry entry = KnowledgeBase.Find(id)!;
        string formula = entry.Formulas[0];
        if (!Explainer.Explain(formula).Recognised.Any(one => one.Id == id))
            return;
        string[] given = [.. entry.Example!.With.Select(pair => $"{pair.Key}={pair.Value.GetRawText()}")];
        Ids(formula, given).ShouldContain(id, StringComparer.Ordinal);
    }

    private static string[] Ids(string formula, params string[] given) => [.. Explainer.Explain(
        formula, new ExplanationRequest { Bindings = Bindings.Parse(given) }).Recognised.Select(one => one.Id)];
}
