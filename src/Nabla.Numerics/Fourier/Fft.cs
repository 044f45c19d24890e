using System.Numerics;
using Nabla.Numerics.Kernels;

namespace Nabla.Numerics.Fourier;

/// <summary>
/// Fast Fourier transforms of any length, with NumPy's conventions: the forward transform is a plain sum, the inverse
/// is divided by n. Whoever transforms many arrays of one length prepares a <see cref="FourierTransform{T}"/>.
/// </summary>
public static class Fft
{
    /// <summary>Xₖ = Σⱼ xⱼ·exp(−2πi·j·k/n).</summary>
    /// <example><code>
    /// Fft.Forward([1, 2, 4])[1].Real;                        // = -2.00
    /// 1 + 2 * Math.Cos(2 * Math.PI / 3) + 4 * Math.Cos(4 * Math.PI / 3);   // = -2.00
    /// </code></example>
    public static Complex[] Forward(ReadOnlySpan<Complex> x) => Complexes(x, isInverse: false);

    /// <summary>xⱼ = 1/n · Σₖ Xₖ·exp(2πi·j·k/n).</summary>
    /// <example><code>
    /// Fft.Inverse(Fft.Forward([1, 2, 4]))[2].Real;   // = 4
    /// </code></example>
    public static Complex[] Inverse(ReadOnlySpan<Complex> x) => Complexes(x, isInverse: true);

    /// <summary>The first n/2 + 1 (rounded down) of the transform of real numbers; the others are conjugates.</summary>
    /// <example><code>
    /// Fft.ForwardReal([1, 2, 4]).Length;          // = 2
    /// Fft.ForwardReal([1, 2, 4])[1].Imaginary;    // = 1.732
    /// -2 * Math.Sin(2 * Math.PI / 3) - 4 * Math.Sin(4 * Math.PI / 3);   // = 1.732
    /// </code></example>
    public static Complex[] ForwardReal(ReadOnlySpan<double> x)
    {
        var transform = new RealFourierTransform<double>(x.Length);
        double[] re = new double[transform.Bins], im = new double[transform.Bins];
        transform.Forward(x, re, im);
        return Joined(re, im);
    }

    /// <summary>
    /// <paramref name="length"/> real numbers from what <see cref="ForwardReal(ReadOnlySpan{double})"/> gives.
    /// </summary>
    /// <exception cref="ArgumentException">There are not length/2 + 1 (rounded down) numbers in
    /// <paramref name="bins"/>.</exception>
    /// <example><code>
    /// Fft.InverseReal(Fft.ForwardReal([1, 2, 4]), length: 3);   // = [1, 2, 4]
    /// </code></example>
    public static double[] InverseReal(ReadOnlySpan<Complex> bins, int length)
    {
        var transform = new RealFourierTransform<double>(length);
        if (bins.Length != transform.Bins)
            throw new ArgumentException(
                $"Fft.InverseReal: {length} real numbers have {transform.Bins} bins, not {bins.Length}.", nameof(bins));
        (double[] re, double[] im) = Parts(bins);
        double[] x = new double[length];
        transform.Inverse(re, im, x);
        return x;
    }

    /// <summary>Transforms in place; the real and the imaginary parts of any length.</summary>
    /// <exception cref="ArgumentException">The parts have not the same length.</exception>
    /// <example><code>
    /// float[] re = [1, 2, 4], im = new float[3];
    /// Fft.Forward&lt;float&gt;(re, im);
    /// re;   // = [7, -2, -2]
    /// </code></example>
    public static void Forward<T>(Span<T> re, Span<T> im)
        where T : unmanaged, IFloatingPointIeee754<T> => new FourierTransform<T>(re.Length).Forward(re, im);

    /// <summary>Transforms back in place; the real and the imaginary parts of any length.</summary>
    /// <exception cref="ArgumentException">The parts have not the same length.</exception>
    /// <example><code>
    /// float[] re = [7, -2, -2], im = [0, 1.7320508f, -1.7320508f];
    /// Fft.Inverse&lt;float&gt;(re, im);
    /// re;   // = [1, 2, 4]
    /// </code></example>
    public static void Inverse<T>(Span<T> re, Span<T> im)
        where T : unmanaged, IFloatingPointIeee754<T> => new FourierTransform<T>(re.Length).Inverse(re, im);

    /// <summary>
    /// Transforms a matrix [<paramref name="rows"/>, columns] in place, along its rows and along its columns:
    /// X[k, l] = Σᵢ Σⱼ x[i, j]·exp(−2πi·(i·k/rows + j·l/columns)).
    /// </summary>
    /// <exception cref="ArgumentException">The parts have not the same length, or it is no whole number of rows.
    /// </exception>
    /// <example><code>
    /// double[] re = [1, 2, 3, 4], im = new double[4];
    /// Fft.Forward2d&lt;double&gt;(re, im, rows: 2);
    /// re;   // = [10, -2, -4, 0]
    /// </code></example>
    public static void Forward2d<T>(Span<T> re, Span<T> im, int rows)
        where T : unmanaged, IFloatingPointIeee754<T> => TwoDimensions(re, im, rows, isInverse: false);

    /// <summary>Undoes <see cref="Forward2d{T}"/>.</summary>
    /// <exception cref="ArgumentException">As there.</exception>
    /// <example><code>
    /// double[] re = [10, -2, -4, 0], im = new double[4];
    /// Fft.Inverse2d&lt;double&gt;(re, im, rows: 2);
    /// re;   // = [1, 2, 3, 4]
    /// </code></example>
    public static void Inverse2d<T>(Span<T> re, Span<T> im, int rows)
        where T : unmanaged, IFloatingPointIeee754<T> => TwoDimensions(re, im, rows, isInverse: true);

