using Nabla.Numerics;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// Tensors one after another along a dimension, their other sizes equal: y = [x₁, x₂, …]. dL/dx_k is the part of dy
/// that x_k became.
/// </summary>
public sealed class ConcatOp : Op, ISampledOp
{
    private readonly Tensor[] parts;
    private readonly int dim;

    internal ConcatOp(Tensor[] parts, int dim) : base(parts)
    {
        if (parts.Length == 0)
            throw new ArgumentException("Concat: there are no tensors to put together.");
        this.parts = parts;
        this.dim = parts[0].Shape.Dimension(dim, "Concat");
        foreach (Tensor part in parts)
            if (part.Rank != parts[0].Rank || part.Shape.Without(this.dim) != parts[0].Shape.Without(this.dim))
                throw new ArgumentException(
                    $"Concat: {part.Shape} does not fit {parts[0].Shape}: " +
                    $"all sizes but that of dimension {dim} must be equal.");
    }

    /// <inheritdoc/>
    public override string Formula => $"y = [{string.Join("; ", parts.Select((_, i) => $"x_{i + 1}"))}]";

    /// <inheritdoc/>
    public override IEnumerable<FormulaInstance> FormulaInstances(Shape result)
    {
        var lines = new DimensionLines(result, dim);
        for (int o = 0; o < lines.Outer; o++)
        {
            int size = lines.Length * lines.Inner;
            yield return new(new("y", -1, [size], [.. Enumerable.Range(o * size, size)]), [.. parts.Select((part, i) =>
            {
                int own = part.Shape[dim] * lines.Inner;
                return new FormulaPart($"x_{i + 1}", i, [own], [.. Enumerable.Range(o * own, own)]);
            })]);
        }
    }

    private Shape Result => parts[0].Shape.With(dim, parts.Sum(part => part.Shape[dim]));

    /// <inheritdoc/>
    protected internal override bool ReadsInputs => false;

    /// <inheritdoc/>
    protected internal override bool ReadsResult => false;

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        yield return new ConcatOp([Tensor.Randn([2, 3], rng), Tensor.Randn([2, 1], rng), Tensor.Randn([2, 0], rng)], 1);
        yield return new ConcatOp([Tensor.Randn([1, 2, 3], rng), Tensor.Randn([4, 2, 3], rng)], 0);
        yield return new ConcatOp([Tensor.Randn([1], rng)], -1);
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new ConcatOp(inputs, dim);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs) => NdArray<V>.Build(Result, index =>
    {
        int[] source = [.. index];
        int part = 0;
        while (source[dim] >= inputs[part].Shape[dim])
            source[dim] -= inputs[part++].Shape[dim];
        return inputs[part][source];
    });

    /// <inheritdoc/>
    protected override Tensor Forward()
    {
        Tensor y = Tensor.Uninitialized(Result);
        var all = new DimensionLines(y.Shape, dim);
        Span<float> to = y.Writable();
        int start = 0;
        foreach (Tensor part in parts)
        {
            ReadOnlySpan<float> from = part.Dense().AsSpan();
            int length = part.Shape[dim] * all.Inner;
            for (int o = 0; o < all.Outer; o++)
                from.Slice(o * length, length).CopyTo(to[(o * all.Block + start)..]);
            start += length;
        }
        return y;
    }

    /// <inheritdoc/>
    protected internal override void Backward(Tensor y, Tensor dy, Gradients gradients)
    {
        int start = 0;
        foreach (Tensor part in parts)
        {
            if (gradients.Wants(part))
                gradients.Add(part, new Tensor(part.Shape, dy.Buffer, dy.Strides, dy.Offset + start * dy.Strides[dim]));
            start += part.Shape[dim];
        }
    }

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents) => tangents.Linear(this);
}

/// <summary>Gives tensors the operation <see cref="ConcatOp"/>.</summary>
public static class ConcatExtensions
{
    extension(Tensor)
    {
        /// <summary>The tensors one after another along <paramref name="dim"/>.</summary>
        /// <example><code>
        /// Tensor.Concat(0, new Tensor([1, 2], [2]), new Tensor([3], [1]));   // = [1, 2, 3]
        /// </code></example>
        /// <exception cref="ArgumentException">There are none, or their other sizes differ.</exception>
        public static Tensor Concat(int dim, params ReadOnlySpan<Tensor> parts) =>
            new ConcatOp(parts.ToArray(), dim).Apply();
    }
}
