using Nabla.Numerics.Calculus;

namespace Nabla.Numerics.Tests.Calculus;

/// <summary>Trajectories whose end is known, and the order with which the methods come near it.</summary>
public sealed class TrajectoryTests
{
    private static readonly Slope Oscillator = Trajectory.FromAcceleration((t, x, v, a) => a[0] = -x[0]);

    [Theory]
    [InlineData("Euler", 1)]
    [InlineData("Midpoint", 2)]
    [InlineData("RungeKutta4", 4)]
    public void Halving_the_step_divides_the_error_by_two_to_the_order(string method, int order)
    {
        Func<Slope, double[], double, double, int, StatePath> follow = method switch
        {
            "Euler" => Trajectory.Euler,
            "Midpoint" => Trajectory.Midpoint,
            _ => Trajectory.RungeKutta4,
        };
        double coarse = Error(100), fine = Error(200);
        (coarse / fine).ShouldBe(Math.Pow(2, order), 0.15 * Math.Pow(2, order));

        double Error(int steps) => Math.Abs(follow(Oscillator, [1, 0], 0, 2, steps).Last[0] - Math.Cos(2));
    }

    [Fact]
    public void Acceleration_becomes_velocity_becomes_position()
    {
        // A car from rest with 2 m/s² for 3 s: 6 m/s, 9 m.
        StatePath path = Trajectory.RungeKutta4(
            Trajectory.FromAcceleration((t, x, v, a) => a[0] = 2), [0, 0], 0, 3, 6);
        path.Last[0].ShouldBe(9, 1e-12);
        path.Last[1].ShouldBe(6, 1e-12);
        path.Times.ShouldBe([0, 0.5, 1, 1.5, 2, 2.5, 3]);
        path.Component(1).ShouldBe([0, 1, 2, 3, 4, 5, 6], 1e-12);
    }

    [Fact]
    public void Steps_of_varying_length_keep_the_tolerance()
    {
        foreach (double tolerance in (double[])[1e-4, 1e-7, 1e-10])
        {
            var options = new TrajectoryOptions { AbsoluteTolerance = tolerance, RelativeTolerance = tolerance };
            StatePath path = Trajectory.DormandPrince(Oscillator, [1, 0], 0, 20, options);
            path.Last[0].ShouldBe(Math.Cos(20), 50 * tolerance);
            path.Last[1].ShouldBe(-Math.Sin(20), 50 * tolerance);
            path.Times[^1].ShouldBe(20);
        }
    }

    [Fact]
    public void An_orbit_with_slow_and_fast_parts_comes_back_to_its_start()
    {
        // Two bodies, eccentricity .6, period 2π: Hairer, Nørsett and Wanner, problem class D.
        Slope kepler = Trajectory.FromAcceleration((t, x, v, a) =>
        {
            double cubed = Math.Pow(x[0] * x[0] + x[1] * x[1], 1.5);
            (a[0], a[1]) = (-x[0] / cubed, -x[1] / cubed);
        });
        double[] start = [0.4, 0, 0, Math.Sqrt(1.6 / 0.4)];
        StatePath path = Trajectory.DormandPrince(kepler, start, 0, 2 * Math.PI);
        for (int i = 0; i < 4; i++)
            path.Last[i].ShouldBe(start[i], 1e-7);
        double[] lengths = [.. path.Times.Zip(path.Times.Skip(1), (a, b) => b - a)];
        (lengths.Max() / lengths.Min()).ShouldBeGreaterThan(4);
        path.Times.Count.ShouldBeLessThan(600);
    }

    [Fact]
    public void Time_may_run_backwards()
    {
        Trajectory.DormandPrince(Oscillator, [Math.Cos(1), -Math.Sin(1)], 1, 0).Last[0].ShouldBe(1, 1e-8);
        Trajectory.RungeKutta4(Oscillator, [Math.Cos(1), -Math.Sin(1)], 1, 0, 100).Last[0].ShouldBe(1, 1e-8);
        Trajectory.DormandPrince(Oscillator, [1, 0], 3, 3).Last.ShouldBe([1, 0]);
    }

    [Fact]
    public void A_solution_that_ends_is_not_followed_beyond()
    {
        Slope explosion = (t, y, slope) => slope[0] = y[0] * y[0]; // 1/(1 − t)
        Should.Throw<ConvergenceException>(() => Trajectory.DormandPrince(explosion, [1], 0, 2))
            .Message.ShouldContain("singular");
        Should.Throw<NotFiniteNumberException>(() => Trajectory.Euler(explosion, [1], 0, 10, 100))
            .Message.ShouldContain("smaller steps");
        Should.Throw<ConvergenceException>(
            () => Trajectory.DormandPrince(Oscillator, [1, 0], 0, 1000, new() { MaxSteps = 10 }))
            .Message.ShouldContain("10 steps");
    }

    [Fact]
    public void Impossible_arguments_are_named()
    {
        Refuse(() => Trajectory.Euler(Oscillator, [], 0, 1, 1), "start is empty");
        Refuse(() => Trajectory.Euler(Oscillator, [double.NaN], 0, 1, 1), "start[0] = NaN");
        Refuse(() => Trajectory.Midpoint(Oscillator, [1, 0], 0, double.NaN, 1), "to = NaN");
        Refuse(() => Trajectory.RungeKutta4(Oscillator, [1, 0], 0, 1, 0), "0 steps");
        Refuse(() => Trajectory.RungeKutta4(Oscillator, [1, 0, 2], 0, 1, 1), "3 numbers");
        Refuse(() => Trajectory.DormandPrince(Oscillator, [1, 0], 0, 1, new() { FirstStep = 0 }), "first step 0");
        Refuse(() => Trajectory.Euler(Oscillator, [1, 0], 0, 1, 1).Component(2), "0 … 1");

        static void Refuse(Action call, string message) =>
            Should.Throw<ArgumentException>(call).Message.ShouldContain(message);
    }
}
