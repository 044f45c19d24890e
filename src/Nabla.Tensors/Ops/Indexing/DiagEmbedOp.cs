using Nabla.Numerics;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// Matrices with a given diagonal and 0 elsewhere: y_(i)(i + k) = x_i, [..., D] → [..., N, N], N = D + |k|.
/// </summary>
public sealed class DiagEmbedOp : Rearrangement, ISampledOp
{
    private readonly int offset;

    internal DiagEmbedOp(Tensor x, int offset) : base(x)
    {
        if (x.Rank == 0)
            throw new ArgumentException("DiagEmbed: [] is a scalar; give the diagonal as a vector, [..., D].");
        this.offset = offset;
    }

    /// <inheritdoc/>
    public override string Formula => "y_i = x_{p_i}";

    private protected override Shape Result => X.Shape.With(-1, Size).Insert(X.Rank, Size);

    private int Size => X.Shape[-1] + Math.Abs(offset);

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        yield return new DiagEmbedOp(Tensor.Randn([3], rng), 0);
        yield return new DiagEmbedOp(Tensor.Randn([2, 3], rng), 1);
        yield return new DiagEmbedOp(Tensor.Randn([2, 2, 2], rng), -2);
        yield return new DiagEmbedOp(Tensor.Randn([1], rng), 0);
        yield return new DiagEmbedOp(Tensor.Randn([0], rng), 1);
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new DiagEmbedOp(inputs[0], offset);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs) => NdArray<V>.Build(
        Result, index => index[^1] - index[^2] == offset
            ? inputs[0][[.. index[..^2], Math.Min(index[^1], index[^2])]]
            : (V)0);

    private protected override void Locate(Span<int> sources)
    {
        int n = Size, length = X.Shape[-1];
        sources.Fill(-1);
        for (int at = 0; at < X.Count; at++)
        {
            int i = at % length, row = i + Math.Max(0, -offset), column = i + Math.Max(0, offset);
            sources[(at / length * n + row) * n + column] = at;
        }
    }
}

/// <summary>Gives tensors the operation <see cref="DiagEmbedOp"/>.</summary>
public static class DiagEmbedExtensions
{
    extension(Tensor x)
    {
        /// <summary>
        /// Matrices whose diagonal is x, [..., D] → [..., N, N]; offset 1 is the one above the main one.
        /// </summary>
        /// <exception cref="ArgumentException">x is a scalar.</exception>
        /// <example><code>
        /// new Tensor([1f, 2f]).DiagEmbed();   // = [1, 0, 0, 2]
        /// </code></example>
        public Tensor DiagEmbed(int offset = 0) => new DiagEmbedOp(x, offset).Apply();

        /// <summary>Of a vector the matrix with that diagonal, of a matrix its diagonal: <c>torch.diag</c>.</summary>
        /// <exception cref="ArgumentException">x is neither a vector nor a matrix.</exception>
        /// <example><code>
        /// new Tensor([1f, 2f]).Diag();   // = [1, 0, 0, 2]
        /// new Tensor([1f, 2f]).Diag().Diag();   // = [1, 2]
        /// </code></example>
        public Tensor Diag(int diagonal = 0) => x.Rank switch
        {
            1 => x.DiagEmbed(diagonal),
            2 => x.Diagonal(diagonal),
            _ => throw new ArgumentException($"Diag: {x.Shape} must be a vector or a matrix; see DiagEmbed, Diagonal."),
        };
    }
}
