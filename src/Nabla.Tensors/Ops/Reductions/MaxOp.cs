using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// The largest: y = max_i x_i; NaN if any is. dL/dx_i = dy for the first element that is largest, 0 for the others.
/// </summary>
public sealed class MaxOp : LineReduction, ISampledOp
{
    internal MaxOp(Tensor x, int? dim, bool keepDim) : base(x, dim, keepDim)
    {
        if (Lines.Length == 0)
            throw new ArgumentException(
                $"Max: {x.Shape} has no elements to take the largest of along dimension {dim}.");
    }

    /// <inheritdoc/>
    public override string Formula => "y = max_i x_i";

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        foreach (bool keepDim in (bool[])[false, true])
        {
            yield return new MaxOp(Tensor.Randn([3, 5], rng), -1, keepDim);
            yield return new MaxOp(Tensor.Randn([2, 3, 4], rng), 1, keepDim);
            yield return new MaxOp(Tensor.Randn([4, 3], rng), null, keepDim);
            yield return new MaxOp(Tensor.Randn([1], rng), 0, keepDim);
            yield return new MaxOp(Tensor.Randn([0, 3], rng), 1, keepDim);
        }
        yield return new MaxOp(Tensor.Randn([], rng), null, keepDim: false);
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new MaxOp(inputs[0], Dim, KeepDim);

    /// <inheritdoc/>
    protected override V ReferenceLine<V>(V[] line)
    {
        V largest = line[0];
        foreach (V value in line[1..])
            largest = V.WherePositive(value - largest, value, largest);
        return largest;
    }

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents)
    {
        int length = Lines.Length, inner = Lines.Inner;
        float[] numbers = X.ToArray(), largest = y.ToArray();
        var places = new int[largest.Length];
        for (int i = 0; i < places.Length; i++)
        {
            int first = i / inner * length * inner + i % inner;
            places[i] = first;
            for (int k = length - 1; k >= 0; k--)
                if (numbers[first + k * inner] == largest[i])
                    places[i] = first + k * inner;
        }
        return tangents[X].Take(places, y.Shape);
    }

    /// <inheritdoc/>
    protected override float ForwardLine(ReadOnlySpan<float> line) => Elementwise.Max(line);

    /// <inheritdoc/>
    protected override void BackwardLine(ReadOnlySpan<float> line, float y, float dy, Span<float> dx)
    {
        dx.Clear();
        int largest = line.IndexOf(y);
        if (largest >= 0)
            dx[largest] = dy;
    }
}

/// <summary>Gives tensors the operation <see cref="MaxOp"/>.</summary>
public static class MaxExtensions
{
    extension(Tensor x)
    {
        /// <summary>The largest of all elements, a scalar.</summary>
        public Tensor Max() => new MaxOp(x, null, keepDim: false).Apply();

        /// <summary>The largest along one dimension, which goes, or stays with size 1.</summary>
        /// <example><code>
        /// new Tensor([1, 5, 3, 4], [2, 2]).Max(dim: 1);          // = [5, 4]
        /// </code></example>
        public Tensor Max(int dim, bool keepDim = false) => new MaxOp(x, dim, keepDim).Apply();
    }
}
