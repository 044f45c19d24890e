using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nabla.Numerics.LinearAlgebra;

/// <summary>The difference of two poles, exact to the last bits however close they are.</summary>
internal interface IGap
{
    static abstract double Between(double a, double b);

    static abstract Vector<double> Between(Vector<double> a, Vector<double> b);
}

/// <summary>Poles that are eigenvalues: a − b.</summary>
internal readonly struct LinearGap : IGap
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Between(double a, double b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Between(Vector<double> a, Vector<double> b) => a - b;
}

/// <summary>Poles that are squares of singular values: a² − b².</summary>
internal readonly struct SquaredGap : IGap
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Between(double a, double b) => (a - b) * (a + b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Between(Vector<double> a, Vector<double> b) => (a - b) * (a + b);
}

/// <summary>A root λ, told from a pole that is near, because the difference is what matters.</summary>
/// <param name="Origin">The pole's index.</param>
/// <param name="Offset">λ less the pole.</param>
internal readonly record struct SecularRoot(int Origin, double Offset);

/// <summary>
/// The secular equation 1 + Σ wᵢ / (pᵢ − λ) = 0 with wᵢ &gt; 0 and poles in ascending order: its roots are the
/// eigenvalues of diag(p) + z·zᵀ, wᵢ = zᵢ² (Golub 1973). Each lies between two poles, the last above all of them.
/// </summary>
/// <remarks>
/// Between two poles the function rises from −∞ to ∞. The iteration is the "middle way" of Li 1993 (LAPACK Working Note
/// 89): it replaces the sums below and above the root by one pole each that agree in value and slope, and takes the
/// root of that; if this leaves the bracket, it halves the bracket.
/// </remarks>
internal static class SecularEquation<TGap> where TGap : struct, IGap
{
    private const int MostSteps = 100;
    private const double Epsilon = 2.2e-16;

    /// <summary>The root above pole <paramref name="index"/>.</summary>
    /// <param name="poles">p, or their square roots, as the gap has it; distinct, ascending.</param>
    /// <param name="weights">w.</param>
    /// <param name="index">Which root.</param>
    /// <param name="distances">Scratch memory, as long as the poles.</param>
    public static SecularRoot Root(
        ReadOnlySpan<double> poles, ReadOnlySpan<double> weights, int index, Span<double> distances)
    {
        bool isLast = index == poles.Length - 1;
        double width = 0;
        foreach (double weight in isLast ? weights : [])
            width += weight;
        if (!isLast)
            width = TGap.Between(poles[index + 1], poles[index]);
        SetDistances(poles, index, distances);
        Sums middle = Evaluate(distances, weights, index, width / 2);
        bool isRight = middle.Value < 0;
        if (isLast)
            return new SecularRoot(index, Search(
                distances, weights, index, (isRight ? width / 2 : 0, width * (1 + 8 * Epsilon)), width / 2));
        double w0 = weights[index], w1 = weights[index + 1];
        double rest = middle.Value - 2 * (w1 - w0) / width;
        if (!isRight)
            return new SecularRoot(index, Search(distances, weights, index, (0, width / 2),
                SmallRoot(rest, rest * width + w0 + w1, w0 * width)));
        SetDistances(poles, index + 1, distances);
        return new SecularRoot(index + 1, Search(distances, weights, index, (-width / 2, 0),
            SmallRoot(rest, w0 + w1 - rest * width, -w1 * width)));
    }

    private static double Search(
        ReadOnlySpan<double> distances, ReadOnlySpan<double> weights, int index, (double Low, double High) bracket,
        double guess)
    {
        (double low, double high) = bracket;
        double offset = guess > low && guess < high ? guess : (low + high) / 2;
        for (int step = 0; step < MostSteps; step++)
        {
            Sums f = Evaluate(distances, weights, index, offset);
            if (Math.Abs(f.Value) <= 8 * Epsilon * f.Magnitude)
                break;
            if (f.Value < 0)
                low = offset;
            else
                high = offset;
            double next = offset + Step(f, distances, index, offset);
            if (!(next > low && next < high))
                next = (low + high) / 2;
            double moved = Math.Abs(next - offset);
            if (next == low || next == high || moved == 0)
                break;
            offset = next;
            if (moved <= Epsilon * Math.Abs(offset))
                break;
        }
        return offset;
    }

    private static double Step(in Sums f, ReadOnlySpan<double> distances, int index, double offset)
    {
        double left = distances[index] - offset;
        if (index == distances.Length - 1)
            return left * f.Value / (f.Value - left * f.SlopeBelow);
        double right = distances[index + 1] - offset;
        return SmallRoot(
            f.Value - left * f.SlopeBelow - right * f.SlopeAbove,
            (left + right) * f.Value - left * right * (f.SlopeBelow + f.SlopeAbove), left * right * f.Value);
    }

    /// <summary>The root of c·x² − a·x + b that lies between the poles, without cancellation.</summary>
    private static double SmallRoot(double c, double a, double b)
    {
        double root = Math.Sqrt(Math.Abs(a * a - 4 * b * c));
        return a <= 0 ? (a - root) / (2 * c) : 2 * b / (a + root);
    }

    private static void SetDistances(ReadOnlySpan<double> poles, int origin, Span<double> distances)
    {
        double pole = poles[origin];
        for (int i = 0; i < poles.Length; i++)
            distances[i] = TGap.Between(poles[i], pole);
    }

    private static Sums Evaluate(
        ReadOnlySpan<double> distances, ReadOnlySpan<double> weights, int index, double offset)
    {
        (double below, double slopeBelow) = Sum(distances[..(index + 1)], weights, offset);
        (double above, double slopeAbove) = Sum(distances[(index + 1)..], weights[(index + 1)..], offset);
        return new Sums(1 + below + above, 1 + above - below, slopeBelow, slopeAbove);
    }

    /// <summary>Σ w / (d − x) and Σ w / (d − x)².</summary>
    private static (double Value, double Slope) Sum(
        ReadOnlySpan<double> distances, ReadOnlySpan<double> weights, double offset)
    {
        ReadOnlySpan<Vector<double>> d = MemoryMarshal.Cast<double, Vector<double>>(distances);
        ReadOnlySpan<Vector<double>> w = MemoryMarshal.Cast<double, Vector<double>>(weights);
        Vector<double> x = new(offset), value = default, slope = default;
        for (int i = 0; i < d.Length; i++)
        {
            Vector<double> inverse = Vector<double>.One / (d[i] - x), term = w[i] * inverse;
            value += term;
            slope += term * inverse;
        }
        double valueSum = Vector.Sum(value), slopeSum = Vector.Sum(slope);
        for (int i = d.Length * Vector<double>.Count; i < distances.Length; i++)
        {
            double inverse = 1 / (distances[i] - offset), term = weights[i] * inverse;
            valueSum += term;
            slopeSum += term * inverse;
        }
        return (valueSum, slopeSum);
    }

    private readonly record struct Sums(double Value, double Magnitude, double SlopeBelow, double SlopeAbove);
}
