using Nabla.Learning;
using Nabla.Learning.Layers;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Cli.Benchmarks;

/// <summary>Training a convolutional network with two convolutions and two linear layers.</summary>
internal sealed class CnnBenchmark() : ImageBenchmark("cnn", "Training a convolutional network on images", 64)
{
    public override int Place => 4;

    protected override Classifier Model()
    {
        var model = new ConvolutionalNetwork(new Rng(1));
        return new Classifier("conv 32, pool, conv 64, pool, 128, 10", model, model.Forward)
        {
            FlopsCounted = "as direct convolution",
        };
    }

    private sealed class ConvolutionalNetwork(Rng rng) : Module
    {
        // Two poolings halve the side twice.
        private const int Flat = 64 * (FashionImages.Side / 4) * (FashionImages.Side / 4);

        public Conv2d Conv1 { get; } = new(1, 32, 3, rng, new() { Padding = 1 });

        public Conv2d Conv2 { get; } = new(32, 64, 3, rng, new() { Padding = 1 });

        public Linear Fc1 { get; } = new(Flat, 128, rng);

        public Linear Fc2 { get; } = new(128, FashionImages.Classes, rng);

        /// <summary>[B, 784] → [B, 10].</summary>
        public Tensor Forward(Tensor x)
        {
            int batch = x.Shape[0];
            x = x.Reshape(batch, 1, FashionImages.Side, FashionImages.Side);
            x = Conv1.Forward(x).MaxPool2d(2, rectify: true);              // [B, 32, 14, 14]
            x = Conv2.Forward(x).MaxPool2d(2, rectify: true);              // [B, 64, 7, 7]
            return Fc2.Forward(Fc1.Forward(x.Reshape(batch, Flat)).Relu());
        }
    }
}
