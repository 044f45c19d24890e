using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Tests.Initialization;

/// <summary>Each way to start has the moments and the law that its formula says.</summary>
public sealed class InitializeTests
{
    private static Parameter Weight => new([200, 100, 3]); // fans 300 and 600

    [Fact]
    public void Xavier_has_a_variance_of_two_over_both_fans()
    {
        ShouldHave(Initialize.XavierUniform(Weight, new Rng(1)), 0, 2.0 / 900);
        ShouldHave(Initialize.XavierUniform(Weight, new Rng(1), gain: 3), 0, 9 * 2.0 / 900);
        ShouldHave(Initialize.XavierNormal(Weight, new Rng(2)), 0, 2.0 / 900);
        Initialize.XavierUniform(Weight, new Rng(1)).ToArray().Max(Math.Abs)
            .ShouldBeInRange(0.999f * MathF.Sqrt(6f / 900), MathF.Sqrt(6f / 900));
    }

    [Fact]
    public void He_has_a_variance_of_two_over_one_fan()
    {
        ShouldHave(Initialize.HeUniform(Weight, new Rng(1)), 0, 2.0 / 300);
        ShouldHave(Initialize.HeNormal(Weight, new Rng(2)), 0, 2.0 / 300);
        ShouldHave(Initialize.HeUniform(Weight, new Rng(3), FanMode.Out), 0, 2.0 / 600);
        ShouldHave(Initialize.HeNormal(Weight, new Rng(4), FanMode.Out, gain: 1), 0, 1.0 / 600);
    }

    [Fact]
    public void Numbers_keep_their_size_through_fifty_layers_of_ReLUs_that_start_as_He_says()
    {
        var rng = new Rng(5);
        Tensor x = Tensor.Randn([64, 256], rng);
        for (int layer = 0; layer < 50; layer++)
            x = x.Affine(Initialize.HeNormal(new Parameter([256, 256]), rng)).Relu();
        x.Square().Mean().Item().ShouldBeInRange(0.2f, 5);
    }

    [Fact]
    public void Gains_are_those_of_PyTorch()
    {
        Initialize.Gain(Nonlinearity.Linear).ShouldBe(1);
        Initialize.Gain(Nonlinearity.Sigmoid).ShouldBe(1);
        Initialize.Gain(Nonlinearity.Tanh).ShouldBe(5.0 / 3);
        Initialize.Gain(Nonlinearity.Relu).ShouldBe(Math.Sqrt(2));
        Initialize.Gain(Nonlinearity.LeakyRelu, 0.2).ShouldBe(Math.Sqrt(2 / 1.04));
        Initialize.Gain(Nonlinearity.LeakyRelu).ShouldBe(Math.Sqrt(2 / 1.0001));
        Initialize.Gain(Nonlinearity.Selu).ShouldBe(0.75);
    }

    [Theory]
    [InlineData(-2f, 2f, 1f)]
    [InlineData(-0.5f, 0.3f, 1f)]
    [InlineData(1.5f, 8f, 0.5f)]
    [InlineData(-9f, -1f, 0.7f)]
    [InlineData(-1f, 9f, 2f)]
    [InlineData(-3f, 4f, 0.02f)]
    public void Truncated_normal_follows_its_density(float low, float high, float deviation)
    {
        float[] samples = Initialize
            .TruncatedNormal(new Parameter([200_000]), deviation, new Rng(6), low, high).ToArray();
        samples.ShouldAllBe(x => x >= low && x <= high);
        // Mean and variance by numerical integration of the density.
        double mass = 0, mean = 0, square = 0;
        for (int i = 0; i < 200_000; i++)
        {
            double x = low + (high - low) * (i + 0.5) / 200_000;
            double density = Math.Exp(-x * x / (2 * deviation * deviation));
            (mass, mean, square) = (mass + density, mean + density * x, square + density * x * x);
        }
        (mean, square) = (mean / mass, square / mass);
        double spread = Math.Sqrt(square - mean * mean);
        samples.Average(x => (double)x).ShouldBe(mean, 0.02 * spread);
        samples.Average(x => (x - mean) * (x - mean)).ShouldBe(square - mean * mean, 0.02 * spread * spread);
    }

