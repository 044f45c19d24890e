using Nabla.Learning.Layers;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Tests;

/// <summary>The small model that the optimizers train here.</summary>
internal sealed class Mlp(int inputs, int hidden, int outputs, Rng rng) : Module
{
    public Linear Hidden { get; } = new(inputs, hidden, rng);

    public LayerNorm Norm { get; } = new(hidden);

    public Linear Output { get; } = new(hidden, outputs, rng);

    public Tensor Forward(Tensor x) => Output.Forward(Norm.Forward(Hidden.Forward(x).Tanh()));

    public float[] AllValues() => [.. Parameters().SelectMany(p => p.Parameter.ToArray())];

    public float[] AllGradients() => [.. Parameters().SelectMany(p => p.Parameter.Gradient!.ToArray())];
}
