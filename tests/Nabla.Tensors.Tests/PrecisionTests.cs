using Nabla.Numerics;
using Nabla.Tensors.Ops;

namespace Nabla.Tensors.Tests;

/// <summary>Where naive formulas overflow or cancel.</summary>
public sealed class PrecisionTests
{
    [Fact]
    public void Softmax_of_huge_scores_is_finite_and_sums_to_one()
    {
        var x = new Parameter(new Tensor([1e4f, -1e4f, 1e4f, 0, -1e4f, -1e4f], [2, 3]));
        Tensor y = x.Softmax();
        y.ToArray().ShouldBe([0.5f, 0, 0.5f, 1, 0, 0]);
        y.Backward(new Tensor([1, 2, 3, 4, 5, 6], [2, 3]));
        x.Gradient!.ToArray().ShouldBe([-0.5f, 0, 0.5f, 0, 0, 0]);
    }

    [Fact]
    public void LogSoftmax_and_cross_entropy_of_huge_scores_are_exact()
    {
        Tensor x = new([1e4f, -1e4f, 0], [1, 3]);
        x.LogSoftmax().ToArray().ShouldBe([0, -2e4f, -1e4f]);
        x.CrossEntropy([1]).Item().ShouldBe(2e4f);
        x.CrossEntropy([0]).Item().ShouldBe(0);
    }

    [Fact]
    public void Attention_to_huge_scores_picks_a_value()
    {
        Tensor q = new([300, 0], [1, 1, 1, 2]), k = new([300, 0, -300, 0], [1, 1, 2, 2]),
            v = new([1, 2, 3, 4], [1, 1, 2, 2]);
        q.Attention(k, v, causal: false).ToArray().ShouldBe([1, 2]);
    }

    [Fact]
    public void Sum_and_mean_of_many_numbers_are_taken_in_double()
    {
        Tensor x = Tensor.Full([100_000], 0.1f);
        x.Sum().Item().ShouldBe((float)(100_000 * (double)0.1f));
        x.Mean().Item().ShouldBe(0.1f);
        new Tensor([1e8f, 1, -1e8f, 1]).Sum().Item().ShouldBe(2);
    }

    [Fact]
    public void Variance_far_from_zero_does_not_cancel()
    {
        Tensor x = new([10_000, 10_001, 10_002, 10_003]);
        x.Variance().Item().ShouldBe(1.25f);
        Tensor.Full([1000], 12345.678f).Variance().Item().ShouldBe(0);
    }

    [Fact]
    public void LayerNorm_far_from_zero_keeps_its_digits()
    {
        Tensor x = new([1000, 1001, 1002, 1003], [1, 4]);
        float[] y = x.LayerNorm(Tensor.Ones([4]), Tensor.Zeros([4]), 0).ToArray();
        double sigma = Math.Sqrt(1.25);
        for (int i = 0; i < 4; i++)
            y[i].ShouldBe((float)((i - 1.5) / sigma), 1e-5f);
    }

    [Fact]
    public void Saturated_activations_have_finite_values_and_gradients()
    {
        foreach (Func<Tensor, Tensor> f in new Func<Tensor, Tensor>[] { x =>
            x.Sigmoid(), x => x.Tanh(), x => x.Gelu(), x => x.GeluTanh(), x => x.Silu(), x => x.Relu() })
        {
            var x = new Parameter(new Tensor([-1e4f, -100, 100, 1e4f]));
            Tensor y = f(x);
            y.Sum().Backward();
            y.ToArray().ShouldAllBe(value => float.IsFinite(value));
            x.Gradient!.ToArray().ShouldAllBe(value => float.IsFinite(value));
        }
    }

    [Fact]
    public void Not_a_number_is_not_hidden()
    {
        Tensor x = new([1, float.NaN, 2]);
        float.IsNaN(x.Max().Item()).ShouldBeTrue();
        float.IsNaN(x.Sum().Item()).ShouldBeTrue();
        float.IsNaN(x.Relu()[1]).ShouldBeTrue();
        float.IsNaN(x.Softmax()[0]).ShouldBeTrue();
        float.IsNaN(x.Maximum(0)[1]).ShouldBeTrue();
    }

    [Fact]
    public void Dropout_keeps_the_mean_and_repeats_with_its_seed()
    {
        var x = new Parameter(Tensor.Ones([400, 100]));
        Tensor y = x.Dropout(0.3f, new Rng(5));
        y.Mean().Item().ShouldBe(1, 0.02f);
        y.ToArray().Distinct().Order().ShouldBe([0, 1 / (1 - 0.3f)]);
        y.ToArray().ShouldBe(x.Dropout(0.3f, new Rng(5)).ToArray());
        y.ToArray().ShouldNotBe(x.Dropout(0.3f, new Rng(6)).ToArray());
        y.Sum().Backward();
        x.Gradient!.ToArray().ShouldBe(y.ToArray()); // x is 1, so dL/dx is the mask that was used
    }

    [Fact]
    public void Each_application_of_dropout_draws_anew()
    {
        var rng = new Rng(5);
        Tensor x = Tensor.Ones([100]);
        x.Dropout(0.5f, rng).ToArray().ShouldNotBe(x.Dropout(0.5f, rng).ToArray());
    }

    [Fact]
    public void Dropout_of_nothing_is_the_identity()
    {
        Tensor x = Tensor.Randn([1000], new Rng(1));
        x.Dropout(0, new Rng(2)).ToArray().ShouldBe(x.ToArray());
    }
}
