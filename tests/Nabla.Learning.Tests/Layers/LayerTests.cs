using Nabla.Learning.Layers;
using Nabla.Learning.Losses;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Tests.Layers;

/// <summary>How layers start, what shapes they take and what they compute.</summary>
public sealed class LayerTests
{
    [Fact]
    public void Linear_starts_uniform_within_one_over_the_root_of_its_inputs()
    {
        var layer = new Linear(100, 300, new Rng(1));
        layer.Weight.Shape.ToString().ShouldBe("[300, 100]");
        layer.Bias.ShouldNotBeNull().Shape.ToString().ShouldBe("[300]");
        layer.Weight.ToArray().Concat(layer.Bias.ToArray()).ShouldAllBe(w => Math.Abs(w) <= 0.1f);
        layer.Weight.Mean().Item().ShouldBe(0, 0.002f);
        layer.Weight.Variance().Item().ShouldBe(0.01f / 3, 1e-4f); // of a uniform distribution in ±0.1
        new Linear(100, 300, new Rng(1)).Weight.ToArray().ShouldBe(layer.Weight.ToArray());
        new Linear(2, 3, new Rng(1), bias: false).Bias.ShouldBeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Linear_with_an_activation_is_the_layer_and_then_the_activation(bool bias)
    {
        var layer = new Linear(5, 7, new Rng(1), bias);
        Tensor x = Tensor.Randn([2, 3, 5], new Rng(2));
        float[] expected = layer.Forward(x).GeluTanh().ToArray(), actual = layer.Forward<GeluTanh>(x).ToArray();
        for (int i = 0; i < expected.Length; i++)
            actual[i].ShouldBe(expected[i], 1e-6f);
    }

    [Fact]
    public void Linear_maps_the_last_dimension()
    {
        var layer =
            new Linear(new Parameter(new Tensor([1, 2, 3, 4, 5, 6], [3, 2])), new Parameter(new Tensor([10, 20, 30])));
        layer.Forward(new Tensor([1, -1])).ToArray().ShouldBe([9, 19, 29]);
        layer.Forward(Tensor.Zeros([4, 5, 2])).Shape.ToString().ShouldBe("[4, 5, 3]");
        string message = Should.Throw<ArgumentException>(() => layer.Forward(Tensor.Zeros([4, 3]))).Message;
        message.ShouldContain("[4, 3]");
        message.ShouldContain("[3, 2]");
    }

    [Fact]
    public void Impossible_layers_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new Linear(0, 3, new Rng(1)));
        Should.Throw<ArgumentOutOfRangeException>(() => new Linear(3, -1, new Rng(1)));
        Should.Throw<ArgumentOutOfRangeException>(() => new Dropout(1)).Message.ShouldContain("[0, 1)");
        Should.Throw<ArgumentOutOfRangeException>(() => new Dropout(float.NaN));
        Refuse(() => new Embedding(0, 3, new Rng(1)), "Embedding: count = 0");
        Refuse(() => new Embedding(3, -1, new Rng(1)), "Embedding: dim = -1");
        Refuse(() => new Embedding(3, 1, new Rng(1), float.NaN), "Embedding: standardDeviation = NaN");
        Refuse(() => new LayerNorm(0), "LayerNorm: dim = 0");
        Refuse(() => new LayerNorm(3, -1e-5f), "LayerNorm: epsilon = -1E-05");
        Refuse(() => new RmsNorm(3, float.NaN), "RmsNorm: epsilon = NaN");
        Refuse(() => new RmsNorm(-3), "RmsNorm: dim = -3");
        Parameter matrix = new(Tensor.Zeros([3, 2])), vector = new(Tensor.Zeros([2]));
        Refuse(() => new Linear(vector, bias: null), "weight [2] must be [Out, In]");
        Refuse(() => new Embedding(vector), "Embedding: weight [2] must be [Count, Dim]");
        Refuse(() => new Linear(matrix, vector), "bias [2] does not fit weight [3, 2]; it must be [3]");

        static void Refuse(Func<Module> create, string message) =>
            Should.Throw<ArgumentException>(create).Message.ShouldContain(message);
    }

    [Fact]
    public void Embedding_looks_vectors_up()
    {
        var layer = new Embedding(5, 200, new Rng(2), standardDeviation: 0.02f);
        layer.Weight.Variance().Item().ShouldBe(0.0004f, 4e-5f);
        Tensor y = layer.Forward([4, 0, 4, 1, 1, 1], [2, 3]);
        y.Shape.ToString().ShouldBe("[2, 3, 200]");
        y[0, 2, 7].ShouldBe(layer.Weight[4, 7]);
        Should.Throw<ArgumentOutOfRangeException>(() => layer.Forward([5], [1])).Message.ShouldContain("id 5");
    }

    [Fact]
    public void Norms_start_by_normalising_only()
    {
        Tensor x = 3 * Tensor.Randn([6, 50], new Rng(3)) + 5;
        Tensor layer = new LayerNorm(50).Forward(x), rms = new RmsNorm(50).Forward(x);
        layer.Mean(-1).ToArray().ShouldAllBe(mean => Math.Abs(mean) < 1e-5f);
        layer.Variance(-1).ToArray().ShouldAllBe(variance => Math.Abs(variance - 1) < 1e-4f);
        rms.Square().Mean(-1).ToArray().ShouldAllBe(square => Math.Abs(square - 1) < 1e-4f);
    }

    [Fact]
    public void Dropout_without_random_numbers_is_the_identity()
    {
        Tensor x = Tensor.Ones([100]);
        ReferenceEquals(new Dropout(0.5f).Forward(x, rng: null), x).ShouldBeTrue();
        ReferenceEquals(new Dropout(0).Forward(x, new Rng(1)), x).ShouldBeTrue();
        new Dropout(0.5f).Forward(x, new Rng(1)).ToArray().Distinct().Order().ShouldBe([0, 2]);
    }

    [Fact]
    public void Cross_entropy_of_equal_logits_is_the_log_of_their_number() =>
        Loss.CrossEntropy(Tensor.Zeros([3, 8]), [0, 7, 3]).Item().ShouldBe(MathF.Log(8), 1e-6f);

    [Fact]
    public void Mean_squared_error_is_the_mean_of_squares() =>
        Loss.MeanSquaredError(new Tensor([1, 2, 3]), new Tensor([1, 4, 0])).Item().ShouldBe(13f / 3, 1e-6f);

    [Fact]
    public void Mean_squared_error_refuses_shapes_that_would_broadcast()
    {
        string message = Should.Throw<ArgumentException>(
            () => Loss.MeanSquaredError(Tensor.Zeros([4, 1]), Tensor.Zeros([4]))).Message;
        message.ShouldContain("MeanSquaredError");
        message.ShouldContain("[4, 1]");
        message.ShouldContain("reshape");
    }
}
