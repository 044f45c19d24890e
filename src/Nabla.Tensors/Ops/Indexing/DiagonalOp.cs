using Nabla.Numerics;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// A diagonal of the matrices in the last two dimensions: y_…i = x_…(i)(i + k), [..., M, N] → [..., D].
/// </summary>
public sealed class DiagonalOp : Rearrangement, ISampledOp
{
    private readonly int offset;

    internal DiagonalOp(Tensor x, int offset) : base(x)
    {
        if (x.Rank < 2)
            throw new ArgumentException($"Diagonal: {x.Shape} is no matrix; it must be [..., M, N].");
        this.offset = offset;
    }

    /// <inheritdoc/>
    public override string Formula => offset >= 0 ? "y_i = x_{i, i + k}" : "y_i = x_{i − k, i}";

    /// <inheritdoc/>
    public override IEnumerable<FormulaInstance> FormulaInstances(Shape result) =>
        FormulaPieces.Of(new("y", result, -1), new FormulaPieces.Seen("x", X.Shape, -2, -1)).SelectMany(matrix =>
            matrix.Result.Places.Select((place, i) => (matrix with { Result = new("y_i", -1, [], [place]) })
                .With("i", i + 1).With("k", offset)));

    private protected override Shape Result => X.Shape.Without(-1).With(-1, Length);

    private int FirstRow => Math.Max(0, -offset);

    private int FirstColumn => Math.Max(0, offset);

    private int Length => Math.Max(0, Math.Min(X.Shape[-2] - FirstRow, X.Shape[-1] - FirstColumn));

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        yield return new DiagonalOp(Tensor.Randn([3, 4], rng), 0);
        yield return new DiagonalOp(Tensor.Randn([2, 3, 5], rng), 1);
        yield return new DiagonalOp(Tensor.Randn([3, 3], rng), -2);
        yield return new DiagonalOp(Tensor.Randn([3, 3], rng), 5);
        yield return new DiagonalOp(Tensor.Randn([1, 1], rng), 0);
        yield return new DiagonalOp(Tensor.Randn([0, 3], rng), 0);
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new DiagonalOp(inputs[0], offset);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs) => NdArray<V>.Build(
        Result, index => inputs[0][[.. index[..^1], FirstRow + index[^1], FirstColumn + index[^1]]]);

    private protected override void Locate(Span<int> sources)
    {
        int columns = X.Shape[-1], matrix = X.Shape[-2] * columns;
        for (int at = 0; at < sources.Length; at++)
        {
            int i = at % Length;
            sources[at] = at / Length * matrix + (FirstRow + i) * columns + FirstColumn + i;
        }
    }
}

/// <summary>Gives tensors the operation <see cref="DiagonalOp"/>.</summary>
public static class DiagonalExtensions
{
    extension(Tensor x)
    {
        /// <summary>
        /// A diagonal of the matrices in two dimensions, as the last dimension of the result; offset 1 is the one above
        /// the main one.
        /// </summary>
        /// <exception cref="ArgumentException">The dimensions do not exist, or are one and the same.</exception>
        /// <example><code>
        /// new Tensor([1f, 2f, 3f, 4f], [2, 2]).Diagonal();   // = [1, 4]
        /// </code></example>
        public Tensor Diagonal(int offset = 0, int dim1 = -2, int dim2 = -1)
        {
            if (x.Rank < 2)
                throw new ArgumentException($"Diagonal: {x.Shape} is no matrix; it must be [..., M, N].");
            int first = x.Shape.Dimension(dim1, "Diagonal"), second = x.Shape.Dimension(dim2, "Diagonal");
            if (first == second)
                throw new ArgumentException(
                    $"Diagonal: dimension {dim1} of {x.Shape} is named twice; name the rows' and the columns'.");
            int[] others = [.. Enumerable.Range(0, x.Rank).Where(d => d != first && d != second)];
            return new DiagonalOp(x.Permute([.. others, first, second]), offset).Apply();
        }

        /// <summary>The sum of the main diagonal of matrices: [..., M, N] → [...].</summary>
        /// <exception cref="ArgumentException">x has fewer than two dimensions.</exception>
        /// <example><code>
        /// new Tensor([1f, 2f, 3f, 4f], [2, 2]).Trace();   // = 5
        /// </code></example>
        public Tensor Trace() => x.Diagonal().Sum(-1);
    }
}
