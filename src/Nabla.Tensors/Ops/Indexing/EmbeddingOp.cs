using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Memory;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// Rows of a table: y[i] = W[id_i], W [V, C] and n ids → [..., C]. dL/dW[v] = Σ_(i: id_i = v) dy[i]: a row that occurs
/// several times adds its gradients up.
/// </summary>
public sealed class EmbeddingOp : Op, ISampledOp
{
    private readonly Tensor table;
    private readonly SavedNumbers<int> ids;
    private readonly Shape shape;

    internal EmbeddingOp(Tensor table, ReadOnlySpan<int> ids, Shape shape) : base(table)
    {
        if (table.Rank != 2)
            throw new ArgumentException($"Embedding: the table {table.Shape} must be [V, C].");
        if (shape.ElementCount != ids.Length)
            throw new ArgumentException($"Embedding: {ids.Length} ids do not fill shape {shape}.");
        foreach (int id in ids)
            if ((uint)id >= (uint)table.Shape[0])
                throw new ArgumentOutOfRangeException(
                    nameof(ids), $"Embedding: id {id} is not in 0 … {table.Shape[0] - 1}; the table is {table.Shape}.");
        (this.table, this.ids, this.shape) = (table, Save(ids), shape);
    }

    /// <inheritdoc/>
    public override string Formula => "y_j = W_{p,j}";

    /// <inheritdoc/>
    public override IEnumerable<FormulaInstance> FormulaInstances(Shape result) =>
        FormulaPieces.Of(new("y", result, -1)).Select((row, i) => (row with
        {
            Parts = [FormulaPieces.Whole("W", 0, table.Shape)],
        }).With("p", ids.Span[i] + 1));

    /// <inheritdoc/>
    protected internal override bool ReadsInputs => false;

    /// <inheritdoc/>
    protected internal override bool ReadsResult => false;

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        yield return new EmbeddingOp(Tensor.Randn([5, 3], rng), [4, 0, 4, 2], [2, 2]);
        yield return new EmbeddingOp(Tensor.Randn([1, 1], rng), [0], [1]);
        yield return new EmbeddingOp(Tensor.Randn([7, 33], rng), [], [0]);
        yield return new EmbeddingOp(Tensor.Randn([0, 3], rng), [], [0]);
        yield return new EmbeddingOp(Tensor.Randn([50, 64], rng), new Rng(1).Integers(300, 50), [300]);
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new EmbeddingOp(inputs[0], ids.Span, shape);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs)
    {
        int dim = table.Shape[1];
        var y = new NdArray<V>(Shape.Create([.. shape, dim]));
        for (int i = 0; i < ids.Length; i++)
            for (int c = 0; c < dim; c++)
                y.Values[i * dim + c] = inputs[0][ids.Span[i], c];
        return y;
    }

    /// <inheritdoc/>
    protected override Tensor Forward()
    {
        Tensor y = Tensor.Uninitialized(shape.Insert(shape.Rank, table.Shape[1]));
        EmbeddingKernel.Forward(table.Dense().AsSpan(), table.Shape[1], ids.Span, y.Writable());
        return y;
    }

    /// <inheritdoc/>
    protected internal override void Backward(Tensor y, Tensor dy, Gradients gradients) =>
        EmbeddingKernel.Backward(dy.AsSpan(), ids.Span, table.Shape[1], gradients.AccumulatedSlot(table));

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents) => tangents.Linear(this);
}

/// <summary>Gives tensors the operation <see cref="EmbeddingOp"/>.</summary>
public static class EmbeddingExtensions
{
    extension(Tensor table)
    {
        /// <summary>The table's rows with these ids, as <paramref name="shape"/> followed by the row's size.</summary>
        /// <example><code>
        /// new Tensor([1, 2, 3, 4], [2, 2]).Embedding([1, 0, 1], [3]);        // = [3, 4, 1, 2, 3, 4]
        /// </code></example>
        /// <exception cref="ArgumentOutOfRangeException">An id is not a row of the table.</exception>
        public Tensor Embedding(ReadOnlySpan<int> ids, Shape shape) => new EmbeddingOp(table, ids, shape).Apply();
    }
}
