using Nabla.Numerics;
using Nabla.Tensors.Ops;

namespace Nabla.Tensors.Tests;

/// <summary>Fused ops equal the compositions that define them, in value and in gradient.</summary>
public sealed class OpLawTests
{
    private delegate Tensor Composition(Parameter[] x);

    [Fact]
    public void LogSoftmax_is_the_log_of_softmax() =>
        ShouldAgree([[3, 7]], x => x[0].LogSoftmax(), x => x[0].Softmax().Log());

    [Fact]
    public void Softmax_is_exp_over_the_sum_of_exp() =>
        ShouldAgree([[2, 3, 5]], x => x[0].Softmax(1), x => x[0].Exp() / x[0].Exp().Sum(1, keepDim: true));

    [Fact]
    public void Cross_entropy_is_the_mean_of_minus_log_softmax_at_the_target() => ShouldAgree(
        [[2, 2, 6]], x => x[0].CrossEntropy([1, 5, 0, 2]), x => -x[0].LogSoftmax().Gather([1, 5, 0, 2]).Mean());

    [Fact]
    public void Ignored_targets_leave_their_rows_out() => ShouldAgree(
        [[4, 6]], x => x[0].CrossEntropy([1, -1, 0, -1]),
        x => Tensor.Concat(0, x[0].Slice(0, 0, 1), x[0].Slice(0, 2, 1)).CrossEntropy([1, 0]));

    [Fact]
    public void Attention_is_softmax_of_scaled_products_times_values() => ShouldAgree(
        [[2, 3, 4, 8], [2, 3, 6, 8], [2, 3, 6, 8]],
        x => x[0].Attention(x[1], x[2], causal: false),
        x => (x[0].MatMul(x[1].Transpose(-2, -1)) / MathF.Sqrt(8)).Softmax().MatMul(x[2]));

    [Fact]
    public void Causal_attention_is_attention_whose_future_scores_are_minus_infinity() => ShouldAgree(
        [[2, 2, 5, 4], [2, 2, 5, 4], [2, 2, 5, 4]],
        x => x[0].Attention(x[1], x[2], causal: true),
        x => (x[0].MatMul(x[1].Transpose(-2, -1)) / 2)
            .MaskedFill(Future(4, 5), float.NegativeInfinity).Softmax().MatMul(x[2]));

    [Fact]
    public void Grouped_attention_is_attention_with_repeated_keys_and_values() => ShouldAgree(
        [[2, 6, 5, 4], [2, 3, 5, 4], [2, 3, 5, 4]],
        x => x[0].Attention(x[1], x[2], causal: true),
        x => x[0].Attention(Repeated(x[1]), Repeated(x[2]), causal: true));

    [Fact]
    public void Additive_mask_is_added_to_the_scores()
    {
        Tensor mask = Tensor.Randn([3, 5], new Rng(9));
        ShouldAgree(
            [[2, 2, 3, 4], [2, 2, 5, 4], [2, 2, 5, 4]],
            x => x[0].Attention(x[1], x[2], causal: false, mask),
            x => (x[0].MatMul(x[1].Transpose(-2, -1)) / 2 + mask).Softmax().MatMul(x[2]));
    }

    [Fact]
    public void Affine_is_a_product_plus_a_bias() => ShouldAgree(
        [[2, 3, 4], [5, 4], [5]], x => x[0].Affine(x[1], x[2]), x => x[0].MatMul(x[1].Transpose(0, 1)) + x[2]);

    [Fact]
    public void LayerNorm_is_centred_scaled_and_shifted() => ShouldAgree(
        [[3, 4, 9], [9], [9]],
        x => x[0].LayerNorm(x[1], x[2], 1e-3f),
        x => (x[0] - x[0].Mean(-1, keepDim: true)) / (x[0].Variance(-1, keepDim: true) + 1e-3f).Sqrt() * x[1] + x[2]);

    [Fact]
    public void RmsNorm_is_division_by_the_root_mean_square() => ShouldAgree(
        [[3, 4, 9], [9]],
        x => x[0].RmsNorm(x[1], 1e-3f), x => x[0] / (x[0].Square().Mean(-1, keepDim: true) + 1e-3f).Sqrt() * x[1]);

    [Fact]
    public void Variance_is_the_mean_square_less_the_squared_mean() => ShouldAgree(
        [[4, 9]], x => x[0].Variance(-1), x => x[0].Square().Mean(-1) - x[0].Mean(-1).Square());

    [Fact]
    public void Activations_are_what_their_names_say()
    {
        ShouldAgree([[40]], x => x[0].Silu(), x => x[0] * x[0].Sigmoid());
        ShouldAgree([[3, 40], [3, 40]], x => x[0].SwiGlu(x[1]), x => x[0].Silu() * x[1]);
        ShouldAgree([[40]], x => x[0].Sigmoid(), x => 1 / (1 + (-x[0]).Exp()));
        ShouldAgree([[40]], x => x[0].Tanh(), x => 2 * (2 * x[0]).Sigmoid() - 1);
        ShouldAgree([[40]], x => x[0].Relu(), x => (x[0] + x[0].Abs()) / 2);
        ShouldAgree([[40], [40]], x => x[0].Maximum(x[1]), x => (x[0] + x[1] + (x[0] - x[1]).Abs()) / 2);
        ShouldAgree([[40], [40]], x => x[0].Minimum(x[1]), x => -(-x[0]).Maximum(-x[1]));
    }

