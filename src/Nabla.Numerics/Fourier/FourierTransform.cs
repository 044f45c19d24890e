using System.Buffers;
using System.Numerics;
using Nabla.Numerics.Kernels;

namespace Nabla.Numerics.Fourier;

/// <summary>
/// The discrete Fourier transform of one length, prepared once and applied to any number of arrays, by any number of
/// threads:
/// <code>Xₖ = Σⱼ xⱼ·exp(−2πi·j·k/n),   xⱼ = 1/n · Σₖ Xₖ·exp(2πi·j·k/n)</code>
/// Lengths whose prime factors are at most 31 take stages of 4, 2, 3, 5 and larger primes (<see cref="Stage{T}"/>),
/// others Bluestein's way: n·log n work for every length. The error is a few units in the last place, growing with
/// log n. Cooley and Tukey 1965.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <example><code>
/// var transform = new FourierTransform&lt;double&gt;(4);
/// double[] re = [1, 2, 3, 4], im = [0, 0, 0, 0];
/// transform.Forward(re, im);
/// re;   // = [10, -2, -2, -2]
/// im;   // = [0, 2, 0, -2]
/// </code></example>
public sealed class FourierTransform<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Twice as many numbers still fit into an array.</summary>
    internal const int Longest = 1 << 29;

    private readonly Stage<T>[] stages = [];
    private readonly Bluestein<T>? bluestein;

    /// <summary>Prepares transforms of <paramref name="length"/> complex numbers.</summary>
    /// <exception cref="ArgumentException">The length is negative or above 2²⁹ (2²⁸ with a prime factor above 31), or T
    /// is neither float nor double.</exception>
    public FourierTransform(int length)
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
            throw new ArgumentException($"FourierTransform: numbers are float or double, not {typeof(T).Name}.");
        if (length is < 0 or > Longest)
            throw new ArgumentException($"FourierTransform: the length is {length}; it can be 0 to {Longest}.");
        Length = length;
        if (length < 2)
            return;
        if (Radices(length) is { } radices)
            stages = StagesOf(length, radices);
        else
            bluestein = new Bluestein<T>(length);
    }

    /// <summary>How many complex numbers are transformed.</summary>
    public int Length { get; }

    /// <summary>Replaces x by X: the real and the imaginary parts.</summary>
    /// <exception cref="ArgumentException">An array has not the length of the transform.</exception>
    public void Forward(Span<T> re, Span<T> im)
    {
        Require.Length("FourierTransform", re.Length, Length);
        Require.Length("FourierTransform", im.Length, Length);
        if (re.Overlaps(im))
            throw new ArgumentException("FourierTransform: re and im are the same memory; give two arrays.");
        Run(re, im);
    }

    /// <summary>Replaces X by x: the real and the imaginary parts.</summary>
    /// <exception cref="ArgumentException">An array has not the length of the transform.</exception>
    public void Inverse(Span<T> re, Span<T> im)
    {
        // With i and 1 exchanged the transform turns the other way.
        Forward(im, re);
        T scale = T.One / T.CreateTruncating(Math.Max(1, Length));
        for (int i = 0; i < re.Length; i++)
            (re[i], im[i]) = (re[i] * scale, im[i] * scale);
    }

    private void Run(Span<T> re, Span<T> im)
    {
        if (bluestein is not null)
            bluestein.Run(re, im);
        if (stages.Length == 0)
            return;
        T[] memory = ArrayPool<T>.Shared.Rent(2 * Length);
        Span<T> otherRe = memory.AsSpan(0, Length), otherIm = memory.AsSpan(Length, Length);
        for (int i = 0; i < stages.Length; i++)
            if (i % 2 == 0)
                stages[i].Run(re, im, otherRe, otherIm);
            else
                stages[i].Run(otherRe, otherIm, re, im);
        if (stages.Length % 2 == 1)
        {
            otherRe.CopyTo(re);
            otherIm.CopyTo(im);
        }
        ArrayPool<T>.Shared.Return(memory);
    }

    // Fours first: later stages have longer strides, which fill registers whatever the radix.
    private static List<int>? Radices(int length)
    {
        List<int> radices = [];
        foreach (int radix in new[] { 4, 2, 3, 5 })
            for (; length % radix == 0; length /= radix)
                radices.Add(radix);
        for (int radix = 7; radix <= Stage<T>.LargestRadix; radix += 2)
            for (; length % radix == 0; length /= radix)
                radices.Add(radix);
        return length == 1 ? radices : null;
    }

    private static Stage<T>[] StagesOf(int length, List<int> radices)
    {
        Stage<T>[] stages = new Stage<T>[radices.Count];
        for (int i = 0, stride = 1; i < stages.Length; stride *= radices[i++])
            stages[i] = new Stage<T>(radices[i], length / stride / radices[i], stride);
        return stages;
    }
}
