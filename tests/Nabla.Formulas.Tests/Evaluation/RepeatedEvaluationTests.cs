using Nabla.Formulas.Evaluation;

namespace Nabla.Formulas.Tests.Evaluation;

/// <summary>A formula that is asked again and again says what it says when it is asked once.</summary>
public sealed class RepeatedEvaluationTests
{
    private const int Times = 200, MostBytesOfOne = 2_000;

    private static readonly double[] Moves = [0, 0.5, -0.75, 1, -3];

    public static TheoryData<string, string, string> Recorded => new()
    {
        { "(w - 3)^2", "w", "w=1" },
        { "x^4 - 3x^2 + y^2", "x y", "x=1 y=2" },
        { "\\sum_{i=1}^{3} \\max(0, 1 - w x_i)^2", "w", "w=0.3 x=[1,2,3]" },
        { "\\max_i x_i - \\min_i x_i", "x", "x=[1,5,2]" },
        { "\\prod_{i=1}^{3} x_i", "x", "x=[1,5,2]" },
        { "\\log \\sum_{i=1}^{3} e^{x_i}", "x", "x=[1,5,2]" },
        { "\\sum_i y_i \\log \\operatorname{softmax}(x)_i", "x", "x=[1,5,2] y=[0,1,0]" },
        { "\\|x\\|_2 + \\|A x\\|_1", "x A", "x=[1,5] A=[[1,2],[3,4]]" },
        { "x^T A^{-1} x", "x A", "x=[1,5] A=[[4,1],[1,3]]" },
        { "\\log \\det A", "A", "A=[[4,1],[1,3]]" },
        { "\\frac{a}{b} + \\sqrt{a} + \\tanh(b)", "a b", "a=4 b=5" },
        { "\\sum_{i=1}^{2} \\sum_{j=1}^{2} A_{ij} x_i x_j", "x A", "x=[1,5] A=[[4,1],[1,3]]" },
        { "x \\arg\\max_i c_i", "x", "x=2 c=[1,5,2]" },
        { "p + q", "p", "p=1 q=2" },
        { "7", "p", "p=1" },
    };

    public static TheoryData<string, string, string> Decided => new()
    {
        { "\\begin{cases} x^2 & x > 1 \\\\ -x & x \\le 1 \\end{cases}", "x", "x=2" },
        { "a^{n}", "a n", "a=2 n=3" },
        { "c_k", "k", "k=1 c=[1,5,2]" },
        { "\\sum_{i=1}^{n} i", "n", "n=3" },
        { "\\arg\\max_i x_i", "x", "x=[1,5,2]" },
        { "\\int_0^1 (w t - 1)^2 dt", "w", "w=2" },
        { "\\int_0^b t^2 dt", "b", "b=2" },
        { "\\lim_{t \\to 0} \\frac{\\sin(w t)}{t}", "w", "w=2" },
        { "\\sum_{i=0}^{\\infty} \\frac{w^i}{i!}", "w", "w=0.5" },
        { "\\lfloor x \\rfloor + [x > 1]", "x", "x=2" },
        { "\\frac{d}{dx} (x^3 + w x^2)", "x w", "x=2 w=1" },
        { "A^n", "n", "n=2 A=[[2]]" },
    };

    [Theory]
    [MemberData(nameof(Recorded))]
    [MemberData(nameof(Decided))]
    public void Every_time_it_says_what_one_evaluation_says(string text, string names, string values)
    {
        Formula formula = Formula.Parse(text);
        Bindings bindings = Bindings.Parse(values.Split(' '));
        string[] by = names.Split(' ');
        var repeated = new RepeatedEvaluation(formula, bindings, by);
        double[] start = [.. by.SelectMany(name => bindings[name].Values.ToArray())];
        foreach (double move in Moves)
        {
            double[] at = [.. start.Select((number, i) => number + move * (i + 1))];
            (double Value, double[] Gradient)? expected = Once(formula, bindings.With(by, at), by);
            (double Value, double[] Gradient)? actual = Again(repeated, at);
            (actual is null).ShouldBe(expected is null, $"at {move}");
            if (expected is not { } once || actual is not { } again)
                continue;
            again.Value.ShouldBe(once.Value, $"at {move}");
            again.Gradient.ShouldBe(once.Gradient, $"at {move}");
            repeated.Value(at, Budget.OfEvaluation()).ShouldBe(once.Value, $"at {move}, without a gradient");
        }
    }

    [Theory]
    [MemberData(nameof(Recorded))]
    public void Where_numbers_decide_nothing_it_is_read_once(string text, string names, string values)
    {
        Bindings bindings = Bindings.Parse(values.Split(' '));
        string[] by = names.Split(' ');
        double[] at = [.. by.SelectMany(name => bindings[name].Values.ToArray())];
        var repeated = new RepeatedEvaluation(Formula.Parse(text), bindings, by);
        var budget = new Budget(long.MaxValue);
        repeated.Slope(at, budget);
        repeated.IsRecorded.ShouldBeTrue();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Times; i++)
            repeated.Slope(at, budget);
        ((GC.GetAllocatedBytesForCurrentThread() - before) / Times).ShouldBeLessThan(MostBytesOfOne);
    }

    [Theory]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NaN, double.NaN)]
    public void A_norm_of_infinite_numbers_is_infinite(double entry, double norm)
    {
        var repeated = new RepeatedEvaluation(
            Formula.Parse("\\|A\\|_2"), Bindings.Parse("A=[[4,1],[1,3]]"), ["A"]);
        repeated.Value([4, 1, 1, 3], Budget.OfEvaluation());
        repeated.Value([entry, 1, 1, 3], Budget.OfEvaluation()).ShouldBe(norm);
    }

    [Fact]
    public void A_budget_ends_it_however_it_is_computed()
    {
        foreach (string text in new[] { "w^2", "\\int_0^1 (w t - 1)^2 dt" })
        {
            var repeated = new RepeatedEvaluation(Formula.Parse(text), Bindings.Parse("w=2"), ["w"]);
            var budget = new Budget(1_000_000, 50_000);
            Should.Throw<FormulaException>(() =>
            {
                for (int i = 0; i < 1_000_000; i++)
                    repeated.Slope([2], budget);
            });
            budget.IsSpent.ShouldBeTrue();
        }
    }

    private static (double Value, double[] Gradient)? Once(Formula formula, Bindings bindings, string[] by)
    {
        try
        {
            EvaluationResult result = Evaluator.Evaluate(formula, bindings, new() { Gradients = by, Steps = false });
            return result.Value.Count != 1 ? null
                : (result.Value.Values[0], [.. by.SelectMany(name => result.GradientBy(name).Values.ToArray())]);
        }
        catch (FormulaException)
        {
            return null;
        }
    }

    private static (double Value, double[] Gradient)? Again(RepeatedEvaluation repeated, double[] at)
    {
        try
        {
            return repeated.Slope(at, Budget.OfEvaluation());
        }
        catch (FormulaException)
        {
            return null;
        }
    }
}
