namespace Nabla.Numerics.Calculus;

public static partial class Trajectory
{
    /// <summary>
    /// Euler's method: y ← y + h·f(t, y). The error at the end falls with h: half the step, half the error. Euler 1768,
    /// Institutiones calculi integralis.
    /// </summary>
    /// <param name="f">The slope.</param>
    /// <param name="start">y at the time <paramref name="from"/>.</param>
    /// <param name="from">The first time.</param>
    /// <param name="to">The last time; it may lie before the first.</param>
    /// <param name="steps">How many steps of equal length, at least 1.</param>
    /// <exception cref="ArgumentException">An argument is empty or not finite, or there are no steps.</exception>
    /// <exception cref="NotFiniteNumberException">The state became infinite or NaN.</exception>
    /// <example><code>
    /// Trajectory.Euler((t, y, slope) => slope[0] = y[0], [1], 0, 1, 4).Last;   // = [2.44140625]
    /// Math.Pow(1 + 0.25, 4);                                                   // = 2.44140625
    /// </code></example>
    public static StatePath Euler(Slope f, double[] start, double from, double to, int steps) => Follow(
        "Euler", static (f, t, h, work) =>
        {
            f(t, work.Y, work.K1);
            Advance(work.Y, h, work.K1, work.Y);
        }, f, (start, from, to, steps));
}
