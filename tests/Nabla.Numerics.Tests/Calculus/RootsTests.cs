using Nabla.Numerics.Calculus;
using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Tests.Calculus;

/// <summary>Roots and minima with known places, by every method.</summary>
public sealed class RootsTests
{
    private static readonly Dictionary<string, (Func<double, double> F, double From, double To, double X)> Known =
        new(StringComparer.Ordinal)
        {
            ["line"] = (x => 3 * x - 1, -1, 2, 1.0 / 3),
            ["square root"] = (x => x * x - 2, 0, 2, Math.Sqrt(2)),
            ["cosine"] = (x => Math.Cos(x) - x, 0, 1, 0.7390851332151607),
            ["flat"] = (x => Math.Pow(x - 1, 9), 0, 3, 1),
            ["steep"] = (x => Math.Atan(1e6 * (x - 0.1)), -1, 1, 0.1),
            ["far from a line"] = (x => Math.Exp(x) - 1e5, 0, 100, Math.Log(1e5)),
            ["at an end"] = (x => x, 0, 1, 0),
            ["reversed"] = (x => x - 0.25, 1, 0, 0.25),
        };

    public static TheoryData<string> Names => [.. Known.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Bracketing_methods_find_the_root(string name)
    {
        (Func<double, double> f, double from, double to, double x) = Known[name];
        Roots.Bisection(f, from, to).X.ShouldBe(x, 2e-12 * Math.Max(1, x));
        Root root = Roots.Brent(f, from, to);
        root.X.ShouldBe(x, name == "flat" ? 1e-10 : 2e-12 * Math.Max(1, x));
        root.Value.ShouldBe(f(root.X));
    }

    [Fact]
    public void Interpolation_needs_fewer_evaluations_than_halving()
    {
        Roots.Bisection(x => x * x - 2, 0, 2).Iterations.ShouldBeGreaterThan(35);
        Roots.Brent(x => x * x - 2, 0, 2).Iterations.ShouldBeLessThan(12);
        Roots.Newton(x => x * x - 2, 2).Iterations.ShouldBeLessThan(8);
    }

    [Fact]
    public void Newton_takes_shorter_steps_where_whole_ones_would_lead_away()
    {
        // Undamped, Newton's method on atan diverges from |x| > 1.39.
        Roots.Newton(Dual<Real64>.Atan, 20).X.ShouldBe(0, 1e-12);
        Roots.Newton(x => Dual<Real64>.Exp(x) - 3, 30).X.ShouldBe(Math.Log(3), 1e-12);
    }

    [Fact]
    public void Newton_solves_systems()
    {
        SystemRoot root = Roots.NewtonSystem(
            p => [p[0] * p[0] + p[1] * p[1] - 25, p[0] * p[1] - 12, p[2] - p[0] * p[1]], [4.5, 2, 0]);
        root.X[0].ShouldBe(4, 1e-10);
        root.X[1].ShouldBe(3, 1e-10);
        root.X[2].ShouldBe(12, 1e-10);
    }

    [Fact]
    public void Failures_say_what_failed()
    {
        Should.Throw<ArgumentException>(() => Roots.Brent(x => x * x + 1, -1, 1)).Message.ShouldContain("same sign");
        Should.Throw<NotFiniteNumberException>(() => Roots.Bisection(x => x == 0 ? double.NaN : x, -1, 1))
            .Message.ShouldContain("NaN at x = 0");
        Should.Throw<ConvergenceException>(() => Roots.Newton(x => x * x + 1, 3)).Message.ShouldContain("no root");
        Should.Throw<ConvergenceException>(() => Roots.Newton(x => x * x + 1, 0)).Message.ShouldContain("singular");
        Should.Throw<ArgumentException>(() => Roots.NewtonSystem(p => [p[0]], [1, 2])).Message
            .ShouldContain("1 equations for 2 unknowns");
        Should.Throw<ArgumentException>(() => Roots.NewtonSystem(p => p, [])).Message.ShouldContain("empty");
        Should.Throw<ConvergenceException>(() => Roots.Bisection(x => x - 0.3, 0, 1, new() { MaxIterations = 3 }))
            .Message.ShouldContain("3 iterations");
        Should.Throw<ArgumentException>(() => Roots.Brent(x => x, -1, 1, new() { Tolerance = 0 }))
            .Message.ShouldContain("tolerance 0");
    }

    [Fact]
    public void Minima_are_found_to_half_of_the_digits()
    {
        (Func<double, double> F, double From, double To, double X)[] known =
        [
            (x => (x - 2) * (x - 2), 0, 5, 2), (x => x * Math.Log(x), 0.01, 2, 1 / Math.E), (Math.Cos, 2, 5, Math.PI),
            (x => Math.Abs(x - 0.3), -1, 1, 0.3), (x => x, 0, 1, 0), (x => -Math.Exp(-x * x), 3, -2, 0),
        ];
        foreach ((Func<double, double> f, double from, double to, double x) in known)
        {
            Minimize.GoldenSection(f, from, to).X.ShouldBe(x, 5e-8);
            Extremum minimum = Minimize.Brent(f, from, to);
            minimum.X.ShouldBe(x, 5e-8);
            minimum.Value.ShouldBe(f(minimum.X));
        }
        Minimize.Brent(Math.Cos, 2, 5).Iterations.ShouldBeLessThan(12);
        Minimize.GoldenSection(Math.Cos, 2, 5).Iterations.ShouldBeGreaterThan(30);
        Should.Throw<NotFiniteNumberException>(() => Minimize.Brent(x => double.NaN, 0, 1));
        Should.Throw<ArgumentException>(() => Minimize.GoldenSection(x => x, 0, double.NaN))
            .Message.ShouldContain("NaN");
    }

    [Fact]
    public void Ranges_as_wide_as_doubles_are_searched()
    {
        SolverOptions patient = new() { MaxIterations = 3000 };
        Roots.Bisection(x => x < 5 ? -1 : 1, -1.5e308, 1.5e308, patient).X.ShouldBe(5, 1e-10);
        Roots.Brent(x => x < 5 ? -1 : 1, -1.5e308, 1.5e308, patient).X.ShouldBe(5, 1e-10);
    }

    [Fact]
    public void Newton_is_not_misled_by_the_scale_of_the_function()
    {
        Roots.Newton(x => 1e-170 * (x - 3), 0).X.ShouldBe(3, 1e-12);
        Roots.Newton(x => 1e200 * (x * x - 2), 1).X.ShouldBe(Math.Sqrt(2), 1e-12);
    }

    [Fact]
    public void Minima_are_found_to_rounding_whatever_the_tolerance()
    {
        SolverOptions exact = new() { Tolerance = 1e-30 };
        Minimize.GoldenSection(x => Math.Abs(x - 0.3), -5, 5, exact).X.ShouldBe(0.3, 1e-15);
        Minimize.Brent(x => Math.Abs(x - 0.3), -5, 5, exact).X.ShouldBe(0.3, 1e-15);
    }
}
