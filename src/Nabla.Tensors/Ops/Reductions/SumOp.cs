using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>Sum: y = Σ_i x_i, taken in double; 0 for nothing.</summary>
public sealed class SumOp : Reduction, ISampledOp
{
    internal SumOp(Tensor x, int? dim, bool keepDim) : base(x, dim, keepDim)
    {
    }

    /// <inheritdoc/>
    public override string Formula => "y = Σ_i x_i";

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        foreach (bool keepDim in (bool[])[false, true])
        {
            yield return new SumOp(Tensor.Randn([3, 5], rng), -1, keepDim);
            yield return new SumOp(Tensor.Randn([2, 3, 4], rng), 1, keepDim);
            yield return new SumOp(Tensor.Randn([4, 3], rng), null, keepDim);
            yield return new SumOp(Tensor.Randn([1], rng), 0, keepDim);
            yield return new SumOp(Tensor.Randn([0, 3], rng), 1, keepDim);
        }
        yield return new SumOp(Tensor.Randn([], rng), null, keepDim: false);
        yield return new SumOp(Tensor.Randn([0, 3], rng), 0, keepDim: false);
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new SumOp(inputs[0], Dim, KeepDim);

    /// <inheritdoc/>
    protected override V ReferenceLine<V>(V[] line)
    {
        V sum = 0;
        foreach (V value in line)
            sum += value;
        return sum;
    }

    /// <inheritdoc/>
    protected override float ForwardLine(ReadOnlySpan<float> line) => (float)Elementwise.Sum(line);

    /// <inheritdoc/>
    protected override void BackwardLine(ReadOnlySpan<float> line, float y, float dy, Span<float> dx) => dx.Fill(dy);
}

/// <summary>Gives tensors the operation <see cref="SumOp"/>.</summary>
public static class SumExtensions
{
    extension(Tensor x)
    {
        /// <summary>The sum of all elements, a scalar.</summary>
        public Tensor Sum() => new SumOp(x, null, keepDim: false).Apply();

        /// <summary>The sum along one dimension, which goes, or stays with size 1.</summary>
        public Tensor Sum(int dim, bool keepDim = false) => new SumOp(x, dim, keepDim).Apply();
    }
}
