using Nabla.Numerics.Calculus;

namespace Nabla.Numerics.Tests.Calculus;

/// <summary>Integrals with known values: smooth, singular at the ends, over infinite ranges, and hopeless.</summary>
public sealed class IntegrateTests
{
    private const double Infinity = double.PositiveInfinity;

    private static readonly Dictionary<string, (Func<double, double> F, double From, double To, double Value)> Known =
        new(StringComparer.Ordinal)
        {
            ["polynomial"] = (x => 3 * x * x - 2 * x + 1, -1, 2, 9),
            ["reversed"] = (Math.Cos, 1, 0, -Math.Sin(1)),
            ["oscillating"] = (x => Math.Cos(100 * x), 0, 10, Math.Sin(1000) / 100),
            ["peak"] = (x => 1e-3 / (x * x + 1e-6), -1, 1, 2 * Math.Atan(1000)),
            ["kink"] = (x => Math.Abs(x - 0.3), 0, 1, 0.29),
            ["step"] = (x => x < 0.7 ? 1 : 0, 0, 1, 0.7),
            ["infinite at an end"] = (x => 1 / Math.Sqrt(x), 0, 1, 2),
            ["logarithm"] = (Math.Log, 0, 1, -1),
            ["to infinity"] = (x => Math.Exp(-x), 0, Infinity, 1),
            ["from infinity"] = (Math.Exp, -Infinity, 1, Math.E),
            ["Gauss"] = (x => Math.Exp(-x * x / 2), -Infinity, Infinity, Math.Sqrt(2 * Math.PI)),
            ["Lorentz"] = (x => 1 / (1 + x * x), -Infinity, Infinity, Math.PI),
            ["slow tail"] = (x => 1 / (x * x), 1, Infinity, 1),
            ["nothing"] = (x => 0, 0, 1, 0),
        };

    public static TheoryData<string> Names => [.. Known.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_known_integral_is_found_within_its_error(string name)
    {
        (Func<double, double> f, double from, double to, double value) = Known[name];
        Estimate integral = Integrate.GaussKronrod(f, from, to);
        Math.Abs(integral.Value - value).ShouldBeLessThanOrEqualTo(Math.Max(2 * integral.Error, 1e-13), $"{integral}");
        integral.Error.ShouldBeLessThanOrEqualTo(Math.Max(1e-12, 1e-10 * Math.Abs(integral.Value)));
        integral.Evaluations.ShouldBeLessThan(10_000);
    }

    [Fact]
    public void Fifteen_points_integrate_polynomials_of_degree_22_exactly()
    {
        for (int degree = 0; degree <= 22; degree++)
        {
            Estimate integral = Integrate.GaussKronrod(
                x => Math.Pow(x, degree), 0, 1, new() { AbsoluteTolerance = 1, MaxEvaluations = 15 });
            integral.Value.ShouldBe(1.0 / (degree + 1), 1e-15, $"degree {degree}");
            integral.Evaluations.ShouldBe(15);
        }
    }

    [Fact]
    public void Every_call_of_the_function_is_counted()
    {
        foreach ((double from, double to) in ((double, double)[])[(0, 1), (0, Infinity), (-Infinity, Infinity)])
        {
            int calls = 0;
            Integrate.GaussKronrod(x => ++calls > 0 ? Math.Exp(-x * x) : 0, from, to).Evaluations.ShouldBe(calls);
        }
    }

    [Fact]
    public void A_divergent_integral_says_how_far_it_came()
    {
        ConvergenceException error = Should.Throw<ConvergenceException>(
            () => Integrate.GaussKronrod(x => 1 / x, 0, 1, new() { MaxEvaluations = 3000 }));
        error.Message.ShouldContain("evaluations");
        error.Message.ShouldContain("may not exist");
        error.Error.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_point_without_a_number_is_named() =>
        Should.Throw<NotFiniteNumberException>(() => Integrate.GaussKronrod(x => x == 0 ? double.NaN : 1, -1, 1))
            .Message.ShouldContain("NaN at x = 0");

    [Fact]
    public void Impossible_settings_are_named()
    {
        Should.Throw<ArgumentException>(() => Integrate.GaussKronrod(x => x, double.NaN, 1))
            .Message.ShouldContain("limits NaN and 1");
        Should.Throw<ArgumentException>(() => Integrate.GaussKronrod(x => x, 0, 1, new() { AbsoluteTolerance = -1 }))
            .Message.ShouldContain("-1");
        Should.Throw<ArgumentException>(() => Integrate.GaussKronrod(x => x, 0, 1, new() { MaxEvaluations = 3 }))
            .Message.ShouldContain("15");
    }

    [Fact]
    public void A_long_integration_can_be_cancelled()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Should.Throw<OperationCanceledException>(
            () => Integrate.GaussKronrod(x => 1 / Math.Sqrt(x), 0, 1, null, source.Token));
    }

    [Fact]
    public void What_is_infinite_at_an_end_beside_other_numbers_is_refused_with_a_remedy()
    {
        ConvergenceException error = Should.Throw<ConvergenceException>(
            () => Integrate.GaussKronrod(x => 1 / Math.Sqrt(x - 1), 1, 2));
        error.Estimate.ShouldBe(2, 1e-5);
        error.Message.ShouldContain("move a point where f is infinite to x = 0");
        Integrate.GaussKronrod(x => 1 / Math.Sqrt(x - 1), 1, 2, new() { RelativeTolerance = 1e-6 })
            .Value.ShouldBe(2, 1e-5);
    }

    [Fact]
    public void Ranges_as_wide_as_doubles_are_integrated() =>
        Integrate.GaussKronrod(_ => 1e-308, -1.25e308, 1.25e308).Value.ShouldBe(2.5, 1e-12);

    [Fact]
    public void The_whole_line_asks_no_more_often_than_allowed() => Should.Throw<ArgumentException>(() =>
        Integrate.GaussKronrod(
            x => Math.Exp(-x * x), double.NegativeInfinity, double.PositiveInfinity, new() { MaxEvaluations = 15 }))
        .Message.ShouldContain("needs 30");
}
