using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// Layer normalisation of the last dimension: y = (x − μ)/√(σ² + ε)·γ + β for x [..., C], γ and β [C]; σ² has divisor
/// C. Ba et al. 2016, arXiv:1607.06450.
/// </summary>
public sealed class LayerNormOp : Op, ISampledOp
{
    private readonly Tensor x, gamma, beta;
    private readonly float epsilon;
    private Tensor? statistics; // [2, R]: mean and 1/√(σ² + ε)

    internal LayerNormOp(Tensor x, Tensor gamma, Tensor beta, float epsilon) : base(x, gamma, beta)
    {
        if (x.Rank == 0 || gamma.Shape != Shape.Create([x.Shape[-1]]) || beta.Shape != gamma.Shape)
            throw new ArgumentException(
                $"LayerNorm: γ {gamma.Shape} and β {beta.Shape} do not fit x {x.Shape}; " +
                "both must be a vector of x's last size.");
        if (!(epsilon >= 0 && float.IsFinite(epsilon)))
            throw new ArgumentOutOfRangeException(
                nameof(epsilon), $"LayerNorm: ε = {epsilon} must be 0 or more, such as 1e-5.");
        (this.x, this.gamma, this.beta, this.epsilon) = (x, gamma, beta, epsilon);
    }

    /// <inheritdoc/>
    public override string Formula => "y = (x − 𝔼[x])/√(Var[x] + ε) ⊙ γ + β";

    /// <inheritdoc/>
    public override IEnumerable<FormulaInstance> FormulaInstances(Shape result) =>
        FormulaPieces.Of(
            new("y", result, -1), new("x", x.Shape, -1), new("γ", gamma.Shape, 0), new("β", beta.Shape, 0))
        .Select(line => line.With("ε", epsilon));

    /// <inheritdoc/>
    protected internal override bool ReadsResult => false;

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        foreach (Shape shape in (Shape[])[[3, 5], [2, 2, 17], [1], [4], [0, 4], [300, 40]])
        {
            Shape last = [shape[-1]];
            yield return new LayerNormOp(Tensor.Randn(shape, rng), Tensor.Randn(last, rng),
                Tensor.Randn(last, rng), 1e-2f);
        }
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new LayerNormOp(inputs[0], inputs[1], inputs[2], epsilon);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs) => inputs[0].MapLines(-1, line =>
    {
        V mu = 0, variance = 0;
        foreach (V value in line)
            mu += value / line.Length;
        foreach (V value in line)
            variance += (value - mu) * (value - mu) / line.Length;
        var y = new V[line.Length];
        for (int i = 0; i < y.Length; i++)
            y[i] = (line[i] - mu) / V.Sqrt(variance + (V)(double)epsilon) * inputs[1][i] + inputs[2][i];
        return y;
    });

    private NormStatistics Statistics => new(
        statistics!.Writable()[..(statistics.Count / 2)], statistics.Writable()[(statistics.Count / 2)..]);

    /// <inheritdoc/>
    protected override Tensor Forward()
    {
        Tensor y = Tensor.Uninitialized(x.Shape);
        int rows = x.Shape.Without(-1).ElementCount;
        statistics = Save(Tensor.Uninitialized([2, rows]));
        if (y.Count > 0)
            LayerNormKernel.Forward(
                x.Dense().AsSpan(), new NormParameters(gamma.Dense().AsSpan(), beta.Dense().AsSpan(), epsilon),
                y.Writable(), Statistics);
        return y;
    }

    /// <inheritdoc/>
    protected internal override void Backward(Tensor y, Tensor dy, Gradients gradients)
    {
        if (y.Count == 0)
            return;
        GradientSlot dx = gradients.Wants(x) ? gradients.Slot(x) : default;
        Span<float> dGamma = gradients.Wants(gamma) ? gradients.AccumulatedSlot(gamma) : default;
        Span<float> dBeta = gradients.Wants(beta) ? gradients.AccumulatedSlot(beta) : default;
        LayerNormKernel.Backward(
            x.Dense().AsSpan(), gamma.Dense().AsSpan(), Statistics,
            dy.AsSpan(),
            new NormGradients(dx.Span, dGamma, dBeta)
            {
                AccumulateDx = dx.Accumulate,
                AccumulateParameters = true,
            });
    }

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents)
    {
        Standardized standard = Standardized.Of(x, tangents[x], epsilon);
        return standard.Tangent * gamma + standard.Value * tangents[gamma] + tangents[beta];
    }
}

/// <summary>Gives tensors the operation <see cref="LayerNormOp"/>.</summary>
public static class LayerNormExtensions
{
    extension(Tensor x)
    {
        /// <summary>
        /// Normalises each vector of the last dimension to mean 0 and variance 1, then scales and shifts it.
        /// </summary>
        /// <example><code>
        /// Tensor x = new([1, 3], [2]), one = Tensor.Ones([2]), zero = Tensor.Zeros([2]);
        /// x.LayerNorm(one, zero, 0);      // = [-1, 1]
        /// (1 - 2) / Math.Sqrt(1);         // = -1
        /// </code></example>
        /// <exception cref="ArgumentException">γ or β is not a vector of the last size.</exception>
        /// <exception cref="ArgumentOutOfRangeException">ε is negative or no finite number.</exception>
        public Tensor LayerNorm(Tensor gamma, Tensor beta, float epsilon = 1e-5f) =>
            new LayerNormOp(x, gamma, beta, epsilon).Apply();
    }
}