    /// <summary>
    /// The frequencies of a transform's numbers: 0, 1, …, then the negative ones, by n·<paramref name="spacing"/>.
    /// </summary>
    /// <param name="length">n.</param>
    /// <param name="spacing">The time between two samples; the unit of frequencies is one over that of time.</param>
    /// <exception cref="ArgumentException">The length is negative, or the spacing is not above 0.</exception>
    /// <example><code>
    /// Fft.Frequencies(5, spacing: 0.1);   // = [0, 2, 4, -4, -2]
    /// </code></example>
    public static double[] Frequencies(int length, double spacing = 1)
    {
        CheckSpacing(length, spacing);
        int positive = (length + 1) / 2;
        return [.. Enumerable.Range(0, length).Select(k => (k < positive ? k : k - length) / (length * spacing))];
    }

    /// <summary>The frequencies of the n/2 + 1 numbers of a real transform.</summary>
    /// <exception cref="ArgumentException">As of <see cref="Frequencies"/>.</exception>
    /// <example><code>
    /// Fft.RealFrequencies(5, spacing: 0.1);   // = [0, 2, 4]
    /// </code></example>
    public static double[] RealFrequencies(int length, double spacing = 1)
    {
        CheckSpacing(length, spacing);
        return length == 0 ? [] : [.. Enumerable.Range(0, length / 2 + 1).Select(k => k / (length * spacing))];
    }

    /// <summary>Moves frequency 0 to the middle, as pictures of spectra have it.</summary>
    /// <example><code>
    /// Fft.Shift&lt;double&gt;([0, 1, 2, -2, -1]);   // = [-2, -1, 0, 1, 2]
    /// </code></example>
    public static T[] Shift<T>(ReadOnlySpan<T> x) => [.. x[((x.Length + 1) / 2)..], .. x[..((x.Length + 1) / 2)]];

    /// <summary>Undoes <see cref="Shift{T}"/>.</summary>
    /// <example><code>
    /// Fft.Unshift&lt;double&gt;([-2, -1, 0, 1, 2]);   // = [0, 1, 2, -2, -1]
    /// </code></example>
    public static T[] Unshift<T>(ReadOnlySpan<T> x) => [.. x[(x.Length / 2)..], .. x[..(x.Length / 2)]];

    /// <summary>
    /// The convolution yₖ = Σⱼ aⱼ·bₖ₋ⱼ, of length a + b − 1, as a product of transforms; nothing where one is empty.
    /// </summary>
    /// <example><code>
    /// Fft.Convolve([1, 2, 3], [4, 5]);   // = [4, 13, 22, 15]
    /// 1 * 5 + 2 * 4;                     // = 13
    /// </code></example>
    public static double[] Convolve(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        if (a.IsEmpty || b.IsEmpty)
            return [];
        int length = checked(a.Length + b.Length - 1), padded = checked((int)Bluestein<double>.Smooth(length));
        double[] wideA = new double[padded], wideB = new double[padded];
        a.CopyTo(wideA);
        b.CopyTo(wideB);
        Complex[] product = [.. ForwardReal(wideA).Zip(ForwardReal(wideB), (x, y) => x * y)];
        return InverseReal(product, padded)[..length];
    }

    private static Complex[] Complexes(ReadOnlySpan<Complex> x, bool isInverse)
    {
        (double[] re, double[] im) = Parts(x);
        Apply(new FourierTransform<double>(x.Length), re, im, isInverse);
        return Joined(re, im);
    }

    private static (double[] Re, double[] Im) Parts(ReadOnlySpan<Complex> x)
    {
        double[] re = new double[x.Length], im = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
            (re[i], im[i]) = (x[i].Real, x[i].Imaginary);
        return (re, im);
    }

    private static Complex[] Joined(double[] re, double[] im) => [.. re.Zip(im, (a, b) => new Complex(a, b))];

    private static void TwoDimensions<T>(Span<T> re, Span<T> im, int rows, bool isInverse)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Require.Length("Fft.Forward2d", im.Length, re.Length);
        if (rows < 0 || (rows == 0 ? re.Length > 0 : re.Length % rows != 0))
            throw new ArgumentException(
                $"Fft.Forward2d: {re.Length} numbers are no whole number of columns in {rows} rows.");
        if (re.IsEmpty)
            return;
        int columns = re.Length / rows;
        var along = new FourierTransform<T>(columns);
        for (int i = 0; i < rows; i++)
            Apply(along, re.Slice(i * columns, columns), im.Slice(i * columns, columns), isInverse);
        var down = new FourierTransform<T>(rows);
        T[] columnRe = new T[rows], columnIm = new T[rows];
        for (int j = 0; j < columns; j++)
        {
            for (int i = 0; i < rows; i++)
                (columnRe[i], columnIm[i]) = (re[i * columns + j], im[i * columns + j]);
            Apply(down, columnRe, columnIm, isInverse);
            for (int i = 0; i < rows; i++)
                (re[i * columns + j], im[i * columns + j]) = (columnRe[i], columnIm[i]);
        }
    }

    private static void Apply<T>(FourierTransform<T> transform, Span<T> re, Span<T> im, bool isInverse)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (isInverse)
            transform.Inverse(re, im);
        else
            transform.Forward(re, im);
    }

    private static void CheckSpacing(int length, double spacing)
    {
        if (length < 0)
            throw new ArgumentException($"Fft.Frequencies: length is {length}; it can be 0 or more.", nameof(length));
        if (!(spacing > 0) || !double.IsFinite(spacing))
            throw new ArgumentException($"Fft.Frequencies: spacing is {spacing}; it must be above 0.", nameof(spacing));
    }
}
