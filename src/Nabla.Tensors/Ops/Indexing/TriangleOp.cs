using Nabla.Numerics;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// The part of matrices [..., M, N] on one side of a diagonal, 0 elsewhere: y_ij = x_ij where j − i ≤ k (lower) or
/// j − i ≥ k (upper).
/// </summary>
public sealed class TriangleOp : Rearrangement, ISampledOp
{
    private readonly bool upper;
    private readonly int diagonal;

    internal TriangleOp(Tensor x, bool upper, int diagonal) : base(x)
    {
        if (x.Rank < 2)
            throw new ArgumentException(
                $"{(upper ? "Triu" : "Tril")}: {x.Shape} is no matrix; it must be [..., M, N].");
        (this.upper, this.diagonal) = (upper, diagonal);
    }

    /// <inheritdoc/>
    public override string Formula => upper
        ? "y_{ij} = x_{ij}·𝟙[j − i ≥ k]" : "y_{ij} = x_{ij}·𝟙[j − i ≤ k]";

    /// <inheritdoc/>
    public override IEnumerable<FormulaInstance> FormulaInstances(Shape result) =>
        FormulaPieces.Of(new("y", result, -2, -1), new FormulaPieces.Seen("x", X.Shape, -2, -1))
            .Select(matrix => matrix.With("k", diagonal));

    private protected override Shape Result => X.Shape;

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        foreach (bool upper in (bool[])[false, true])
        {
            yield return new TriangleOp(Tensor.Randn([4, 3], rng), upper, 0);
            yield return new TriangleOp(Tensor.Randn([2, 3, 5], rng), upper, 1);
            yield return new TriangleOp(Tensor.Randn([3, 3], rng), upper, -1);
            yield return new TriangleOp(Tensor.Randn([1, 1], rng), upper, 0);
            yield return new TriangleOp(Tensor.Randn([0, 3], rng), upper, 0);
        }
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new TriangleOp(inputs[0], upper, diagonal);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs) => NdArray<V>.Build(
        X.Shape, index => Keeps(index[^2], index[^1]) ? inputs[0][index] : (V)0);

    private protected override void Locate(Span<int> sources)
    {
        int rows = X.Shape[-2], columns = X.Shape[-1];
        for (int at = 0; at < sources.Length; at++)
            sources[at] = Keeps(at / columns % rows, at % columns) ? at : -1;
    }

    private bool Keeps(int i, int j) => upper ? j - i >= diagonal : j - i <= diagonal;
}

/// <summary>Gives tensors the operation <see cref="TriangleOp"/>.</summary>
public static class TriangleExtensions
{
    extension(Tensor x)
    {
        /// <summary>
        /// The matrices' elements on and below a diagonal, 0 above; 0 is the main one, 1 the next above.
        /// </summary>
        /// <exception cref="ArgumentException">x has fewer than two dimensions.</exception>
        /// <example><code>
        /// new Tensor([1f, 2f, 3f, 4f], [2, 2]).Tril();   // = [1, 0, 3, 4]
        /// </code></example>
        public Tensor Tril(int diagonal = 0) => new TriangleOp(x, upper: false, diagonal).Apply();

        /// <summary>
        /// The matrices' elements on and above a diagonal, 0 below; 0 is the main one, 1 the next above.
        /// </summary>
        /// <exception cref="ArgumentException">x has fewer than two dimensions.</exception>
        /// <example><code>
        /// new Tensor([1f, 2f, 3f, 4f], [2, 2]).Triu();   // = [1, 2, 0, 4]
        /// </code></example>
        public Tensor Triu(int diagonal = 0) => new TriangleOp(x, upper: true, diagonal).Apply();
    }
}