    [Fact]
    public void Sparse_has_as_many_zeros_in_each_column()
    {
        float[] numbers = Initialize.Sparse(new Parameter([50, 7]), 0.31, 0.5f, new Rng(7)).ToArray();
        for (int column = 0; column < 7; column++)
            Enumerable.Range(0, 50).Count(row => numbers[row * 7 + column] == 0).ShouldBe(16);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_convolution_that_starts_as_Dirac_says_passes_its_channels(int groups)
    {
        Tensor x = Tensor.Randn([2, 4, 7], new Rng(8));
        var weight = Initialize.Dirac(new Parameter([4, 4 / groups, 3]), groups);
        x.Conv1d(weight, null, new ConvolutionOptions { Padding = 1, Groups = groups }).ToArray().ShouldBe(x.ToArray());
    }

    [Fact]
    public void The_identity_passes_inputs_unchanged()
    {
        Tensor x = Tensor.Randn([3, 4], new Rng(9));
        x.Affine(Initialize.Eye(new Parameter([4, 4]))).ToArray().ShouldBe(x.ToArray());
        x.Affine(Initialize.Eye(new Parameter([2, 4]))).ToArray().ShouldBe(x.Slice(1, 0, 2).ToArray());
    }

    [Fact]
    public void Simple_ones_fill_a_parameter_that_exists()
    {
        var weight = new Parameter([100, 100]);
        Initialize.Normal(weight, 0.5f, new Rng(1), mean: 3).ShouldBeSameAs(weight);
        ShouldHave(weight, 3, 0.25);
        ShouldHave(Initialize.Uniform(weight, 1, 2, new Rng(1)), 1.5, 1.0 / 12);
        Initialize.Constant(weight, 7).ToArray().ShouldAllBe(w => w == 7);
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(3, 7)]
    [InlineData(8, 2)]
    [InlineData(1, 1)]
    public void Orthogonal_rows_or_columns_have_length_1_and_right_angles(int rows, int columns)
    {
        Tensor w = Initialize.Orthogonal(new Parameter([rows, columns]), new Rng(1), gain: 3);
        Tensor product = rows <= columns ? w.MatMul(w.Transpose(0, 1)) : w.Transpose(0, 1).MatMul(w);
        int n = Math.Min(rows, columns);
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                product[i, j].ShouldBe(i == j ? 9 : 0, 1e-4f);
    }

    [Fact]
    public void All_orthogonal_matrices_are_equally_likely()
    {
        // Each number of a random rotation of n dimensions has mean 0 and variance 1/n, and no sign is preferred.
        var rng = new Rng(2);
        float[] corner = [.. Enumerable.Range(0, 2000)
            .Select(_ => Initialize.Orthogonal(new Parameter([4, 2, 2]), rng).Values[0])];
        corner.Average().ShouldBe(0, 0.05f);
        corner.Average(x => x * x).ShouldBe(0.25f, 0.02f);
    }

    [Fact]
    public void Impossible_ones_are_refused()
    {
        var rng = new Rng(1);
        Refuse(() => Initialize.XavierUniform(new([3]), rng), "weight [3] needs two dimensions");
        Refuse(() => Initialize.XavierNormal(new([3, 2]), rng, gain: -1), "gain = -1");
        Refuse(() => Initialize.HeNormal(new([3]), rng), "weight [3] needs two dimensions");
        Refuse(() => Initialize.HeUniform(new([3, 2]), rng, gain: double.NaN), "gain = NaN");
        Refuse(() => Initialize.HeUniform(new([3, 2]), rng, (FanMode)7), "neither In nor Out");
        Refuse(() => Initialize.TruncatedNormal(new([3]), 0, rng), "must be positive");
        Refuse(() => Initialize.TruncatedNormal(new([3]), 1, rng, 2, 2), "low = 2 must be below high = 2");
        Refuse(() => Initialize.Sparse(new([3]), 0.1, 1, rng), "[3] must be a matrix");
        Refuse(() => Initialize.Sparse(new([3, 2]), 1.1, 1, rng), "sparsity = 1.1");
        Refuse(() => Initialize.Orthogonal(new([3]), rng), "weight [3] needs two dimensions");
        Refuse(() => Initialize.Orthogonal(new([3, 2]), rng, gain: -2), "gain = -2");
        Refuse(() => Initialize.Eye(new([3, 2, 1])), "[3, 2, 1] must be a matrix");
        Refuse(() => Initialize.Dirac(new([3, 2])), "[3, 2] must be a convolution's");
        Refuse(() => Initialize.Dirac(new([3, 2, 1]), 2), "2 groups do not divide 3");
        Refuse(() => Initialize.Normal(new Parameter([3]), -1, rng), "standardDeviation = -1");
        Should.Throw<ArgumentException>(() => Initialize.Gain((Nonlinearity)99)).Message.ShouldContain("99");

        static void Refuse(Func<Parameter> create, string message) =>
            Should.Throw<ArgumentException>(create).Message.ShouldContain(message);
    }

    private static void ShouldHave(Parameter parameter, double mean, double variance)
    {
        float[] numbers = parameter.ToArray();
        numbers.Average(x => (double)x).ShouldBe(mean, 4 * Math.Sqrt(variance / numbers.Length));
        numbers.Average(x => (x - mean) * (x - mean)).ShouldBe(variance, 0.03 * variance);
    }
}
