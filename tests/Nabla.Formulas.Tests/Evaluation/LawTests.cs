using FsCheck;
using FsCheck.Fluent;
using Nabla.Formulas.Evaluation;

namespace Nabla.Formulas.Tests.Evaluation;

/// <summary>Laws that hold whatever the numbers are.</summary>
public sealed class LawTests
{
    private static readonly Gen<double> Numbers = Gen.Choose(-2000, 2000).Select(n => n / 500.0);

    private static Arbitrary<(double[] A, double[] B, double C)> Lists { get; } = (
        from size in Gen.Choose(1, 6)
        from a in Numbers.ArrayOf(size)
        from b in Numbers.ArrayOf(size)
        from c in Numbers
        select (a, b, c)).ToArbitrary();

    [Fact]
    public void Sums_are_linear() => Holds((with, _) => Near(
        Value(@"\sum_i (c a_i + b_i)", with), Value(@"c \sum_i a_i + \sum_i b_i", with)));

    [Fact]
    public void The_gradient_of_a_dot_product_is_the_other_vector() => Holds((with, lists) =>
    {
        EvaluationResult result = Evaluator.Evaluate(
            Formula.Parse("a^T b + c"), with, new() { Gradients = ["a", "b", "c"] });
        return result.Gradients["a"].Equals(NumberArray.Vector(lists.B))
            && result.Gradients["b"].Equals(NumberArray.Vector(lists.A)) && result.Gradients["c"].Values[0] == 1;
    });

    [Fact]
    public void Softmax_adds_up_to_1_and_does_not_mind_a_constant() => Holds((with, _) =>
        Near(Value(@"\sum_i \mathrm{softmax}(a)_i", with), 1)
        && Near(Value(@"\mathrm{softmax}(a)_1", with), Value(@"\mathrm{softmax}(a + c)_1", with)));

    [Fact]
    public void A_softmax_written_out_is_the_function() => Holds((with, _) =>
    {
        NumberArray written = Evaluator.Evaluate(Formula.Parse("p_i = exp(a_i) / sum_j exp(a_j)"), with).Value;
        NumberArray named = Evaluator.Evaluate(Formula.Parse("softmax(a)"), with).Value;
        return written.Shape == named.Shape
            && Enumerable.Range(0, named.Count).All(i => Near(written.Values[i], named.Values[i]));
    });

    [Fact]
    public void The_engine_agrees() => Holds((with, _) =>
    {
        EvaluationResult result = Evaluator.Evaluate(
            Formula.Parse(@"\|a - b\|^2 + \tanh(c) \sum_i a_i b_i"), with, new() { Gradients = ["a", "b", "c"] });
        double exact = result.Value.Values[0];
        return result.Warnings.Count == 0
            && Math.Abs(result.EngineValue!.Values[0] - exact) <= 1e-4 * (1 + Math.Abs(exact));
    });

    [Fact]
    public void The_divergence_of_a_distribution_from_itself_is_0() => Holds((with, _) =>
        Near(Value(@"\sum_i s_i \log \frac{s_i}{s_i}", With(with, "s")), 0));

    private static Bindings With(Bindings with, string name)
    {
        double[] powers = [.. with["a"].Values.ToArray().Select(Math.Exp)];
        var more = new Bindings();
        more.Add(name, NumberArray.Vector([.. powers.Select(power => power / powers.Sum())]));
        return more;
    }

    private static double Value(string formula, Bindings with) =>
        Evaluator.Evaluate(Formula.Parse(formula), with).Value.Values[0];

    private static bool Near(double a, double b) => Math.Abs(a - b) <= 1e-10 * (1 + Math.Abs(a));

    private static void Holds(Func<Bindings, (double[] A, double[] B, double C), bool> law) =>
        Prop.ForAll(Lists, lists =>
    {
        var with = new Bindings();
        with.Add("a", NumberArray.Vector(lists.A));
        with.Add("b", NumberArray.Vector(lists.B));
        with.Add("c", lists.C);
        return law(with, lists);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
}
