namespace Nabla.Numerics.Calculus;

public static partial class Trajectory
{
    /// <summary>
    /// The midpoint method: y ← y + h·f(t + h/2, y + h/2·f(t, y)). The error at the end falls with h². Runge 1895.
    /// </summary>
    /// <param name="f">The slope.</param>
    /// <param name="start">y at the time <paramref name="from"/>.</param>
    /// <param name="from">The first time.</param>
    /// <param name="to">The last time; it may lie before the first.</param>
    /// <param name="steps">How many steps of equal length, at least 1.</param>
    /// <exception cref="ArgumentException">An argument is empty or not finite, or there are no steps.</exception>
    /// <exception cref="NotFiniteNumberException">The state became infinite or NaN.</exception>
    /// <example><code>
    /// Trajectory.Midpoint((t, y, slope) => slope[0] = y[0], [1], 0, 1, 1).Last;   // = [2.5]
    /// 1 + 1 * (1 + 0.5 * 1);                                                     // = 2.5
    /// </code></example>
    public static StatePath Midpoint(Slope f, double[] start, double from, double to, int steps) => Follow(
        "Midpoint", static (f, t, h, work) =>
        {
            f(t, work.Y, work.K1);
            Advance(work.Y, h / 2, work.K1, work.Stage);
            f(t + h / 2, work.Stage, work.K2);
            Advance(work.Y, h, work.K2, work.Y);
        }, f, (start, from, to, steps));
}
