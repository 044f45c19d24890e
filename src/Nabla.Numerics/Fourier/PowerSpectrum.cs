
namespace Nabla.Numerics.Fourier;

/// <summary>
/// How the power of a real signal is spread over the frequencies, one-sided: what is at −f is counted at f.
/// </summary>
/// <param name="Frequencies">In cycles per unit of time, from 0 to half the sampling rate.</param>
/// <param name="Power">
/// A density (power per unit of frequency; its integral is the signal's variance) or, with
/// <see cref="SpectrumOptions.IsDensity"/> off, the power of a sine at each frequency (half its squared amplitude).
/// </param>
public sealed record PowerSpectrum(double[] Frequencies, double[] Power)
{
    /// <summary>
    /// The squared transform of the whole signal, |Σⱼ wⱼ·xⱼ·exp(−2πi·j·k/n)|², scaled; its noise does not become less
    /// with n. Schuster 1898.
    /// </summary>
    /// <param name="signal">Real samples; an empty signal has an empty spectrum.</param>
    /// <param name="options">By default the rectangular window, the mean taken off, a density.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <example><code>
    /// double[] wave = [.. Enumerable.Range(0, 8).Select(t => 3 * Math.Sin(2 * Math.PI * t / 4))];
    /// PowerSpectrum.Periodogram(wave, new() { IsDensity = false }).Power;   // = [0.00, 0.00, 4.50, 0.00, 0.00]
    /// 3 * 3 / 2.0;                                                         // = 4.5
    /// </code></example>
    public static PowerSpectrum Periodogram(ReadOnlySpan<double> signal, SpectrumOptions? options = null)
    {
        options ??= new SpectrumOptions();
        options = options with { Window = options.Window ?? Window.Rectangular };
        return Mean(signal, Math.Max(1, signal.Length), 0, options);
    }

    /// <summary>
    /// The mean of the periodograms of overlapping pieces: coarser in frequency than
    /// <see cref="Periodogram"/> of the whole, and the less noisy the more pieces there are. Welch 1967.
    /// </summary>
    /// <param name="signal">Real samples; what is left over at its end is not looked at.</param>
    /// <param name="options">By default pieces of 256 (or the signal's length) in Hann's window, half overlapping.
    /// </param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <example><code>
    /// double[] wave = [.. Enumerable.Range(0, 64).Select(t => Math.Sin(2 * Math.PI * t / 4))];
    /// PowerSpectrum.Welch(wave, new() { Piece = 16, IsDensity = false }).Power[4];   // = 0.5
    /// </code></example>
    public static PowerSpectrum Welch(ReadOnlySpan<double> signal, SpectrumOptions? options = null)
    {
        options ??= new SpectrumOptions();
        if (options.Piece < 1)
            throw new ArgumentException($"PowerSpectrum.Welch: Piece is {options.Piece}; it must be 1 or more.");
        int piece = Math.Max(1, Math.Min(options.Piece, signal.Length)), overlap = options.Overlap ?? piece / 2;
        if (overlap < 0 || overlap >= piece)
            throw new ArgumentException(
                $"PowerSpectrum.Welch: Overlap is {overlap}; it can be 0 to {piece - 1}, less than a piece.");
        options = options with { Window = options.Window ?? (length => Window.Hann(length)) };
        return Mean(signal, piece, overlap, options);
    }

    private static PowerSpectrum Mean(ReadOnlySpan<double> signal, int piece, int overlap, SpectrumOptions options)
    {
        if (!(options.SamplingRate > 0) || !double.IsFinite(options.SamplingRate))
            throw new ArgumentException(
                $"PowerSpectrum: SamplingRate is {options.SamplingRate}; it must be above 0.", nameof(options));
        if (signal.IsEmpty)
            return new PowerSpectrum([], []);
        double[] window = options.Window!(piece), faded = new double[piece];
        if (window.Length != piece)
            throw new ArgumentException(
                $"PowerSpectrum: the window has {window.Length} numbers; the pieces have {piece}.", nameof(options));
        var transform = new RealFourierTransform<double>(piece);
        double[] re = new double[transform.Bins], im = new double[transform.Bins], power = new double[transform.Bins];
        int pieces = (signal.Length - overlap) / (piece - overlap);
        for (int i = 0; i < pieces; i++)
        {
            Fade(signal.Slice(i * (piece - overlap), piece), window, options.TakesOffMean, faded);
            transform.Forward(faded, re, im);
            for (int k = 0; k < power.Length; k++)
                power[k] += re[k] * re[k] + im[k] * im[k];
        }
        double sum = window.Sum(), squares = window.Sum(w => w * w);
        double scale = 1 / (pieces * (options.IsDensity ? options.SamplingRate * squares : sum * sum));
        for (int k = 0; k < power.Length; k++)
            power[k] *= k == 0 || 2 * k == piece ? scale : 2 * scale;
        return new PowerSpectrum(Fft.RealFrequencies(piece, 1 / options.SamplingRate), power);
    }

    private static void Fade(ReadOnlySpan<double> piece, double[] window, bool takesOffMean, double[] faded)
    {
        double mean = 0;
        if (takesOffMean)
            foreach (double value in piece)
                mean += value / piece.Length;
        for (int j = 0; j < faded.Length; j++)
            faded[j] = (piece[j] - mean) * window[j];
    }
}

/// <summary>How a spectrum is estimated.</summary>
public sealed record SpectrumOptions
{
    /// <summary>Samples per unit of time.</summary>
    public double SamplingRate { get; init; } = 1;

    /// <summary>A window of a length, such as <c>n => Window.Hann(n)</c>; null for the usual one.</summary>
    public Func<int, double[]>? Window { get; init; }

    /// <summary>Samples in a piece (Welch); the signal's length where it is shorter.</summary>
    public int Piece { get; init; } = 256;

    /// <summary>Samples that two pieces share (Welch); half of a piece by default.</summary>
    public int? Overlap { get; init; }

    /// <summary>Whether each piece's mean is taken off first, for frequency 0 not to hide its neighbours.</summary>
    public bool TakesOffMean { get; init; } = true;

    /// <summary>Whether the result is power per unit of frequency; else power.</summary>
    public bool IsDensity { get; init; } = true;
}
