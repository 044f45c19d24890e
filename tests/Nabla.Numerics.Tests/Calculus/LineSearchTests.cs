using Nabla.Numerics.Calculus;

namespace Nabla.Numerics.Tests.Calculus;

/// <summary>Steps along a line meet the conditions that they promise.</summary>
public sealed class LineSearchTests
{
    // Moré and Thuente 1994, "Line search algorithms with guaranteed sufficient decrease", and some more.
    private static readonly Dictionary<string, Func<double, (double Value, double Slope)>> Functions =
        new(StringComparer.Ordinal)
        {
            ["parabola"] = t => ((t - 3) * (t - 3), 2 * (t - 3)),
            ["Moré–Thuente 1"] = t => (-t / (t * t + 2), (t * t - 2) / ((t * t + 2) * (t * t + 2))),
            ["Moré–Thuente 2"] = t =>
                (Math.Pow(t + 0.004, 5) - 2 * Math.Pow(t + 0.004, 4),
                    5 * Math.Pow(t + 0.004, 4) - 8 * Math.Pow(t + 0.004, 3)),
            ["log barrier, NaN beyond 2"] = t => (-t - 0.1 * Math.Log(2 - t), -1 + 0.1 / (2 - t)),
            ["exponential"] = t => (Math.Exp(t) - 3 * t, Math.Exp(t) - 3),
            ["far away"] = t => (Math.Cosh((t - 500) / 100), Math.Sinh((t - 500) / 100) / 100),
            ["steep"] = t => (1e6 * (t - 1e-4) * (t - 1e-4), 2e6 * (t - 1e-4)),
        };

    public static TheoryData<string> Names => [.. Functions.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Strong_wolfe_steps_meet_both_conditions_from_any_first_step(string name)
    {
        Func<double, (double Value, double Slope)> f = Functions[name];
        (double value, double slope) = f(0);
        foreach (double curvature in (double[])[0.9, 0.1, 0.01])
            foreach (double first in (double[])[1e-3, 0.1, 1, 10, 1000])
            {
                var options = new LineSearchOptions { FirstStep = first, Curvature = curvature, MaxEvaluations = 60 };
                LineStep step = LineSearch.StrongWolfe(f, value, slope, options);
                string what = $"{name}, c₂ = {curvature}, from {first}: {step}";
                step.Converged.ShouldBeTrue(what);
                (double at, double slopeThere) = f(step.Step);
                (step.Value, step.Slope).ShouldBe((at, slopeThere), what);
                at.ShouldBeLessThanOrEqualTo(value + 1e-4 * step.Step * slope, what);
                Math.Abs(slopeThere).ShouldBeLessThanOrEqualTo(curvature * Math.Abs(slope), what);
            }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Armijo_steps_decrease_sufficiently(string name)
    {
        Func<double, (double Value, double Slope)> f = Functions[name];
        (double value, double slope) = f(0);
        LineStep step = LineSearch.Armijo(t => f(t).Value, value, slope, new() { FirstStep = 100 });
        step.Converged.ShouldBeTrue();
        step.Value.ShouldBe(f(step.Step).Value);
        step.Value.ShouldBeLessThanOrEqualTo(value + 1e-4 * step.Step * slope);
    }

    [Fact]
    public void A_search_that_runs_out_of_evaluations_says_so_and_gives_the_best_step()
    {
        Func<double, (double, double)> falling = t => (-t, -1);
        LineStep step = LineSearch.StrongWolfe(falling, 0, -1, new() { MaxEvaluations = 5 });
        (step.Converged, step.Step, step.Value, step.Evaluations).ShouldBe((false, 10_000, -10_000, 5));
        LineStep none = LineSearch.Armijo(t => t, 0, -1, new() { MaxEvaluations = 5 });
        (none.Converged, none.Step, none.Value).ShouldBe((false, 0, 0));
    }

    [Fact]
    public void Impossible_settings_are_named()
    {
        Refuse("φ′(0) = 1", slope: 1);
        Refuse("φ′(0) = NaN", slope: double.NaN);
        Refuse("φ(0) = NaN", value: double.NaN);
        Refuse("first step -1", options: new() { FirstStep = -1 });
        Refuse("c₁ = 0.5 and c₂ = 0.1", options: new() { Decrease = 0.5, Curvature = 0.1 });
        Refuse("0 evaluations", options: new() { MaxEvaluations = 0 });
        Refuse("noise -1", options: new() { Noise = -1 });
        Refuse("ρ = 1", options: new() { Backtracking = 1 });

        static void Refuse(string message, double value = 0, double slope = -1, LineSearchOptions? options = null)
        {
            Should.Throw<ArgumentException>(() => LineSearch.StrongWolfe(t => (t, t), value, slope, options))
                .Message.ShouldContain(message);
            Should.Throw<ArgumentException>(() => LineSearch.Armijo(t => t, value, slope, options))
                .Message.ShouldContain(message);
        }
    }

    [Fact]
    public void A_step_to_minus_infinity_is_too_long() =>
        LineSearch.Armijo(t => t >= 1 ? double.NegativeInfinity : -t, 0, -1).Step.ShouldBe(0.5);
}
