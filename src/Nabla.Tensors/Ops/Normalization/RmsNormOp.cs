using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// Root-mean-square normalisation of the last dimension: y = x/√(mean(x²) + ε)·γ for x [..., C], γ [C]. Zhang and
/// Sennrich 2019, arXiv:1910.07467.
/// </summary>
public sealed class RmsNormOp : Op, ISampledOp
{
    private readonly Tensor x, gamma;
    private readonly float epsilon;
    private Tensor? rstd; // [R]

    internal RmsNormOp(Tensor x, Tensor gamma, float epsilon) : base(x, gamma)
    {
        if (x.Rank == 0 || gamma.Shape != Shape.Create([x.Shape[-1]]))
            throw new ArgumentException(
                $"RmsNorm: γ {gamma.Shape} does not fit x {x.Shape}; it must be a vector of x's last size.");
        if (!(epsilon >= 0 && float.IsFinite(epsilon)))
            throw new ArgumentOutOfRangeException(
                nameof(epsilon), $"RmsNorm: ε = {epsilon} must be 0 or more, such as 1e-5.");
        (this.x, this.gamma, this.epsilon) = (x, gamma, epsilon);
    }

    /// <inheritdoc/>
    public override string Formula => "y = x/√(1/n·Σ_i x_i² + ε) ⊙ γ";

    /// <inheritdoc/>
    public override IEnumerable<FormulaInstance> FormulaInstances(Shape result) =>
        FormulaPieces.Of(new("y", result, -1), new("x", x.Shape, -1), new("γ", gamma.Shape, 0))
        .Select(line => line.With("ε", epsilon).With("n", x.Shape[-1]));

    /// <inheritdoc/>
    protected internal override bool ReadsResult => false;

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        foreach (Shape shape in (Shape[])[[3, 5], [2, 2, 17], [1], [4], [0, 4], [300, 40]])
            yield return new RmsNormOp(Tensor.Randn(shape, rng), Tensor.Randn([shape[-1]], rng), 1e-2f);
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new RmsNormOp(inputs[0], inputs[1], epsilon);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs) => inputs[0].MapLines(-1, line =>
    {
        V squares = (double)epsilon;
        foreach (V value in line)
            squares += value * value / line.Length;
        var y = new V[line.Length];
        for (int i = 0; i < y.Length; i++)
            y[i] = line[i] / V.Sqrt(squares) * inputs[1][i];
        return y;
    });

    /// <inheritdoc/>
    protected override Tensor Forward()
    {
        Tensor y = Tensor.Uninitialized(x.Shape);
        rstd = Save(Tensor.Uninitialized([x.Shape.Without(-1).ElementCount]));
        if (y.Count > 0)
            RmsNormKernel.Forward(x.Dense().AsSpan(), gamma.Dense().AsSpan(), epsilon, y.Writable(), rstd.Writable());
        return y;
    }

    /// <inheritdoc/>
    protected internal override void Backward(Tensor y, Tensor dy, Gradients gradients)
    {
        if (y.Count == 0)
            return;
        GradientSlot dx = gradients.Wants(x) ? gradients.Slot(x) : default;
        Span<float> dGamma = gradients.Wants(gamma) ? gradients.AccumulatedSlot(gamma) : default;
        RmsNormKernel.Backward(
            x.Dense().AsSpan(), gamma.Dense().AsSpan(), rstd!.AsSpan(), dy.AsSpan(),
            new NormGradients(dx.Span, dGamma, default) { AccumulateDx = dx.Accumulate, AccumulateParameters = true });
    }

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents)
    {
        if (y.Count == 0)
            return null;
        Tensor root = (x.Square().Mean(-1, keepDim: true) + epsilon).Sqrt(), scaled = x / root, dx = tangents[x];
        return (dx - scaled * (scaled * dx).Mean(-1, keepDim: true)) / root * gamma + scaled * tangents[gamma];
    }
}

/// <summary>Gives tensors the operation <see cref="RmsNormOp"/>.</summary>
public static class RmsNormExtensions
{
    extension(Tensor x)
    {
        /// <summary>Divides each vector of the last dimension by its root mean square, then scales it.</summary>
        /// <example><code>
        /// new Tensor([3, 4], [2]).RmsNorm(Tensor.Ones([2]), 0);   // = [0.8485, 1.1314]
        /// 3 / Math.Sqrt((9 + 16) / 2.0);                             // = 0.8485
        /// </code></example>
        /// <exception cref="ArgumentException">γ is not a vector of the last size.</exception>
        /// <exception cref="ArgumentOutOfRangeException">ε is negative or no finite number.</exception>
        public Tensor RmsNorm(Tensor gamma, float epsilon = 1e-5f) => new RmsNormOp(x, gamma, epsilon).Apply();
    }
}
