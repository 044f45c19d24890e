using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>
/// Batch normalisation: y = (x − μ_c)/√(σ_c² + ε)·γ_c + β_c for x [B, C, …]. In training μ and σ² are those of each
/// channel of this batch, and are remembered; in evaluation they are the remembered ones. γ starts at 1, β at 0. Ioffe
/// and Szegedy 2015, arXiv:1502.03167.
/// </summary>
[Formula("y = (x − 𝔼[x])/√(Var[x] + ε) ⊙ γ + β")]
public abstract class BatchNorm : Module, ILayer
{
    private readonly float epsilon;
    private readonly RunningStatistics running;

    /// <summary>A layer for <paramref name="channels"/> channels.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The number is not positive, ε negative, or the momentum not in [0, 1].
    /// </exception>
    protected BatchNorm(int channels, float epsilon, float momentum)
    {
        Require.Positive(channels, GetType().Name);
        this.epsilon = Require.NotNegative(epsilon, GetType().Name);
        if (!(momentum is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(
                nameof(momentum), $"{GetType().Name}: momentum = {momentum} must be in [0, 1].");
        Scale = Initialize.Constant([channels], 1);
        Shift = Initialize.Constant([channels], 0);
        RunningMean = new Parameter(Tensor.Zeros([channels]), trainable: false);
        RunningVariance = new Parameter(Tensor.Ones([channels]), trainable: false);
        running = new RunningStatistics(RunningMean, RunningVariance, momentum);
    }

    /// <summary>γ, [C].</summary>
    [StoredAs("weight")]
    public Parameter Scale { get; }

    /// <summary>β, [C].</summary>
    [StoredAs("bias")]
    public Parameter Shift { get; }

    /// <summary>The remembered means, [C]; not trained.</summary>
    [StoredAs("running_mean")]
    public Parameter RunningMean { get; }

    /// <summary>The remembered unbiased variances, [C]; not trained.</summary>
    [StoredAs("running_var")]
    public Parameter RunningVariance { get; }

    /// <summary>
    /// Normalises by the statistics of this batch and remembers them (training), or by the remembered ones.
    /// </summary>
    /// <exception cref="ArgumentException">x has other dimensions, or another number of channels.</exception>
    public Tensor Forward(Tensor x, bool training)
    {
        Check(x);
        if (training)
            return x.BatchNorm(Scale, Shift, running, epsilon);
        if (x.Shape[1] != Scale.Count)
            throw new ArgumentException(
                $"{GetType().Name}: x {x.Shape} must have {Scale.Count} channels in its second dimension.");
        var channels = new int[x.Rank - 1];
        channels.AsSpan().Fill(1);
        channels[0] = Scale.Count;
        Tensor scale = Scale / (RunningVariance.Detach() + epsilon).Sqrt();
        Tensor shift = Shift - RunningMean.Detach() * scale;
        return x * scale.Reshape(channels) + shift.Reshape(channels);
    }

    /// <summary>Normalises by the remembered statistics.</summary>
    Tensor ILayer.Forward(Tensor x) => Forward(x, training: false);

    /// <summary>Trains if random numbers are given, although it needs none.</summary>
    Tensor ILayer.Forward(Tensor x, Rng? rng) => Forward(x, training: rng is not null);

    /// <summary>Throws unless x has the dimensions that the layer is for.</summary>
    protected abstract void Check(Tensor x);
}
