using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Nabla.Numerics.Fourier;

namespace Nabla.Numerics.Tests.Fourier;

public class FourierTests
{
    // Every length up to 70, then powers of two, products of small primes, primes and products of large ones.
    public static TheoryData<int> Lengths =>
    [
        .. Enumerable.Range(0, 71), 97, 101, 127, 128, 130, 210, 243, 256, 343, 512, 625, 901, 961, 962, 1000, 1009,
        1024,
    ];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void A_transform_is_its_definition(int length)
    {
        Complex[] x = Signal(length, 1), spectrum = Fft.Forward(x);
        for (int k = 0; k < length; k += 1 + length / 50)
        {
            Complex sum = 0;
            for (int j = 0; j < length; j++)
                sum += x[j] * RootsOfUnity.Of((long)j * k, length);
            (spectrum[k] - sum).Magnitude.ShouldBeLessThan(1e-14 * (length + 4) * 2, $"bin {k}");
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void An_inverse_undoes_a_transform(int length)
    {
        Complex[] x = Signal(length, 2), back = Fft.Inverse(Fft.Forward(x));
        for (int j = 0; j < length; j++)
            (back[j] - x[j]).Magnitude.ShouldBeLessThan(1e-14);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void A_real_transform_is_half_of_the_complex_one(int length)
    {
        double[] x = [.. Signal(length, 3).Select(value => value.Real)];
        Complex[] half = Fft.ForwardReal(x), whole = Fft.Forward([.. x.Select(value => new Complex(value, 0))]);
        half.Length.ShouldBe(length == 0 ? 0 : length / 2 + 1);
        for (int k = 0; k < half.Length; k++)
            (half[k] - whole[k]).Magnitude.ShouldBeLessThan(1e-13 * (length + 1));
        double[] back = Fft.InverseReal(half, length);
        for (int j = 0; j < length; j++)
            back[j].ShouldBe(x[j], 1e-14);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Floats_are_as_exact_as_floats_can_be(int length)
    {
        Complex[] x = Signal(length, 4), exact = Fft.Forward(x);
        float[] re = [.. x.Select(value => (float)value.Real)], im = [.. x.Select(value => (float)value.Imaginary)];
        Fft.Forward<float>(re, im);
        double size = Math.Sqrt(exact.Sum(value => value.Magnitude * value.Magnitude) / Math.Max(1, length));
        for (int k = 0; k < length; k++)
            (new Complex(re[k], im[k]) - exact[k]).Magnitude.ShouldBeLessThan(3e-6 * size);
        Fft.Inverse<float>(re, im);
        for (int j = 0; j < length; j++)
            (new Complex(re[j], im[j]) - x[j]).Magnitude.ShouldBeLessThan(5e-6);
    }

    [Fact]
    public void Energy_is_the_same_in_time_and_in_frequency() => Prop.ForAll(Arrays(), x =>
    {
        double time = x.Sum(value => value * value);
        double frequency = Fft.Forward([.. x.Select(value => new Complex(value, 0))])
            .Sum(value => value.Magnitude * value.Magnitude) / x.Length;
        return Math.Abs(time - frequency) <= 1e-12 * time;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_transform_is_linear() => Prop.ForAll(Arrays(), x =>
    {
        Complex[] a = [.. x.Select(value => new Complex(value, -value))], b = Signal(x.Length, 5);
        Complex[] sum = Fft.Forward([.. a.Zip(b, (p, q) => 2 * p + new Complex(0, 3) * q)]);
        Complex[] of = [.. Fft.Forward(a).Zip(Fft.Forward(b), (p, q) => 2 * p + new Complex(0, 3) * q)];
        return sum.Zip(of, (p, q) => (p - q).Magnitude).Max() < 1e-11 * x.Length;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_product_of_transforms_is_the_convolution() => Prop.ForAll(Arrays(), x =>
    {
        double[] y = [.. Signal(7, 6).Select(value => value.Real)], product = Fft.Convolve(x, y);
        double[] direct = new double[x.Length + y.Length - 1];
        for (int i = 0; i < x.Length; i++)
            for (int j = 0; j < y.Length; j++)
                direct[i + j] += x[i] * y[j];
        return product.Zip(direct, (p, q) => Math.Abs(p - q)).Max() < 1e-11;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_empty_convolution_is_empty() => Fft.Convolve([], [1, 2]).ShouldBeEmpty();

    [Fact]
    public void Roots_of_one_are_exact_at_eighths_and_symmetric()
    {
        RootsOfUnity.Of(1, 4).ShouldBe(new Complex(0, -1));
        RootsOfUnity.Of(2, 4).ShouldBe(new Complex(-1, 0));
        RootsOfUnity.Of(-1, 4).ShouldBe(new Complex(0, 1));
        RootsOfUnity.Of(1, 8).Real.ShouldBe(-RootsOfUnity.Of(1, 8).Imaginary);
        RootsOfUnity.Of(3_000_000_000_001, 3).ShouldBe(RootsOfUnity.Of(1, 3));
    }

    [Fact]
    public void Transforms_of_one_length_can_run_at_the_same_time()
    {
        foreach (int length in new[] { 1000, 1009 })
        {
            var transform = new FourierTransform<double>(length);
            Complex[] x = Signal(length, 7), expected = Fft.Forward(x);
            Parallel.For(0, 8, _ =>
            {
                double[] re = [.. x.Select(value => value.Real)], im = [.. x.Select(value => value.Imaginary)];
                transform.Forward(re, im);
                re.ShouldBe(expected.Select(value => value.Real));
            });
        }
    }

    [Fact]
    public void Wrong_lengths_are_errors_that_name_the_argument()
    {
        Message(() => _ = new FourierTransform<double>(-1)).ShouldContain("the length is -1");
        Message(() => _ = new FourierTransform<Half>(4)).ShouldContain("float or double, not Half");
        Message(() => new FourierTransform<double>(3).Forward(new double[3], new double[2])).ShouldContain("im.Length");
        double[] same = new double[4];
        Message(() => new FourierTransform<double>(4).Forward(same, same)).ShouldContain("same memory");
        Message(() => Fft.InverseReal(new Complex[3], 3)).ShouldContain("3 real numbers have 2 bins, not 3");
        Message(() => Fft.Forward2d<double>(new double[6], new double[6], 4)).ShouldContain("6 numbers");
        Message(() => Fft.Frequencies(3, 0)).ShouldContain("spacing is 0");
        Message(() => Fft.RealFrequencies(-2)).ShouldContain("length is -2");
        Message(() => Window.Hann(-1)).ShouldContain("the length is -1");
        Message(() => Window.Kaiser(4, -1)).ShouldContain("beta is -1");
        Message(() => Window.Tukey(4, double.NaN)).ShouldContain("taper is NaN");
        Message(() => Window.Gaussian(4, 0)).ShouldContain("deviation is 0");
        Message(() => PowerSpectrum.Welch([1, 2], new() { Piece = 0 })).ShouldContain("Piece is 0");
        Message(() => PowerSpectrum.Welch([1, 2], new() { Overlap = 2 })).ShouldContain("Overlap is 2");
        Message(() => PowerSpectrum.Periodogram([1], new() { SamplingRate = -1 })).ShouldContain("SamplingRate is -1");
        Message(() => PowerSpectrum.Periodogram([1, 2], new() { Window = _ => [1] })).ShouldContain("window has 1");
    }

    [Fact]
    public void An_empty_signal_has_an_empty_spectrum()
    {
        PowerSpectrum.Welch([]).Power.ShouldBeEmpty();
        PowerSpectrum.Periodogram([]).Frequencies.ShouldBeEmpty();
        Fft.RealFrequencies(0).ShouldBeEmpty();
        Window.Hann(0).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    public void Shifting_is_undone(int length)
    {
        int[] x = [.. Enumerable.Range(0, length)];
        Fft.Unshift<int>(Fft.Shift<int>(x)).ShouldBe(x);
    }

    private static string Message(Action action) => Should.Throw<ArgumentException>(action).Message;

    private static Arbitrary<double[]> Arrays() => ArbMap.Default.GeneratorFor<short[]>()
        .Where(values => values.Length > 0)
        .Select(values => values.Select(value => value / 1000.0).ToArray()).ToArbitrary();

    private static Complex[] Signal(int length, int seed)
    {
        var rng = new Rng(seed);
        float Next() => (float)rng.NextNormal();
        return [.. Enumerable.Range(0, length).Select(_ => new Complex(Next(), Next()))];
    }

    [Fact]
    public void A_length_too_long_for_its_prime_factors_is_named()
    {
        string message = Should.Throw<ArgumentException>(() => new FourierTransform<float>((1 << 28) + 3)).Message;
        message.ShouldContain("the length is 268435459, with a prime factor above 31");
    }
}
