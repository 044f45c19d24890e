using Nabla.Learning.Layers;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Tests.Layers;

/// <summary>How the layers of image networks start, and what batch norm remembers.</summary>
public sealed class ImageLayerTests
{
    [Fact]
    public void Convolutions_start_uniform_within_one_over_the_root_of_what_an_output_sees()
    {
        var layer = new Conv2d(16, 64, 3, new Rng(1), new() { Groups = 4, Padding = 1 });
        layer.Weight.Shape.ToString().ShouldBe("[64, 4, 3, 3]");
        layer.Weight.ToArray().Max(Math.Abs).ShouldBeInRange(0.16f, 1 / 6f);
        layer.Forward(Tensor.Zeros([2, 16, 5, 7])).Shape.ToString().ShouldBe("[2, 64, 5, 7]");
        layer.Parameters().Select(p => p.StoredName).ShouldBe(["weight", "bias"]);
        new ConvTranspose2d(4, 6, 2, new Rng(1), new() { Stride = 2, Bias = false })
            .Forward(Tensor.Zeros([1, 4, 3, 3])).Shape.ToString().ShouldBe("[1, 6, 6, 6]");
        new Conv1d(2, 3, 5, new Rng(1), new() { Stride = 2 }).Forward(Tensor.Zeros([1, 2, 9])).Shape.ToString().ShouldBe("[1, 3, 3]");
        Should.Throw<ArgumentException>(() => new Conv2d(3, 4, 3, new Rng(1), new() { Groups = 2 })).Message.ShouldContain("2 groups");
    }

    [Fact]
    public void Batch_norm_remembers_means_and_unbiased_variances_and_evaluates_with_them()
    {
        var norm = new BatchNorm2d(2, momentum: 0.5f);
        Tensor x = 3 * Tensor.Randn([4, 2, 3, 3], new Rng(2)) + 5;
        norm.Forward(x, training: true);
        float[] first = x.Slice(1, 0, 1).ToArray();
        float mean = first.Average(), variance = first.Sum(v => (v - mean) * (v - mean)) / (first.Length - 1);
        norm.RunningMean.ToArray()[0].ShouldBe(mean / 2, 1e-4f);
        norm.RunningVariance.ToArray()[0].ShouldBe((1 + variance) / 2, 1e-4f);
        norm.Forward(x, training: false).ToArray()[0]
            .ShouldBe((first[0] - mean / 2) / MathF.Sqrt((1 + variance) / 2 + 1e-5f), 1e-4f);
    }

    [Fact]
    public void What_batch_norm_remembers_is_stored_and_not_trained()
    {
        var norm = new BatchNorm1d(3);
        norm.Parameters().Select(p => p.StoredName).ShouldBe(["weight", "bias", "running_mean", "running_var"]);
        norm.ParameterCount().ShouldBe(6);
        norm.Forward(Tensor.Randn([5, 3], new Rng(3)), training: true).Sum().Backward();
        norm.RunningMean.Gradient.ShouldBeNull();
        norm.Scale.Gradient.ShouldNotBeNull();
        Should.Throw<ArgumentException>(() => norm.Forward(Tensor.Zeros([2, 3, 4, 4]), training: true)).Message.ShouldContain("BatchNorm1d");
    }
}
