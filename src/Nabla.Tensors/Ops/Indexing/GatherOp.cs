using Nabla.Numerics;
using Nabla.Tensors.Memory;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// One number out of each line along the last dimension: y[i] = x[i, index[i]], [..., N] → [...]: the probability of
/// the word that came, the value of the action that was taken. dL/dx[i, index[i]] = dy[i], 0 elsewhere.
/// </summary>
public sealed class GatherOp : Op, ISampledOp
{
    private readonly Tensor x;
    private readonly SavedNumbers<int> indices;

    internal GatherOp(Tensor x, ReadOnlySpan<int> indices) : base(x)
    {
        if (x.Rank == 0)
            throw new ArgumentException(
                "Gather: [] is a scalar, which has no line to take an element of; give at least a vector.");
        int lines = x.Shape.Without(-1).ElementCount, n = x.Shape[-1];
        if (indices.Length != lines)
            throw new ArgumentException(
                $"Gather: {indices.Length} indices for the {lines} lines of {x.Shape}; give one for each.");
        for (int i = 0; i < lines; i++)
            if ((uint)indices[i] >= (uint)n)
                throw new ArgumentOutOfRangeException(
                    nameof(indices),
                    $"Gather: index {indices[i]} at {i} is not in 0 … {n - 1}, the last dimension of {x.Shape}.");
        this.x = x;
        this.indices = Save(indices);
    }

    /// <inheritdoc/>
    public override string Formula => "y = x_p";

    /// <inheritdoc/>
    public override IEnumerable<FormulaInstance> FormulaInstances(Shape result) =>
        FormulaPieces.Of(new("y", result), new FormulaPieces.Seen("x", x.Shape, -1))
            .Select((line, i) => line.With("p", indices.Span[i] + 1));

    /// <inheritdoc/>
    protected internal override bool ReadsInputs => false;

    /// <inheritdoc/>
    protected internal override bool ReadsResult => false;

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        yield return new GatherOp(Tensor.Randn([4, 3], rng), [2, 0, 0, 1]);
        yield return new GatherOp(Tensor.Randn([2, 2, 3], rng), [2, 0, 1, 1]);
        yield return new GatherOp(Tensor.Randn([1], rng), [0]);
        yield return new GatherOp(Tensor.Randn([0, 3], rng), []);
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new GatherOp(inputs[0], indices.Span);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs)
    {
        var y = new NdArray<V>(inputs[0].Shape.Without(-1));
        for (int i = 0; i < indices.Length; i++)
            y.Values[i] = inputs[0].Values[i * inputs[0].Shape[-1] + indices.Span[i]];
        return y;
    }

    /// <inheritdoc/>
    protected override Tensor Forward()
    {
        Tensor y = Tensor.Uninitialized(x.Shape.Without(-1));
        ReadOnlySpan<float> from = x.Dense().AsSpan();
        ReadOnlySpan<int> chosen = indices.Span;
        Span<float> to = y.Writable();
        int n = x.Shape[-1];
        for (int i = 0; i < indices.Length; i++)
            to[i] = from[i * n + chosen[i]];
        return y;
    }

    /// <inheritdoc/>
    protected internal override void Backward(Tensor y, Tensor dy, Gradients gradients)
    {
        Span<float> dx = gradients.AccumulatedSlot(x);
        ReadOnlySpan<float> from = dy.AsSpan();
        ReadOnlySpan<int> chosen = indices.Span;
        int n = x.Shape[-1];
        for (int i = 0; i < indices.Length; i++)
            dx[i * n + chosen[i]] += from[i];
    }

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents) => tangents.Linear(this);
}

/// <summary>Gives tensors the operation <see cref="GatherOp"/>.</summary>
public static class GatherExtensions
{
    extension(Tensor x)
    {
        /// <summary>
        /// The element of each line along the last dimension that <paramref name="indices"/> names, [..., N] → [...].
        /// </summary>
        /// <example><code>
        /// new Tensor([1, 2, 3, 4], [2, 2]).Gather([1, 0]);   // = [2, 3]
        /// </code></example>
        /// <exception cref="ArgumentException">The number of indices is not that of the lines.</exception>
        /// <exception cref="ArgumentOutOfRangeException">An index is not in 0 … N − 1.</exception>
        public Tensor Gather(ReadOnlySpan<int> indices) => new GatherOp(x, indices).Apply();
    }
}
