namespace Nabla.Numerics.Fourier;

/// <summary>
/// Windows that fade a piece of a signal in and out, so that its transform does not show its ends. By default they are
/// periodic, one period of n numbers, as spectra want them; symmetric ones begin and end alike, as filters want them.
/// With N = n, or n − 1 for symmetric ones, k = 0 … n − 1. Harris 1978, doi:10.1109/PROC.1978.10837.
/// </summary>
public static class Window
{
    /// <summary>wₖ = 1.</summary>
    /// <exception cref="ArgumentException">The length is negative, as for all windows.</exception>
    /// <example><code>
    /// Window.Rectangular(3);   // = [1, 1, 1]
    /// </code></example>
    public static double[] Rectangular(int length) => Of(length, false, _ => 1);

    /// <summary>The triangle wₖ = 1 − |2k/N − 1|.</summary>
    /// <example><code>
    /// Window.Bartlett(5, isSymmetric: true);   // = [0, 0.5, 1, 0.5, 0]
    /// </code></example>
    public static double[] Bartlett(int length, bool isSymmetric = false) =>
        Of(length, isSymmetric, x => 1 - Math.Abs(2 * x - 1));

    /// <summary>wₖ = sin(π·(k + ½)/(N + 1)).</summary>
    /// <example><code>
    /// Window.Cosine(2, isSymmetric: true);   // = [0.707, 0.707]
    /// </code></example>
    public static double[] Cosine(int length, bool isSymmetric = false)
    {
        int points = Points(length, isSymmetric);
        return Of(length, isSymmetric, (k, _) => Math.Sin(Math.PI * (k + 0.5) / points));
    }

    /// <summary>wₖ = ½ − ½·cos(2πk/N).</summary>
    /// <example><code>
    /// Window.Hann(4);                           // = [0, 0.5, 1, 0.5]
    /// 0.5 - 0.5 * Math.Cos(2 * Math.PI / 4);    // = 0.5
    /// </code></example>
    public static double[] Hann(int length, bool isSymmetric = false) => Cosines(length, isSymmetric, 0.5, 0.5);

    /// <summary>wₖ = 0.54 − 0.46·cos(2πk/N).</summary>
    /// <example><code>
    /// Window.Hamming(4);   // = [0.08, 0.54, 1, 0.54]
    /// </code></example>
    public static double[] Hamming(int length, bool isSymmetric = false) => Cosines(length, isSymmetric, 0.54, 0.46);

    /// <summary>wₖ = 0.42 − 0.5·cos(2πk/N) + 0.08·cos(4πk/N).</summary>
    /// <example><code>
    /// Window.Blackman(4);   // = [0.00, 0.34, 1.00, 0.34]
    /// </code></example>
    public static double[] Blackman(int length, bool isSymmetric = false) =>
        Cosines(length, isSymmetric, 0.42, 0.5, 0.08);

    /// <summary>
    /// wₖ = 0.35875 − 0.48829·cos(2πk/N) + 0.14128·cos(4πk/N) − 0.01168·cos(6πk/N): side lobes 92 dB down.
    /// </summary>
    /// <example><code>
    /// Window.BlackmanHarris(2);   // = [0.00006, 1]
    /// </code></example>
    public static double[] BlackmanHarris(int length, bool isSymmetric = false) =>
        Cosines(length, isSymmetric, 0.35875, 0.48829, 0.14128, 0.01168);

    /// <summary>
    /// wₖ = 0.3635819 − 0.4891775·cos(2πk/N) + 0.1365995·cos(4πk/N) − 0.0106411·cos(6πk/N) (Nuttall 1981).
    /// </summary>
    /// <example><code>
    /// Window.Nuttall(2)[1];   // = 1
    /// </code></example>
    public static double[] Nuttall(int length, bool isSymmetric = false) =>
        Cosines(length, isSymmetric, 0.3635819, 0.4891775, 0.1365995, 0.0106411);

    /// <summary>Five cosines whose top is flat: amplitudes are right whatever the frequency.</summary>
    /// <example><code>
    /// Window.FlatTop(2)[1];   // = 1.0000
    /// </code></example>
    public static double[] FlatTop(int length, bool isSymmetric = false) => Cosines(
        length, isSymmetric, 0.21557895, 0.41663158, 0.277263158, 0.083578947, 0.006947368);

