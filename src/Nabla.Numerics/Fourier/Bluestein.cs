using System.Numerics;

namespace Nabla.Numerics.Fourier;

/// <summary>
/// The transform of a length with a large prime factor (Bluestein 1970): because 2jk = j² + k² − (k − j)², it is a
/// convolution with a chirp, cₖ = exp(−πi·k²/n), and convolutions are products of transforms, of a length that has
/// small factors:
/// <code>Xₖ = cₖ · Σⱼ (xⱼ·cⱼ) · c̄ₖ₋ⱼ</code>
/// </summary>
internal sealed class Bluestein<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int length;
    private readonly FourierTransform<T> inner;
    private readonly T[] chirpRe, chirpIm, filterRe, filterIm;

    public Bluestein(int length)
    {
        this.length = length;
        long padded = Smooth(2L * length - 1);
        if (padded > FourierTransform<T>.Longest)
            throw new ArgumentException(
                $"FourierTransform: the length is {length}, with a prime factor above {Stage<T>.LargestRadix}; such "
                + $"lengths can be up to {FourierTransform<T>.Longest / 2}. Pad to a product of small primes.");
        inner = new FourierTransform<T>((int)padded);
        // k² modulo 2n, not k², for the angle to keep all its digits.
        Complex[] chirp =
            [.. Enumerable.Range(0, length).Select(k => RootsOfUnity.Of((long)k * k % (2L * length), 2L * length))];
        (chirpRe, chirpIm) = RootsOfUnity.Parts<T>(chirp);
        (filterRe, filterIm) = (new T[inner.Length], new T[inner.Length]);
        for (int k = 0; k < length; k++)
        {
            int mirrored = (inner.Length - k) % inner.Length;
            filterRe[k] = filterRe[mirrored] = chirpRe[k];
            filterIm[k] = filterIm[mirrored] = -chirpIm[k];
        }
        inner.Forward(filterRe, filterIm);
    }

    public void Run(Span<T> re, Span<T> im)
    {
        T[] a = new T[inner.Length], b = new T[inner.Length];
        for (int k = 0; k < length; k++)
            (a[k], b[k]) = Times(re[k], im[k], chirpRe[k], chirpIm[k]);
        inner.Forward(a, b);
        for (int k = 0; k < a.Length; k++)
            (a[k], b[k]) = Times(a[k], b[k], filterRe[k], filterIm[k]);
        inner.Inverse(a, b);
        for (int k = 0; k < length; k++)
            (re[k], im[k]) = Times(a[k], b[k], chirpRe[k], chirpIm[k]);
    }

    /// <summary>The least 2ᵃ·3ᵇ·5ᶜ that is not below <paramref name="least"/>.</summary>
    internal static long Smooth(long least)
    {
        long best = long.MaxValue;
        for (long five = 1; five < 5 * least; five *= 5)
            for (long three = five; three < 3 * least; three *= 3)
            {
                long value = three;
                while (value < least)
                    value *= 2;
                best = Math.Min(best, value);
            }
        return best;
    }

    private static (T Re, T Im) Times(T aRe, T aIm, T bRe, T bIm) => (aRe * bRe - aIm * bIm, aRe * bIm + aIm * bRe);
}
