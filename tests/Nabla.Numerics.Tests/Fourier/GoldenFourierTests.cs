using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Nabla.Numerics.Fourier;

namespace Nabla.Numerics.Tests.Fourier;

/// <summary>What NumPy and SciPy say; see tests/goldens/fourier_golden.py.</summary>
public class GoldenFourierTests
{
    private static readonly JsonElement Golden = Read();

    [Fact]
    public void Transforms_are_NumPys()
    {
        foreach (JsonElement golden in Golden.GetProperty("transforms").EnumerateArray())
        {
            int length = golden.GetProperty("length").GetInt32();
            double[] re = Samples(length, 1), im = Samples(length, 2);
            Fft.Forward<double>(re, im);
            int[] bins = [.. golden.GetProperty("bins").EnumerateArray().Select(bin => bin.GetInt32())];
            Compare(bins.Select(k => re[k]), golden.GetProperty("re"), 1e-11 * length);
            Compare(bins.Select(k => im[k]), golden.GetProperty("im"), 1e-11 * length);
        }
    }

    [Fact]
    public void Transforms_of_matrices_are_NumPys_and_are_undone()
    {
        foreach (JsonElement golden in Golden.GetProperty("matrices").EnumerateArray())
        {
            int rows = golden.GetProperty("rows").GetInt32(), length = rows * golden.GetProperty("columns").GetInt32();
            double[] re = Samples(length, 3), im = Samples(length, 4);
            Fft.Forward2d<double>(re, im, rows);
            Compare(re, golden.GetProperty("re"), 1e-10);
            Compare(im, golden.GetProperty("im"), 1e-10);
            Fft.Inverse2d<double>(re, im, rows);
            re.Zip(Samples(length, 3), (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThan(1e-14);
        }
        Fft.Forward2d<float>([], [], 0);
    }

    [Fact]
    public void Windows_are_SciPys()
    {
        foreach (JsonElement golden in Golden.GetProperty("windows").EnumerateArray())
        {
            string name = golden.GetProperty("name").GetString()!;
            int length = golden.GetProperty("length").GetInt32();
            bool isSymmetric = golden.GetProperty("symmetric").GetBoolean();
            double[] window = name switch
            {
                "Rectangular" => Window.Rectangular(length),
                "Gaussian" => Window.Gaussian(length, 2.5, isSymmetric),
                "Kaiser" => Window.Kaiser(length, 8.6, isSymmetric),
                "Tukey" => Window.Tukey(length, 0.4, isSymmetric),
                _ => (double[])typeof(Window).GetMethod(name, BindingFlags.Public | BindingFlags.Static)!
                    .Invoke(null, [length, isSymmetric])!,
            };
            Compare(window, golden.GetProperty("values"), 1e-11, $"{name} {length} {isSymmetric}");
        }
    }

    [Fact]
    public void Spectra_are_SciPys()
    {
        foreach (JsonElement golden in Golden.GetProperty("spectra").EnumerateArray())
        {
            int length = golden.GetProperty("length").GetInt32();
            double[] signal = [.. Samples(length, 5).Select((x, i) => x + Math.Sin(i * 0.7))];
            SpectrumOptions options = Options(golden.GetProperty("options"));
            PowerSpectrum spectrum = golden.GetProperty("method").GetString() == "welch"
                ? PowerSpectrum.Welch(signal, options) : PowerSpectrum.Periodogram(signal, options);
            Compare(spectrum.Frequencies, golden.GetProperty("frequencies"), 1e-11);
            Compare(spectrum.Power, golden.GetProperty("power"), 1e-10);
        }
    }

    private static SpectrumOptions Options(JsonElement golden)
    {
        var options = new SpectrumOptions();
        foreach (JsonProperty option in golden.EnumerateObject())
            options = option.Name switch
            {
                "fs" => options with { SamplingRate = option.Value.GetDouble() },
                "nperseg" => options with { Piece = option.Value.GetInt32() },
                "noverlap" => options with { Overlap = option.Value.GetInt32() },
                "scaling" => options with { IsDensity = option.Value.GetString() == "density" },
                "detrend" => options with { TakesOffMean = option.Value.GetBoolean() },
                "window" when option.Value.GetString() == "hamming" => options with { Window = n => Window.Hamming(n) },
                "window" => options with { Window = n => Window.Blackman(n) },
                _ => throw new InvalidOperationException(option.Name),
            };
        return options;
    }

    private static void Compare(
        IEnumerable<double> actual, JsonElement expected, double tolerance, string? what = null) =>
        actual.ShouldBe(expected.EnumerateArray().Select(value => value.GetDouble()), tolerance, what);

    // The same numbers as in fourier_golden.py.
    private static double[] Samples(int length, int seed) => [.. Enumerable.Range(0, length)
        .Select(j => ((j * 7919L + seed * 104_729L) % 2003 - 1000) / 1000.0)];

    private static JsonElement Read([CallerFilePath] string here = "") => JsonDocument.Parse(File.ReadAllText(
        Path.Combine(Path.GetDirectoryName(here)!, "../../goldens/fourier.json"))).RootElement;
}
