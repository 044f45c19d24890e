using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// Dropout: y = x·m/(1 − p), m 0 with probability p and else 1, drawn anew for each application. Srivastava et al.
/// 2014. Which numbers go depends on the seed and their index only, so it can be had again without storing it.
/// </summary>
public sealed class DropoutOp : Op, ISampledOp
{
    private readonly Tensor x;
    private readonly float probability;
    private readonly ulong seed;

    internal DropoutOp(Tensor x, float probability, ulong seed) : base(x)
    {
        if (probability is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(
                nameof(probability), $"Dropout: probability {probability} is not in [0, 1).");
        (this.x, this.probability, this.seed) = (x, probability, seed);
    }

    /// <inheritdoc/>
    public override string Formula => "y = x·m/(1 − p)";

    /// <inheritdoc/>
    public override IEnumerable<FormulaInstance> FormulaInstances(Shape result) =>
        base.FormulaInstances(result).Select((one, i) => one
            .With("m", DropoutKernel.Keeps(seed, i, probability) ? 1 : 0).With("p", probability));

    /// <inheritdoc/>
    protected internal override bool ReadsInputs => false;

    /// <inheritdoc/>
    protected internal override bool ReadsResult => false;

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        yield return new DropoutOp(Tensor.Randn([5, 7], rng), 0.4f, 1);
        yield return new DropoutOp(Tensor.Randn([100, 100], rng), 0.1f, 2);
        yield return new DropoutOp(Tensor.Randn([1], rng), 0, 3);
        yield return new DropoutOp(Tensor.Randn([0], rng), 0.5f, 4);
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new DropoutOp(inputs[0], probability, seed);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs)
    {
        var y = new NdArray<V>(inputs[0].Shape);
        for (int i = 0; i < y.Values.Length; i++)
            y.Values[i] = DropoutKernel.Keeps(seed, i, probability)
                ? inputs[0].Values[i] / (1 - (double)probability)
                : 0;
        return y;
    }

    /// <inheritdoc/>
    protected override Tensor Forward()
    {
        Tensor y = Tensor.Uninitialized(x.Shape);
        DropoutKernel.Apply(x.Dense().AsSpan(), probability, seed, y.Writable());
        return y;
    }

    /// <inheritdoc/>
    protected internal override void Backward(Tensor y, Tensor dy, Gradients gradients)
    {
        GradientSlot dx = gradients.Slot(x);
        DropoutKernel.Apply(dy.AsSpan(), probability, seed, dx.Span, dx.Accumulate);
    }

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents) => tangents.Linear(this);
}

/// <summary>Gives tensors the operation <see cref="DropoutOp"/>.</summary>
public static class DropoutExtensions
{
    extension(Tensor x)
    {
        /// <summary>Sets each number to 0 with this probability and divides the others by 1 − p.</summary>
        /// <example><code>
        /// Tensor y = Tensor.Ones([1000]).Dropout(0.75f, new Rng(1));
        /// y.ToArray().Distinct().Order();   // = [0, 4]
        /// 1 / (1 - 0.75);                   // = 4
        /// </code></example>
        /// <exception cref="ArgumentOutOfRangeException">The probability is not in [0, 1).</exception>
        public Tensor Dropout(float probability, Rng rng) => new DropoutOp(x, probability, rng.NextUInt64()).Apply();
    }
}
