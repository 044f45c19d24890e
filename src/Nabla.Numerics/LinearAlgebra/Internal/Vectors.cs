using System.Numerics;
using System.Runtime.InteropServices;

namespace Nabla.Numerics.LinearAlgebra;

/// <summary>
/// Loops over vectors, the level 1 of BLAS, for both precisions; the lengths are the first operand's.
/// </summary>
internal static class Vectors
{
    // A sum of squares above this has lost nothing to underflow.
    private const double SafeSquare = 1e-270;

    /// <summary>Σ xᵢyᵢ, in four sums per lane so that the additions do not wait for one another.</summary>
    public static T Dot<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        y = y[..x.Length];
        ReadOnlySpan<Vector<T>> a = MemoryMarshal.Cast<T, Vector<T>>(x), b = MemoryMarshal.Cast<T, Vector<T>>(y);
        Vector<T> s0 = default, s1 = default, s2 = default, s3 = default;
        int i = 0;
        for (; i + 4 <= a.Length; i += 4)
        {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }
        for (; i < a.Length; i++)
            s0 += a[i] * b[i];
        T sum = Vector.Sum((s0 + s1) + (s2 + s3));
        for (int k = a.Length * Vector<T>.Count; k < x.Length; k++)
            sum += x[k] * y[k];
        return sum;
    }

    /// <summary>y += αx.</summary>
    public static void AddScaled<T>(Span<T> y, T alpha, ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        x = x[..y.Length];
        Span<Vector<T>> target = MemoryMarshal.Cast<T, Vector<T>>(y);
        ReadOnlySpan<Vector<T>> source = MemoryMarshal.Cast<T, Vector<T>>(x);
        for (int i = 0; i < target.Length; i++)
            target[i] += source[i] * alpha;
        for (int k = target.Length * Vector<T>.Count; k < y.Length; k++)
            y[k] += x[k] * alpha;
    }

    /// <summary>x = αx.</summary>
    public static void Scale<T>(Span<T> x, T alpha) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<Vector<T>> target = MemoryMarshal.Cast<T, Vector<T>>(x);
        for (int i = 0; i < target.Length; i++)
            target[i] *= alpha;
        for (int k = target.Length * Vector<T>.Count; k < x.Length; k++)
            x[k] *= alpha;
    }

    /// <summary>y = −x.</summary>
    public static void Negate<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Length; i++)
            y[i] = -x[i];
    }

    /// <summary>
    /// (x, y) = (cx + sy, cy − sx), in double: one vector may be rotated a hundred times, and c and s rounded to float
    /// would make it longer or shorter each time.
    /// </summary>
    public static void Rotate<T>(Span<T> x, Span<T> y, double c, double s)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Length; i++)
        {
            double first = double.CreateTruncating(x[i]), second = double.CreateTruncating(y[i]);
            x[i] = T.CreateTruncating(c * first + s * second);
            y[i] = T.CreateTruncating(c * second - s * first);
        }
    }

    /// <summary>Σx², in double.</summary>
    public static double SumOfSquares<T>(ReadOnlySpan<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) != typeof(float))
            return double.CreateTruncating(Dot(x, x));
        ReadOnlySpan<float> values = MemoryMarshal.Cast<T, float>(x);
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        Vector<double> low = default, high = default;
        foreach (Vector<float> v in vectors)
        {
            Vector.Widen(v, out Vector<double> first, out Vector<double> second);
            low += first * first;
            high += second * second;
        }
        double sum = Vector.Sum(low + high);
        for (int k = vectors.Length * Vector<float>.Count; k < values.Length; k++)
            sum += (double)values[k] * values[k];
        return sum;
    }

    /// <summary>√Σx², also where the squares leave the range of double.</summary>
    public static double Norm<T>(ReadOnlySpan<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double squares = SumOfSquares(x);
        if (double.IsFinite(squares) && squares > SafeSquare)
            return Math.Sqrt(squares);
        double largest = double.CreateTruncating(LargestMagnitude(x));
        if (largest == 0 || !double.IsFinite(largest))
            return largest;
        double sum = 0;
        foreach (T value in x)
        {
            double ratio = double.CreateTruncating(value) / largest;
            sum += ratio * ratio;
        }
        return largest * Math.Sqrt(sum);
    }

    /// <summary>max |xᵢ|; NaN if any is NaN, 0 for none.</summary>
    public static T LargestMagnitude<T>(ReadOnlySpan<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<Vector<T>> vectors = MemoryMarshal.Cast<T, Vector<T>>(x);
        Vector<T> most = default;
        foreach (Vector<T> v in vectors)
            most = Vector.Max(most, Vector.Abs(v));
        T largest = T.Zero;
        for (int lane = 0; lane < Vector<T>.Count; lane++)
            largest = T.Max(largest, most[lane]);
        for (int k = vectors.Length * Vector<T>.Count; k < x.Length; k++)
            largest = T.Max(largest, T.Abs(x[k]));
        return largest;
    }
}