    [Fact]
    public void Rotation_keeps_lengths_and_makes_products_depend_on_distance_only()
    {
        var rng = new Rng(4);
        var table = new RotaryTable(8, 40);
        Tensor q = Tensor.Randn([1, 1, 1, 8], rng), k = Tensor.Randn([1, 1, 1, 8], rng);
        q.Rotary(table, 17).Square().Sum().Item().ShouldBe(q.Square().Sum().Item(), 1e-5f);
        float near = (q.Rotary(table, 5) * k.Rotary(table, 2)).Sum().Item(),
            far = (q.Rotary(table, 38) * k.Rotary(table, 35)).Sum().Item();
        far.ShouldBe(near, 1e-5f);
        q.Rotary(table).ToArray().ShouldBe(q.ToArray());
    }

    [Fact]
    public void Embedding_is_a_product_with_one_hot_rows()
    {
        Tensor oneHot = new([0, 0, 1, 1, 0, 0, 0, 0, 1], [3, 3]);
        ShouldAgree([[3, 5]], x => x[0].Embedding([2, 0, 2], [3]), x => oneHot.MatMul(x[0]));
    }

    [Fact]
    public void Slices_put_together_are_the_whole() => ShouldAgree(
        [[2, 5, 3]], x => Tensor.Concat(1, x[0].Slice(1, 0, 2), x[0].Slice(1, 2, 3)), x => x[0] * 1);

    [Fact]
    public void Gradient_of_an_MLP_equals_central_differences_in_double()
    {
        const int n = 4, inputs = 3, hidden = 5;
        var rng = new Rng(7);
        Parameter w1 = new(Tensor.Randn([hidden, inputs], rng)), b1 = new(Tensor.Randn([hidden], rng)),
            w2 = new(Tensor.Randn([1, hidden], rng));
        Tensor x = Tensor.Randn([n, inputs], rng), target = Tensor.Randn([n, 1], rng);
        (x.Affine(w1, b1).Tanh().Affine(w2) - target).Square().Mean().Backward();

        double[][] parameters = [Doubles(w1), Doubles(b1), Doubles(w2)];
        double[] dataX = Doubles(x), dataY = Doubles(target);
        foreach ((int p, Parameter parameter) in new[] { w1, b1, w2 }.Index())
            for (int i = 0; i < parameter.Count; i++)
                ((double)parameter.GradientValues[i]).ShouldBe(Slope(parameters[p], i), 1e-5);

        double Slope(double[] values, int i)
        {
            const double h = 1e-5;
            double kept = values[i];
            values[i] = kept + h;
            double above = Loss();
            values[i] = kept - h;
            double below = Loss();
            values[i] = kept;
            return (above - below) / (2 * h);
        }

        double Loss()
        {
            double sum = 0;
            for (int row = 0; row < n; row++)
            {
                double output = 0;
                for (int j = 0; j < hidden; j++)
                {
                    double score = parameters[1][j];
                    for (int k = 0; k < inputs; k++)
                        score += parameters[0][j * inputs + k] * dataX[row * inputs + k];
                    output += parameters[2][j] * Math.Tanh(score);
                }
                sum += (output - dataY[row]) * (output - dataY[row]);
            }
            return sum / n;
        }
    }

    private static double[] Doubles(Tensor x) => Array.ConvertAll(x.ToArray(), value => (double)value);

    private static Tensor Repeated(Tensor x) =>
        x.Unsqueeze(2).Expand(2, 3, 2, 5, 4).Reshape(2, 6, 5, 4);

    private static bool[] Future(int matrices, int size) =>
        [.. Enumerable.Range(0, matrices * size * size).Select(i => i % size > i / size % size)];

    private static void ShouldAgree(Shape[] shapes, Composition fused, Composition composed)
    {
        (float[] y, float[][] dx) = Run(shapes, fused);
        (float[] expectedY, float[][] expectedDx) = Run(shapes, composed);
        ShouldBeNear(y, expectedY, "y");
        for (int i = 0; i < dx.Length; i++)
            ShouldBeNear(dx[i], expectedDx[i], $"dL/dx{i}");
    }

    private static (float[] Y, float[][] Dx) Run(Shape[] shapes, Composition composition)
    {
        var rng = new Rng(11);
        Parameter[] x = [.. shapes.Select(shape => new Parameter(Tensor.Randn(shape, rng)))];
        Tensor y = composition(x);
        y.Backward(Tensor.Randn(y.Shape, rng));
        return (y.ToArray(), [.. x.Select(p => p.Gradient!.ToArray())]);
    }

    private static void ShouldBeNear(float[] actual, float[] expected, string what)
    {
        actual.Length.ShouldBe(expected.Length, what);
        for (int i = 0; i < actual.Length; i++)
            Math.Abs(actual[i] - expected[i]).ShouldBeLessThanOrEqualTo(
                2e-5f * (1 + Math.Abs(expected[i])), $"{what}[{i}]: {actual[i]} against {expected[i]}");
    }
}
