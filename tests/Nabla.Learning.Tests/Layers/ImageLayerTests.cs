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
        new Conv1d(2, 3, 5, new Rng(1), new() { Stride = 2 })
            .Forward(Tensor.Zeros([1, 2, 9])).Shape.ToString().ShouldBe("[1, 3, 3]");
        Should.Throw<ArgumentException>(() => new Conv2d(3, 4, 3, new Rng(1), new() { Groups = 2 }))
            .Message.ShouldContain("2 groups");
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
    public void Pooling_and_upsampling_layers_pool_and_enlarge_and_refuse_wrong_sizes()
    {
        var line = new Tensor([1, 4, 2, 8], [1, 1, 4]);
        new MaxPool1d(2).Forward(line).ToArray().ShouldBe([4, 8]);
        new AvgPool1d(2).Forward(line).ToArray().ShouldBe([2.5f, 5]);
        Tensor image = line.Reshape(1, 1, 2, 2);
        new MaxPool2d(2).Forward(image).ToArray().ShouldBe([8]);
        new MaxPool1d(2, rectify: true).Forward(-line).ToArray().ShouldBe([0, 0]);
        new MaxPool2d(2, rectify: true).Forward(-image).ToArray().ShouldBe([0]);
        new AvgPool2d(2).Forward(image).ToArray().ShouldBe([3.75f]);
        new Upsample(2).Forward(image).Slice(2, 0, 1).ToArray().ShouldBe([1, 1, 4, 4]);
        Should.Throw<ArgumentException>(() => new MaxPool1d(0)).Message.ShouldContain("kernel = 0");
        Should.Throw<ArgumentException>(() => new AvgPool1d(2, padding: -1)).Message.ShouldContain("padding = -1");
        Should.Throw<ArgumentException>(() => new MaxPool2d((2, 0))).Message.ShouldContain("kernel = 0");
        Should.Throw<ArgumentException>(() => new AvgPool2d(2, stride: -1)).Message.ShouldContain("stride = -1");
        Should.Throw<ArgumentException>(() => new Upsample(0)).Message.ShouldContain("factor = 0");
    }

    [Fact]
    public void Group_norm_gives_each_group_mean_0_and_variance_1()
    {
        float[] y = new GroupNorm(2, 4).Forward(3 * Tensor.Randn([1, 4, 5], new Rng(4)) + 7).ToArray();
        foreach (float[] group in y.Chunk(10))
        {
            group.Average().ShouldBe(0, 1e-5f);
            group.Average(v => v * v).ShouldBe(1, 1e-3f);
        }
        new ConvTranspose1d(2, 3, 2, new Rng(1), new() { Stride = 2 })
            .Forward(Tensor.Zeros([1, 2, 4])).Shape.ToString().ShouldBe("[1, 3, 8]");
    }

    [Fact]
    public void Layers_refuse_what_does_not_fit_them()
    {
        Should.Throw<ArgumentException>(() => new BatchNorm2d(3).Forward(Tensor.Zeros([2, 1, 4, 4]), training: false))
            .Message.ShouldContain("3 channels");
        Should.Throw<ArgumentException>(() => new LayerNorm(4).Apply(new float[9], new float[9]));
        Should.Throw<ArgumentException>(() => new RmsNorm(4).Apply(new float[8], new float[12]));
        Should.Throw<ArgumentException>(() => new Linear(4, 2, new Rng(1)).Apply(new float[6], new float[2]));
        new Nabla.Learning.Optimizers.AdamW(new BatchNorm1d(3), new())
            .State().ShouldAllBe(state => !state.Name.Contains("running"));
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
        Should.Throw<ArgumentException>(() => norm.Forward(Tensor.Zeros([2, 3, 4, 4]), training: true))
            .Message.ShouldContain("BatchNorm1d");
    }
}
