using Nabla.Numerics.Kernels;

namespace Nabla.Numerics.Tests.Kernels;

public class NormKernelTests
{
    private const float Epsilon = 1e-5f;

    public static TheoryData<int, int> Sizes =>
        new() { { 1, 3 }, { 7, 5 }, { 8, 2 }, { 15, 4 }, { 16, 300 }, { 17, 1 }, { 33, 600 }, { 1000, 3 }, { 4, 0 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Layer_norm_and_its_gradients_agree_with_the_reference(int n, int rows)
    {
        float[] x = Arrays.Normal(rows * n, 1, 3), gamma = Arrays.Normal(n, 2), beta = Arrays.Normal(n, 3);
        float[] y = new float[x.Length], mean = new float[rows], rstd = new float[rows],
            dy = Arrays.Normal(x.Length, 4);
        LayerNormKernel.Forward(x, new(gamma, beta, Epsilon), y, new(mean, rstd));
        Arrays.ShouldBeClose(y, LayerNorm(x.Duals(), gamma.Duals(), beta.Duals()).Values(), 2e-6);

        float[] dx = new float[x.Length], dGamma = new float[n], dBeta = new float[n];
        LayerNormKernel.Backward(x, gamma, new(mean, rstd), dy, new(dx, dGamma, dBeta));
        dx.ShouldBeGradient(x, v => Slopes.Dot(LayerNorm(v, gamma.Duals(), beta.Duals()), dy));
        dGamma.ShouldBeGradient(gamma, v => Slopes.Dot(LayerNorm(x.Duals(), v, beta.Duals()), dy));
        dBeta.ShouldBeGradient(beta, v => Slopes.Dot(LayerNorm(x.Duals(), gamma.Duals(), v), dy));

        float[] moreX = [.. dx], moreGamma = [.. dGamma];
        LayerNormKernel.Backward(x, gamma, new(mean, rstd), dy,
            new(moreX, moreGamma, default) { AccumulateDx = true, AccumulateParameters = true });
        moreX.ShouldBe([.. dx.Select(d => d + d)]);
        moreGamma.ShouldBe([.. dGamma.Select(d => d + d)]);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Rms_norm_and_its_gradients_agree_with_the_reference(int n, int rows)
    {
        float[] x = Arrays.Normal(rows * n, 1, 3), gamma = Arrays.Normal(n, 2);
        float[] y = new float[x.Length], rstd = new float[rows], dy = Arrays.Normal(x.Length, 4);
        RmsNormKernel.Forward(x, gamma, Epsilon, y, rstd);
        Arrays.ShouldBeClose(y, RmsNorm(x.Duals(), gamma.Duals()).Values(), 2e-6);

        float[] dx = new float[x.Length], dGamma = new float[n];
        RmsNormKernel.Backward(x, gamma, rstd, dy, new(dx, dGamma, default));
        dx.ShouldBeGradient(x, v => Slopes.Dot(RmsNorm(v, gamma.Duals()), dy));
        dGamma.ShouldBeGradient(gamma, v => Slopes.Dot(RmsNorm(x.Duals(), v), dy));
    }

    [Fact]
    public void Layer_norm_without_beta_has_mean_zero_and_ignores_a_constant()
    {
        float[] x = [.. Arrays.Normal(64, 1).Select(v => v + 1000)], y = new float[64], gamma = new float[64];
        Array.Fill(gamma, 1);
        LayerNormKernel.Forward(x, new(gamma, default, Epsilon), y, new(new float[1], new float[1]));
        y.Average().ShouldBe(0, 1e-4f);
        y.Average(v => v * v).ShouldBe(1, 1e-3f);
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        float[] x = Arrays.Normal(500 * 130, 1), gamma = Arrays.Normal(130, 2), y = new float[x.Length];
        float[] mean = new float[500], rstd = new float[500];
        Arrays.SameBitsOnAnyThreads(() =>
        {
            float[] dx = new float[x.Length], dGamma = new float[130], dBeta = new float[130];
            LayerNormKernel.Forward(x, new(gamma, default, Epsilon), y, new(mean, rstd));
            LayerNormKernel.Backward(x, gamma, new(mean, rstd), y, new(dx, dGamma, dBeta));
            return [.. y, .. dx, .. dGamma, .. dBeta];
        });
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused()
    {
        var six = new float[6];
        Should.Throw<ArgumentException>(
            () => LayerNormKernel.Forward(six, new(new float[4], default, 0), six, default));
        Should.Throw<ArgumentException>(() => LayerNormKernel.Forward(six, new(new float[3], six, 0), six, default));
        Should.Throw<ArgumentException>(
            () => RmsNormKernel.Backward(six, new float[3], new float[2], six, new(six, six, default)));
    }

    private static Dual[] LayerNorm(Dual[] x, Dual[] gamma, Dual[] beta) => [.. x.Chunk(gamma.Length).SelectMany(row =>
    {
        Dual mean = Mean(row);
        Dual root = Dual.Sqrt(Mean([.. row.Select(v => (v - mean) * (v - mean))]) + Epsilon);
        return row.Select((v, c) => gamma[c] * (v - mean) / root + beta[c]);
    })];

    private static Dual[] RmsNorm(Dual[] x, Dual[] gamma) => [.. x.Chunk(gamma.Length).SelectMany(row =>
    {
        Dual root = Dual.Sqrt(Mean([.. row.Select(v => v * v)]) + Epsilon);
        return row.Select((v, c) => gamma[c] * v / root);
    })];

    private static Dual Mean(Dual[] row) => row.Aggregate((Dual)0, (sum, v) => sum + v) / row.Length;
}
