namespace Nabla.Numerics.Calculus;

public static partial class Trajectory
{
    /// <summary>
    /// The classic Runge–Kutta method: y ← y + h/6·(k₁ + 2k₂ + 2k₃ + k₄), with slopes at the beginning, twice in the
    /// middle, and at the end. The error at the end falls with h⁴. Kutta 1901.
    /// </summary>
    /// <param name="f">The slope.</param>
    /// <param name="start">y at the time <paramref name="from"/>.</param>
    /// <param name="from">The first time.</param>
    /// <param name="to">The last time; it may lie before the first.</param>
    /// <param name="steps">How many steps of equal length, at least 1.</param>
    /// <exception cref="ArgumentException">An argument is empty or not finite, or there are no steps.</exception>
    /// <exception cref="NotFiniteNumberException">The state became infinite or NaN.</exception>
    /// <example><code>
    /// Trajectory.RungeKutta4((t, y, slope) => slope[0] = y[0], [1], 0, 1, 1).Last;   // = [2.708333]
    /// 1 + 1 + 1 / 2.0 + 1 / 6.0 + 1 / 24.0;                                         // = 2.708333
    /// </code></example>
    public static StatePath RungeKutta4(Slope f, double[] start, double from, double to, int steps) => Follow(
        "RungeKutta4", static (f, t, h, work) =>
        {
            f(t, work.Y, work.K1);
            Advance(work.Y, h / 2, work.K1, work.Stage);
            f(t + h / 2, work.Stage, work.K2);
            Advance(work.Y, h / 2, work.K2, work.Stage);
            f(t + h / 2, work.Stage, work.K3);
            Advance(work.Y, h, work.K3, work.Stage);
            f(t + h, work.Stage, work.K4);
            for (int i = 0; i < work.Y.Length; i++)
                work.Y[i] += h / 6 * (work.K1[i] + 2 * work.K2[i] + 2 * work.K3[i] + work.K4[i]);
        }, f, (start, from, to, steps));
}
