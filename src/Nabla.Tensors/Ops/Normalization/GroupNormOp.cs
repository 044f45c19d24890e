using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// Group normalisation: y = (x − μ)/√(σ² + ε)·γ_c + β_c for x [B, C, …], γ and β [C]; mean μ and variance σ² (divisor
/// n) are those of a group of channels of one image, or, in batch norm, of one channel of all images. Wu and He 2018,
/// arXiv:1803.08494; Ioffe and Szegedy 2015, arXiv:1502.03167.
/// </summary>
public sealed class GroupNormOp : Op, ISampledOp
{
    private readonly Tensor x, gamma, beta;
    private readonly ChannelNormShape shape;
    private readonly float epsilon;
    private readonly RunningStatistics? running;
    private Tensor? mean, rstd; // [sets] each

    /// <summary>Zero groups normalise over the batch.</summary>
    internal GroupNormOp(
        Tensor x, int groups, (Tensor Gamma, Tensor Beta) parameters, float epsilon, RunningStatistics? running = null)
        : base(x, parameters.Gamma, parameters.Beta)
    {
        this.running = running;
        string operation = groups == 0 ? "BatchNorm" : "GroupNorm";
        (this.x, gamma, beta, this.epsilon) = (x, parameters.Gamma, parameters.Beta, epsilon);
        if (x.Rank < 2 || gamma.Shape != Shape.Create([x.Shape[1]]) || beta.Shape != gamma.Shape)
            throw new ArgumentException(
                $"{operation}: γ {gamma.Shape} and β {beta.Shape} do not fit x {x.Shape}; x must be [B, C, …] " +
                "and both [C].");
        if (groups < 0 || (groups > 0 && x.Shape[1] % groups != 0))
            throw new ArgumentException(
                $"{operation}: {groups} groups do not divide the {x.Shape[1]} channels of {x.Shape}.");
        if (!(epsilon >= 0 && float.IsFinite(epsilon)))
            throw new ArgumentOutOfRangeException(
                nameof(epsilon), $"{operation}: ε = {epsilon} must be 0 or more, such as 1e-5.");
        int planes = x.Shape[0] * x.Shape[1];
        shape = new(x.Shape[0], x.Shape[1], planes == 0 ? 0 : x.Count / planes, groups);
    }

    /// <inheritdoc/>
    public override string Name => shape.OverBatch ? "BatchNorm" : "GroupNorm";

    /// <inheritdoc/>
    public override string Formula => "y = (x − 𝔼[x])/√(Var[x] + ε) ⊙ γ + β";

    /// <inheritdoc/>
    public override IEnumerable<FormulaInstance> FormulaInstances(Shape result)
    {
        foreach (IGrouping<int, int> set in Enumerable.Range(0, x.Count).GroupBy(SetOf))
        {
            int[] places = [.. set], channels = [.. set.Select(Channel)];
            Shape size = [places.Length];
            yield return new FormulaInstance(new("y", -1, size, places),
                [new("x", 0, size, places), new("γ", 1, size, channels), new("β", 2, size, channels)])
                .With("ε", epsilon);
        }
    }

