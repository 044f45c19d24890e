using System.Globalization;
using Nabla.Cli.Calculus;
using Nabla.Formulas;
using Nabla.Formulas.Evaluation;

namespace Nabla.Cli.Tests.Calculus;

/// <summary>Whatever is followed downhill takes little; what people follow is followed to the end.</summary>
public sealed class DescentBoundsTests
{
    private const long MostBytes = 100_000_000;

    private static readonly string Numbers = string.Join(',',
        Enumerable.Range(0, 20).Select(i => ((i * 7 % 20 - 9.5) / 5).ToString(CultureInfo.InvariantCulture)));

    private static readonly string Labels = string.Join(',',
        Enumerable.Range(0, 20).Select(i => (i * 7 % 20 > 9) != (i % 5 == 0) ? 1 : 0));

    // What spent seconds and gigabytes: nothing to arrive at, nothing to be found, nothing to be recorded.
    [Theory]
    [InlineData("A^{-1}", "A=3.39", "")]
    [InlineData("\\frac{1e-8}{\\epsilon}", "epsilon=2", "")]
    [InlineData("\\mathcal{L}", "L=2147483648", "")]
    [InlineData("\\frac{FP}{FP TN}", "FP=1.01 TN=3", "")]
    [InlineData("\\sum_{i=1}^{\\infty} i", "i=0.5 infinity=[]", "")]
    [InlineData("\\int_0^1 (w x - 1)^2 dx", "w=2", "")]
    [InlineData(
        "\\frac{d}{dx}‖L_{simple} = \\mathbb{E}_{t, \\epsilon}[\\| \\epsilon - \\epsilon_\\theta(x_t) \\|^2]‖",
        "L_simple=[] t=1000", "epsilon=1e308 epsilon_theta=0.5 theta=4.1 x_t=3 x=1e21")]
    [InlineData("\\lim_{t \\to 0} \\frac{\\sin(w t)}{t}", "w=2", "")]
    [InlineData("x_x_x_x_x_x_x_x_x_x_x_x_x_x_x_x_x_x_x_x_x_x_x_x_x_x_x_x_x_x_x_x_x_x_x_x_x_x_x_x_x_x_x", "x=2", "")]
    public void A_descent_of_anything_leaves_little_behind(string formula, string from, string fixedValues)
    {
        foreach (string name in new[] { "sgd", "lbfgs" })
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                FormulaFunction function = Function(formula, from, fixedValues);
                DescentFigure.Of(new DescentReport(function, DescentRacers.Named(name), 0.1f, 50));
            }
            catch (Exception error) when (error is FormulaException or UsageException)
            {
                // a clear error is an answer too
            }
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(MostBytes, name);
        }
    }

    [Fact]
    public void Operators_deep_in_one_another_are_not_looked_through_without_end()
    {
        string formula = string.Concat(Enumerable.Repeat(@"\arg\max_x ", 75)) + "(x - 2)";
        FormulaFunction function = Function(formula, "x=[1,2]", "");
        new GradientReport(Function("x", "x=1", "")).Value.ShouldBe(1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        new GradientReport(function).Value.ShouldBe(1);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(MostBytes);
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("momentum")]
    [InlineData("adam")]
    public void What_people_follow_has_its_minimum_and_its_limit(string optimizer)
    {
        Found("x^4 - 3x^2 + y^2", "x=0.5 y=1", "", 0.05f, optimizer).ShouldBe([1.2247448714, 0], 1e-6);
        Found("(1-x)^2 + 100(y-x^2)^2", "x=-1 y=1", "", 0.001f, optimizer).ShouldBe([1, 1], 1e-6);
        Found("-\\frac{1}{N} \\sum_{i=1}^{N} (y_i \\log \\sigma(w x_i + b) + (1 - y_i) \\log(1 - \\sigma(w x_i + b)))",
            "w=0 b=0", $"x=[{Numbers}] y=[{Labels}]", 0.5f, optimizer).ShouldBe([1.1013954141, 0], 1e-6);
    }

    private static double[] Found(string formula, string from, string fixedValues, float rate, string optimizer)
    {
        var report = new DescentReport(
            Function(formula, from, fixedValues), DescentRacers.Named(optimizer), rate, 50);
        report.Verdict.ShouldBe(DescentVerdict.TooSlow, formula);
        report.WouldArrive.ShouldNotBeNull(formula);
        report.Limit.ShouldNotBeNull(formula);
        return report.Minimum.ShouldNotBeNull(formula);
    }

    private static FormulaFunction Function(string formula, string from, string fixedValues) => new(
        Formula.Parse(formula), Bindings.Parse(from.Split(' ')),
        Bindings.Parse(fixedValues.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
}
