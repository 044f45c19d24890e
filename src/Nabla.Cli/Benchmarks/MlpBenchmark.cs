using Nabla.Learning;
using Nabla.Learning.Layers;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Cli.Benchmarks;

/// <summary>Training a perceptron with one hidden layer, 784-256-10.</summary>
internal sealed class MlpBenchmark() : ImageBenchmark("mlp", "Training a perceptron, 784-256-10, on images", 128)
{
    private const int Width = 256;

    public override int Place => 3;

    protected override Classifier Model()
    {
        var model = new Perceptron(new Rng(1));
        return new Classifier("784-256-10", model, model.Forward);
    }

    private sealed class Perceptron(Rng rng) : Module
    {
        public Linear Hidden { get; } = new(FashionImages.Points, Width, rng);

        public Linear Output { get; } = new(Width, FashionImages.Classes, rng);

        /// <summary>[B, 784] → [B, 10].</summary>
        public Tensor Forward(Tensor x) => Output.Forward(Hidden.Forward<Relu>(x));
    }
}