    /// <inheritdoc/>
    protected internal override bool ReadsResult => false;

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        (Shape X, int Groups)[] cases =
        [
            ([2, 4, 3, 2], 2), ([2, 3, 2, 3], 1), ([2, 4, 5], 4), ([3, 6], 3), ([1, 1, 1, 1], 1), ([0, 2, 3, 3], 1),
            ([3, 2, 2, 3], 0), ([4, 3], 0), ([5, 3, 7], 0), ([4, 8, 20, 19], 4), ([9, 5, 17, 18], 0),
        ];
        foreach ((Shape sizes, int groups) in cases)
            yield return new GroupNormOp(
                Tensor.Randn(sizes, rng), groups, (Tensor.Randn([sizes[1]], rng), Tensor.Randn([sizes[1]], rng)),
                1e-2f);
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) =>
        new GroupNormOp(inputs[0], shape.Groups, (inputs[1], inputs[2]), epsilon);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs)
    {
        var y = new NdArray<V>(x.Shape);
        foreach (IGrouping<int, int> set in Enumerable.Range(0, x.Count).GroupBy(SetOf))
        {
            V mu = 0, variance = 0;
            foreach (int i in set)
                mu += inputs[0].Values[i] / set.Count();
            foreach (int i in set)
                variance += (inputs[0].Values[i] - mu) * (inputs[0].Values[i] - mu) / set.Count();
            foreach (int i in set)
                y.Values[i] = (inputs[0].Values[i] - mu) / V.Sqrt(variance + (V)(double)epsilon)
                    * inputs[1][Channel(i)] + inputs[2][Channel(i)];
        }
        return y;
    }

    /// <inheritdoc/>
    protected override Tensor Forward()
    {
        Tensor y = Tensor.Uninitialized(x.Shape);
        (mean, rstd) = (Save(Tensor.Uninitialized([shape.Sets])), Save(Tensor.Uninitialized([shape.Sets])));
        ChannelNormKernel.Forward(
            shape, x.Dense().AsSpan(), new NormParameters(gamma.Dense().AsSpan(), beta.Dense().AsSpan(), epsilon),
            y.Writable(), new NormStatistics(mean.Writable(), rstd.Writable()));
        if (x.Count > 0)
            running?.Take(mean.AsSpan(), rstd.AsSpan(), epsilon, shape.SetSize);
        return y;
    }

    /// <inheritdoc/>
    protected internal override void Backward(Tensor y, Tensor dy, Gradients gradients)
    {
        GradientSlot dx = gradients.Wants(x) ? gradients.Slot(x) : default;
        Span<float> dGamma = gradients.Wants(gamma) ? gradients.AccumulatedSlot(gamma) : default;
        Span<float> dBeta = gradients.Wants(beta) ? gradients.AccumulatedSlot(beta) : default;
        ChannelNormKernel.Backward(
            shape, new ChannelNormInputs(x.Dense().AsSpan(), gamma.Dense().AsSpan(), dy.AsSpan()),
            new NormStatistics(mean!.Writable(), rstd!.Writable()),
            new NormGradients(dx.Span, dGamma, dBeta)
            {
                AccumulateDx = dx.Accumulate,
                AccumulateParameters = true,
            });
    }

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents)
    {
        if (y.Count == 0)
            return null;
        Standardized standard = Standardized.Of(Sets(x), Sets(tangents[x]), epsilon);
        return Channels(standard.Tangent) * OfChannels(gamma) + Channels(standard.Value) * OfChannels(tangents[gamma])
            + OfChannels(tangents[beta]);
    }

    /// <summary>The numbers that are normalised together as rows.</summary>
    private Tensor Sets(Tensor t) => shape.OverBatch
        ? t.Reshape(x.Shape[0], x.Shape[1], -1).Transpose(0, 1).Reshape(shape.Sets, -1)
        : t.Reshape(shape.Sets, -1);

    /// <summary>Rows of such numbers as a tensor of x's shape.</summary>
    private Tensor Channels(Tensor sets) => (shape.OverBatch
        ? sets.Reshape(x.Shape[1], x.Shape[0], -1).Transpose(0, 1)
        : sets).Reshape(x.Shape.AsSpan());

    /// <summary>One number for each channel, [C], as it broadcasts to x's shape.</summary>
    private Tensor OfChannels(Tensor t) => t.Reshape([x.Shape[1], .. Enumerable.Repeat(1, x.Rank - 2)]);

    private int Channel(int i) => i / shape.Pixels % shape.Channels;

    // Which set of numbers is normalised together with this one.
    private int SetOf(int i) => shape.OverBatch ? Channel(i) : i / (shape.Channels / shape.Groups * shape.Pixels);
}

/// <summary>Gives tensors the operation <see cref="GroupNormOp"/>.</summary>
public static class GroupNormExtensions
{
    extension(Tensor x)
    {
        /// <summary>
        /// Normalises each group of channels of each image of x [B, C, …] to mean 0 and variance 1, then scales and
        /// shifts each channel by γ and β [C].
        /// </summary>
        /// <example><code>
        /// Tensor x = new([1, 3, 10, 30], [1, 4, 1]), one = Tensor.Ones([4]), zero = Tensor.Zeros([4]);
        /// x.GroupNorm(2, one, zero, 0);   // = [-1, 1, -1, 1]
        /// (30 - 20) / Math.Sqrt(100);     // = 1
        /// </code></example>
        /// <exception cref="ArgumentException">The groups do not divide C, or γ or β is not [C].</exception>
        public Tensor GroupNorm(int groups, Tensor gamma, Tensor beta, float epsilon = 1e-5f) =>
            groups > 0
                ? new GroupNormOp(x, groups, (gamma, beta), epsilon).Apply()
                : throw new ArgumentOutOfRangeException(
                    nameof(groups), $"GroupNorm: the number of groups is {groups}; it must be positive.");

        /// <summary>
        /// Normalises each channel of x [B, C, …] over all images to mean 0 and variance 1, then scales and shifts it
        /// by γ and β [C]. <paramref name="running"/>, if given, takes the channels' means and variances in.
        /// </summary>
        /// <example><code>
        /// Tensor x = new([1, 10, 3, 30], [2, 2, 1]), one = Tensor.Ones([2]), zero = Tensor.Zeros([2]);
        /// x.BatchNorm(one, zero, null, 0);   // = [-1, -1, 1, 1]
        /// </code></example>
        /// <exception cref="ArgumentException">γ or β is not [C].</exception>
        public Tensor BatchNorm(
            Tensor gamma, Tensor beta, RunningStatistics? running = null, float epsilon = 1e-5f) =>
            new GroupNormOp(x, 0, (gamma, beta), epsilon, running).Apply();
    }
}
