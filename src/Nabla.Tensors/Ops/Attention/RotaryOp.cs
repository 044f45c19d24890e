using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// Rotary position embedding of queries or keys [B, H, T, D]: with halves x = [x₁, x₂], y = [x₁ cos φ − x₂ sin φ,
/// x₂ cos φ + x₁ sin φ], φ from a <see cref="RotaryTable"/> at position start + t. Su et al. 2021, arXiv:2104.09864;
/// the pairing of halves is that of Hugging Face's Llama. The derivative rotates back.
/// </summary>
public sealed class RotaryOp : Op, ISampledOp
{
    private readonly Tensor x;
    private readonly RotaryTable table;
    private readonly int start;

    internal RotaryOp(Tensor x, RotaryTable table, int start) : base(x)
    {
        if (x.Rank != 4 || x.Shape[3] != table.Dim)
            throw new ArgumentException($"Rotary: {x.Shape} is not [B, H, T, {table.Dim}], which the table is for.");
        if (start < 0 || (long)start + x.Shape[2] > table.Length)
            throw new ArgumentException(
                $"Rotary: positions {start} … {(long)start + x.Shape[2] - 1} are not all in 0 … {table.Length - 1}.");
        (this.x, this.table, this.start) = (x, table, start);
    }

    /// <inheritdoc/>
    public override string Formula => "φ = t·θ^(−2·i/D), y = [x_1·cos(φ) − x_2·sin(φ), x_2·cos(φ) + x_1·sin(φ)]";

    /// <inheritdoc/>
    public override IEnumerable<FormulaInstance> FormulaInstances(Shape result)
    {
        int half = table.Dim / 2;
        for (int at = 0; at < x.Count; at++)
        {
            int pair = at % table.Dim;
            if (pair < half)
                yield return new FormulaInstance(new("y", -1, [2], [at, at + half]),
                    [new("x_1", 0, [], [at]), new("x_2", 0, [], [at + half])])
                    .With("t", start + at / table.Dim % x.Shape[2]).With("i", pair)
                    .With("θ", table.Theta).With("D", table.Dim);
        }
    }

    /// <inheritdoc/>
    protected internal override bool ReadsViews => true;

    /// <inheritdoc/>
    protected internal override bool ReadsInputs => false;

    /// <inheritdoc/>
    protected internal override bool ReadsResult => false;

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        var table = new RotaryTable(6, 9);
        yield return new RotaryOp(Tensor.Randn([2, 3, 4, 6], rng), table, 0);
        yield return new RotaryOp(Tensor.Randn([1, 2, 5, 6], rng), table, 4);
        yield return new RotaryOp(Tensor.Randn([1, 1, 3, 16], rng), new RotaryTable(16, 3, theta: 500), 0);
        yield return new RotaryOp(Tensor.Randn([1, 1, 1, 2], rng), new RotaryTable(2, 2), 1);
        yield return new RotaryOp(Tensor.Randn([1, 4, 0, 6], rng), table, 0);
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new RotaryOp(inputs[0], table, start);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs) => NdArray<V>.Build(inputs[0].Shape, index =>
    {
        int half = table.Dim / 2, pair = index[3] % half;
        V cosine = (double)table.Cosines[(start + index[2]) * half + pair],
            sine = (double)table.Sines[(start + index[2]) * half + pair];
        V first = inputs[0][index[0], index[1], index[2], pair],
            second = inputs[0][index[0], index[1], index[2], pair + half];
        return index[3] < half ? first * cosine - second * sine : second * cosine + first * sine;
    });

    /// <inheritdoc/>
    protected override Tensor Forward() => Rotate(x, inverse: false);

    /// <inheritdoc/>
    protected internal override void Backward(Tensor y, Tensor dy, Gradients gradients) =>
        gradients.Add(x, Rotate(dy, inverse: true));

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents) => tangents.Linear(this);

    private Tensor Rotate(Tensor t, bool inverse)
    {
        Tensor source = HeadLayout.Readable(t), result = HeadLayout.Allocate(t.Shape);
        var shape = new RotaryShape(t.Shape[0], t.Shape[1], t.Shape[2], t.Shape[3])
        {
            In = HeadLayout.Strides(source),
            Out = HeadLayout.Strides(result),
            Offset = start,
        };
        var angles = new RotaryAngles(table.Cosines, table.Sines);
        if (inverse)
            RotaryKernel.Backward(shape, angles, HeadLayout.Numbers(source), HeadLayout.Numbers(result));
        else
            RotaryKernel.Forward(shape, angles, HeadLayout.Numbers(source), HeadLayout.Numbers(result));
        return result;
    }
}

/// <summary>Gives tensors the operation <see cref="RotaryOp"/>.</summary>
public static class RotaryExtensions
{
    extension(Tensor x)
    {
        /// <summary>
        /// Rotates queries or keys [B, H, T, D] by their positions, which begin at <paramref name="start"/>.
        /// </summary>
        /// <example><code>
        /// Tensor q = new([1, 0], [1, 1, 1, 2]);
        /// q.Rotary(new RotaryTable(2, 4), start: 1);   // = [0.5403, 0.8415]
        /// Math.Cos(1);                                 // = 0.5403
        /// </code></example>
        /// <exception cref="ArgumentException">The shape or the positions do not fit the table.</exception>
        public Tensor Rotary(RotaryTable table, int start = 0) => new RotaryOp(x, table, start).Apply();
    }
}
