using Nabla.Learning.Layers;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Training;

/// <summary>What a <see cref="DeepNetwork"/> has after each layer.</summary>
public enum DeepActivation
{
    /// <summary>σ(x), whose slope is at most 1/4.</summary>
    Sigmoid,

    /// <summary>tanh x, whose slope is at most 1.</summary>
    Tanh,

    /// <summary>max(x, 0), whose slope is 0 or 1.</summary>
    Relu,
}

/// <summary>
/// A chain of equal layers, to see how gradients come through it: xₗ = f(Wₗ·xₗ₋₁), or with residuals
/// xₗ = xₗ₋₁ + f(Wₗ·xₗ₋₁)/√L. Weights start as is usual for f: N(0, 2/C) for ReLU (He et al. 2015, arXiv:1502.01852),
/// N(0, 1/C) otherwise (Glorot and Bengio 2010).
/// </summary>
public sealed class DeepNetwork : Module
{
    private readonly DeepActivation activation;
    private readonly bool residual;

    /// <summary>A network of <paramref name="depth"/> layers of <paramref name="width"/> units.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive.</exception>
    public DeepNetwork(int depth, int width, DeepActivation activation, bool residual, Rng rng)
    {
        Require.Positive(depth, nameof(DeepNetwork));
        Require.Positive(width, nameof(DeepNetwork));
        (this.activation, this.residual) = (activation, residual);
        float deviation = MathF.Sqrt((activation == DeepActivation.Relu ? 2f : 1f) / width);
        Layers = [.. Enumerable.Range(0, depth).Select(
            _ => new Linear(Initialize.Normal([width, width], deviation, rng), bias: null))];
    }

    /// <summary>The layers, first to last.</summary>
    public IReadOnlyList<Linear> Layers { get; }

    /// <summary>What the last layer gives, [B, C] → [B, C].</summary>
    public Tensor Forward(Tensor x)
    {
        float scale = 1 / MathF.Sqrt(Layers.Count);
        foreach (Linear layer in Layers)
        {
            Tensor y = layer.Forward(x);
            y = activation switch
            {
                DeepActivation.Sigmoid => y.Sigmoid(),
                DeepActivation.Tanh => y.Tanh(),
                _ => y.Relu(),
            };
            x = residual ? x + y * scale : y;
        }
        return x;
    }

    /// <summary>
    /// ‖dL/dWₗ‖₂ of each layer, first to last, for L = the mean of the outputs' squares. Where the slopes of 30 layers
    /// are multiplied, little is left for the first (Hochreiter 1991; Bengio et al. 1994).
    /// </summary>
    /// <param name="x">Inputs, [B, C].</param>
    /// <exception cref="ArgumentException">The inputs have another width.</exception>
    public IReadOnlyList<double> GradientNorms(Tensor x)
    {
        ClearGradients();
        using (TensorScope.Begin())
            Forward(x).Square().Mean().Backward();
        return [.. GradientStatistics.Norms(this).Select(row => row.Norm)];
    }
}