    /// <summary>wₖ = exp(−½·((k − N/2)/<paramref name="deviation"/>)²).</summary>
    /// <exception cref="ArgumentException">The deviation is not above 0.</exception>
    /// <example><code>
    /// Window.Gaussian(3, deviation: 1, isSymmetric: true);   // = [0.6065, 1, 0.6065]
    /// Math.Exp(-0.5);                                        // = 0.6065
    /// </code></example>
    public static double[] Gaussian(int length, double deviation, bool isSymmetric = false)
    {
        if (!(deviation > 0))
            throw new ArgumentException(
                $"Window.Gaussian: deviation is {deviation}; it must be above 0.", nameof(deviation));
        double middle = (Points(length, isSymmetric) - 1) / 2.0;
        return Of(length, isSymmetric, (k, _) => Math.Exp(-0.5 * (k - middle) / deviation * (k - middle) / deviation));
    }

    /// <summary>
    /// wₖ = I₀(β·√(1 − (2k/N − 1)²)) / I₀(β): the larger <paramref name="beta"/>, the lower the side lobes and the
    /// broader the main one; 0 is the rectangle, 8.6 about Blackman's. Kaiser and Schafer 1980.
    /// </summary>
    /// <exception cref="ArgumentException">Beta is not from 0 to 700.</exception>
    /// <example><code>
    /// Window.Kaiser(3, beta: 2, isSymmetric: true);   // = [0.4387, 1, 0.4387]
    /// </code></example>
    public static double[] Kaiser(int length, double beta, bool isSymmetric = false)
    {
        if (!(beta is >= 0 and <= 700))
            throw new ArgumentException($"Window.Kaiser: beta is {beta}; it can be 0 to 700.", nameof(beta));
        return Of(length, isSymmetric,
            x => BesselI0(beta * Math.Sqrt(Math.Max(0, 1 - (2 * x - 1) * (2 * x - 1)))) / BesselI0(beta));
    }

    /// <summary>
    /// Flat with a cosine at both ends that takes the share <paramref name="taper"/> of the whole: 0 is the rectangle,
    /// 1 is <see cref="Hann"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The taper is not from 0 to 1.</exception>
    /// <example><code>
    /// Window.Tukey(5, taper: 1, isSymmetric: true);   // = [0, 0.5, 1, 0.5, 0]
    /// </code></example>
    public static double[] Tukey(int length, double taper, bool isSymmetric = false)
    {
        if (!(taper is >= 0 and <= 1))
            throw new ArgumentException($"Window.Tukey: taper is {taper}; it can be 0 to 1.", nameof(taper));
        return Of(length, isSymmetric, x => Math.Min(x, 1 - x) is var end && end < taper / 2
            ? 0.5 - 0.5 * Math.Cos(2 * Math.PI * end / taper) : 1);
    }

    private static double[] Cosines(int length, bool isSymmetric, params double[] weights) => Of(length, isSymmetric,
        x => weights.Select((weight, i) => weight * Math.Cos(2 * Math.PI * i * x) * (i % 2 == 0 ? 1 : -1)).Sum());

    private static double[] Of(int length, bool isSymmetric, Func<double, double> at) =>
        Of(length, isSymmetric, (_, x) => at(x));

    // A window of one number is 1, whatever its formula.
    private static double[] Of(int length, bool isSymmetric, Func<int, double, double> at)
    {
        int points = Points(length, isSymmetric);
        return length == 1 ? [1] : [.. Enumerable.Range(0, length).Select(k => at(k, k / (points - 1.0)))];
    }

    private static int Points(int length, bool isSymmetric) => length >= 0 ? isSymmetric ? length : length + 1
        : throw new ArgumentException($"Window: the length is {length}; it can be 0 or more.", nameof(length));

    // Σ (x²/4)ⁱ/(i!)², all terms positive.
    private static double BesselI0(double x)
    {
        double sum = 1, term = 1;
        for (int i = 1; term > sum * 1e-17; i++)
        {
            term *= x * x / 4 / ((double)i * i);
            sum += term;
        }
        return sum;
    }
}
