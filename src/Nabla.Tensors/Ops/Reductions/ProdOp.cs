using Nabla.Numerics;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// Product: y = Π_i x_i, multiplied in double; 1 for nothing. dL/dx_i = dy·Π_(j≠i) x_j, from the products before and
/// behind i, so that zeros do no harm.
/// </summary>
public sealed class ProdOp : LineReduction, ISampledOp
{
    internal ProdOp(Tensor x, int? dim, bool keepDim) : base(x, dim, keepDim)
    {
    }

    /// <inheritdoc/>
    public override string Formula => "y = Π_i x_i";

    /// <inheritdoc/>
    protected internal override bool ReadsResult => false;

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        foreach (bool keepDim in (bool[])[false, true])
        {
            yield return new ProdOp(Tensor.Randn([3, 5], rng), -1, keepDim);
            yield return new ProdOp(Tensor.Randn([2, 3, 4], rng), 1, keepDim);
            yield return new ProdOp(Tensor.Randn([4, 3], rng), null, keepDim);
            yield return new ProdOp(Tensor.Randn([2, 3], rng).Relu(), 1, keepDim);
            yield return new ProdOp(Tensor.Randn([1], rng), 0, keepDim);
            yield return new ProdOp(Tensor.Randn([0, 3], rng), 0, keepDim);
        }
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new ProdOp(inputs[0], Dim, KeepDim);

    /// <summary>ẏ = Σ_i ẋ_i·(the product before i)·(the product behind i).</summary>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents)
    {
        Tensor x = AsLines(X), before = Before(x), behind = Before(x.Flip(-1)).Flip(-1);
        return (AsLines(tangents[X]) * before * behind).Sum(-1).Reshape(y.Shape.AsSpan());

        static Tensor Before(Tensor x) => x.Pad([1, 0], PadMode.Constant, 1).Slice(-1, 0, x.Shape[-1]).CumProd();
    }

    /// <inheritdoc/>
    protected override V ReferenceLine<V>(V[] line)
    {
        V product = 1;
        foreach (V value in line)
            product *= value;
        return product;
    }

    /// <inheritdoc/>
    protected override float ForwardLine(ReadOnlySpan<float> line)
    {
        double product = 1;
        foreach (float value in line)
            product *= value;
        return (float)product;
    }

    /// <inheritdoc/>
    protected override void BackwardLine(ReadOnlySpan<float> line, float y, float dy, Span<float> dx)
    {
        double before = dy, behind = 1;
        for (int i = 0; i < line.Length; before *= line[i++])
            dx[i] = (float)before;
        for (int i = line.Length - 1; i >= 0; behind *= line[i--])
            dx[i] = (float)(dx[i] * behind);
    }
}

/// <summary>Gives tensors the operation <see cref="ProdOp"/>.</summary>
public static class ProdExtensions
{
    extension(Tensor x)
    {
        /// <summary>The product of all elements, a scalar.</summary>
        /// <example><code>
        /// new Tensor([2f, 3f, 4f]).Prod();   // = 24
        /// </code></example>
        public Tensor Prod() => new ProdOp(x, null, keepDim: false).Apply();

        /// <summary>The product along one dimension, which goes, or stays with size 1.</summary>
        /// <example><code>
        /// new Tensor([1f, 2f, 3f, 4f], [2, 2]).Prod(1);   // = [2, 12]
        /// </code></example>
        public Tensor Prod(int dim, bool keepDim = false) => new ProdOp(x, dim, keepDim).Apply();
    }
}
