using System.Buffers;
using System.Numerics;
using Nabla.Numerics.Kernels;

namespace Nabla.Numerics.Fourier;

/// <summary>
/// The discrete Fourier transform of real numbers: the first n/2 + 1 (rounded down) of X, for the others are their
/// conjugates, Xₙ₋ₖ = X̄ₖ. An even number of them is transformed as half as many complex ones.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <example><code>
/// var transform = new RealFourierTransform&lt;double&gt;(4);
/// double[] re = new double[3], im = new double[3];
/// transform.Forward([1, 2, 3, 4], re, im);
/// re;   // = [10, -2, -2]
/// im;   // = [0, 2, 0]
/// </code></example>
public sealed class RealFourierTransform<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly FourierTransform<T> complex;
    private readonly T[] turnRe = [], turnIm = []; // exp(−2πi·k/n)

    /// <summary>Prepares transforms of <paramref name="length"/> real numbers.</summary>
    /// <exception cref="ArgumentException">The length is negative or above 2²⁹, or T is neither float nor double.
    /// </exception>
    public RealFourierTransform(int length)
    {
        Length = length;
        complex = new FourierTransform<T>(IsHalved ? length / 2 : length);
        if (IsHalved)
            (turnRe, turnIm) = RootsOfUnity.Parts<T>(
                [.. Enumerable.Range(0, Bins).Select(k => RootsOfUnity.Of(k, length))]);
    }

    /// <summary>How many real numbers are transformed.</summary>
    public int Length { get; }

    /// <summary>How many complex numbers result: n/2 + 1, rounded down; none for none.</summary>
    public int Bins => Length == 0 ? 0 : Length / 2 + 1;

    private bool IsHalved => Length > 0 && Length % 2 == 0;

    /// <summary>X from x.</summary>
    /// <exception cref="ArgumentException">An array has not the length that it should have.</exception>
    public void Forward(ReadOnlySpan<T> x, Span<T> re, Span<T> im)
    {
        Require.Length("RealFourierTransform", x.Length, Length);
        Require.Length("RealFourierTransform", re.Length, Bins);
        Require.Length("RealFourierTransform", im.Length, Bins);
        int n = complex.Length;
        T[] memory = ArrayPool<T>.Shared.Rent(2 * n);
        Span<T> a = memory.AsSpan(0, n), b = memory.AsSpan(n, n);
        if (IsHalved)
            for (int k = 0; k < n; k++)
                (a[k], b[k]) = (x[2 * k], x[2 * k + 1]);
        else
        {
            x.CopyTo(a);
            b.Clear();
        }
        complex.Forward(a, b);
        if (IsHalved)
            Separate(a, b, re, im);
        else
        {
            a[..Bins].CopyTo(re);
            b[..Bins].CopyTo(im);
        }
        ArrayPool<T>.Shared.Return(memory);
    }

    /// <summary>
    /// x from X. The imaginary part of X₀, and of the last for an even n, has no meaning and is not looked at.
    /// </summary>
    /// <exception cref="ArgumentException">An array has not the length that it should have.</exception>
    public void Inverse(ReadOnlySpan<T> re, ReadOnlySpan<T> im, Span<T> x)
    {
        Require.Length("RealFourierTransform", x.Length, Length);
        Require.Length("RealFourierTransform", re.Length, Bins);
        Require.Length("RealFourierTransform", im.Length, Bins);
        if (Length == 0)
            return;
        int n = complex.Length;
        T[] memory = ArrayPool<T>.Shared.Rent(2 * n);
        Span<T> a = memory.AsSpan(0, n), b = memory.AsSpan(n, n);
        if (IsHalved)
            Join(re, im, a, b);
        else
            for (int k = 0; k < n; k++)
                (a[k], b[k]) = k == 0 ? (re[0], T.Zero) : k < Bins ? (re[k], im[k]) : (re[n - k], -im[n - k]);
        complex.Inverse(a, b);
        if (IsHalved)
            for (int k = 0; k < n; k++)
                (x[2 * k], x[2 * k + 1]) = (a[k], b[k]);
        else
            a.CopyTo(x);
        ArrayPool<T>.Shared.Return(memory);
    }

    // Z is the transform of x₀ + i·x₁, x₂ + i·x₃, …; with E and O those of the even and of the odd numbers,
    // E = (Zₖ + Z̄ₙ₋ₖ)/2, O = (Zₖ − Z̄ₙ₋ₖ)/2i and Xₖ = E + exp(−2πi·k/2n)·O.
    private void Separate(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> re, Span<T> im)
    {
        int n = complex.Length;
        T half = T.CreateTruncating(0.5);
        for (int k = 0; k <= n; k++)
        {
            int i = k == n ? 0 : k, j = k == 0 ? 0 : n - k;
            (T evenRe, T evenIm) = ((a[i] + a[j]) * half, (b[i] - b[j]) * half);
            (T oddRe, T oddIm) = ((b[i] + b[j]) * half, (a[j] - a[i]) * half);
            re[k] = evenRe + (turnRe[k] * oddRe - turnIm[k] * oddIm);
            im[k] = evenIm + (turnRe[k] * oddIm + turnIm[k] * oddRe);
        }
    }

    // Back: Zₖ = E + i·O with E = (Xₖ + X̄ₙ₋ₖ)/2 and O = (Xₖ − X̄ₙ₋ₖ)/2 · exp(2πi·k/2n).
    private void Join(ReadOnlySpan<T> re, ReadOnlySpan<T> im, Span<T> a, Span<T> b)
    {
        int n = complex.Length;
        T half = T.CreateTruncating(0.5);
        for (int k = 0; k < n; k++)
        {
            (T lowIm, T highIm) = k == 0 ? (T.Zero, T.Zero) : (im[k], im[n - k]);
            (T evenRe, T evenIm) = ((re[k] + re[n - k]) * half, (lowIm - highIm) * half);
            (T apartRe, T apartIm) = ((re[k] - re[n - k]) * half, (lowIm + highIm) * half);
            (T oddRe, T oddIm) =
                (apartRe * turnRe[k] + apartIm * turnIm[k], apartIm * turnRe[k] - apartRe * turnIm[k]);
            (a[k], b[k]) = (evenRe - oddIm, evenIm + oddRe);
        }
    }
}
