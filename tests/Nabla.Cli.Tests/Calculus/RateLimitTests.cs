using Nabla.Cli.Calculus;
using Nabla.Formulas;
using Nabla.Formulas.Evaluation;

namespace Nabla.Cli.Tests.Calculus;

/// <summary>From which rate on a run does not come down is what runs at rates below and above say.</summary>
public sealed class RateLimitTests
{
    private static readonly double[] Above = [1.1, 1.5, 2, 4, 10];

    // One minimum each: among several a rate that is too high may lead to any of them, as chance has it.
    public static TheoryData<string, string> Functions => new()
    {
        { "(w - 3)^2", "w=10" },
        { "x^2 + 3*y^2", "x=3,y=2" },
        { "x^4", "x=1.5" },
        { "log(1 + e^(-x)) + 0.1*x^2", "x=4" },
        { "100*x^2 + y^2", "x=1,y=1" },
    };

    [Theory]
    [MemberData(nameof(Functions))]
    public void Just_below_the_limit_a_run_comes_down_and_above_none_does(string formula, string from)
    {
        var function = new FormulaFunction(
            Formula.Parse(formula), PointOption.Bind("--from", [from]), Bindings.Parse());
        foreach (string name in new[] { "sgd", "momentum", "adam" })
        {
            var report = new DescentReport(function, DescentRacers.Named(name), 0.01f, 50);
            if (report.Limit is not { } limit)
                continue;
            limit.Safe.ShouldBeLessThanOrEqualTo(limit.Rate * 1.001, name);
            ComesDown(report, 0.95 * limit.Safe).ShouldBeTrue($"{name}: {0.95 * limit.Safe}");
            foreach (double factor in Above)
                ComesDown(report, factor * limit.Rate).ShouldBeFalse($"{name}: {factor} · {limit.Rate}");
        }
    }

    [Theory]
    [InlineData("(w - 3)^2", "w=10", "sgd", 1)]
    [InlineData("100*x^2 + y^2", "x=1,y=1", "sgd", 0.01)]
    [InlineData("(w - 3)^2", "w=10", "momentum", 1.9)] // 2(1 + β)/λ: Polyak 1964
    [InlineData("100*x^2 + y^2", "x=1,y=1", "momentum", 0.019)]
    public void On_parabolas_it_is_what_theory_says(string formula, string from, string optimizer, double expected)
    {
        var function = new FormulaFunction(
            Formula.Parse(formula), PointOption.Bind("--from", [from]), Bindings.Parse());
        RateLimit limit = new DescentReport(function, DescentRacers.Named(optimizer), 0.001f,
            50).Limit.ShouldNotBeNull();
        limit.Rate.ShouldBe(expected, 0.03 * expected);
        limit.IsSharp.ShouldBeTrue();
    }

    private static bool ComesDown(DescentReport report, double rate) => DescentReport.Approaches(
        Descent.Run(report.Function, report.Racer, (float)rate, RateLimit.Steps), report.Minimum!);
}
