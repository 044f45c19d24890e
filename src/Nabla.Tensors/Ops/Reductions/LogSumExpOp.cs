using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// Log-sum-exp: y = log Σ_i e^(x_i) = m + log Σ_i e^(x_i − m), m the largest; −∞ for nothing. dL/dx_i = dy·e^(x_i − y),
/// the softmax.
/// </summary>
public sealed class LogSumExpOp : LineReduction, ISampledOp
{
    internal LogSumExpOp(Tensor x, int? dim, bool keepDim) : base(x, dim, keepDim)
    {
    }

    /// <inheritdoc/>
    public override string Formula => "y = log(Σ_i exp(x_i))";

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        foreach (bool keepDim in (bool[])[false, true])
        {
            yield return new LogSumExpOp(Tensor.Randn([3, 5], rng), -1, keepDim);
            yield return new LogSumExpOp(Tensor.Randn([2, 3, 4], rng), 1, keepDim);
            yield return new LogSumExpOp(Tensor.Randn([4, 3], rng), null, keepDim);
            yield return new LogSumExpOp(Tensor.Randn([1], rng), 0, keepDim);
            yield return new LogSumExpOp(Tensor.Randn([0, 3], rng), 1, keepDim);
            yield return new LogSumExpOp(Tensor.Randn([3, 0], rng), 1, keepDim);
        }
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new LogSumExpOp(inputs[0], Dim, KeepDim);

    /// <summary>ẏ = Σ_i e^(x_i − y)·ẋ_i.</summary>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents) =>
        ((AsLines(X) - AsResults(y)).Exp() * AsLines(tangents[X])).Sum(-1).Reshape(y.Shape.AsSpan());

    /// <inheritdoc/>
    protected override V ReferenceLine<V>(V[] line)
    {
        if (line.Length == 0)
            return double.NegativeInfinity;
        V sum = 0;
        foreach (V value in line)
            sum += V.Exp(value);
        return V.Log(sum);
    }

    /// <inheritdoc/>
    protected override float ForwardLine(ReadOnlySpan<float> line)
    {
        float largest = Elementwise.Max(line);
        if (!float.IsFinite(largest))
            return largest; // nothing, only −∞, or a number that outweighs all others
        double sum = 0;
        const int chunk = 256;
        Span<float> powers = stackalloc float[chunk];
        ReadOnlySpan<float> m = [largest];
        for (int at = 0; at < line.Length; at += chunk)
        {
            ReadOnlySpan<float> part = line[at..Math.Min(at + chunk, line.Length)];
            Elementwise.Zip<Subtract>(part, m, powers[..part.Length]);
            Elementwise.Map<Exp>(powers[..part.Length], powers[..part.Length]);
            sum += Elementwise.Sum(powers[..part.Length]);
        }
        return (float)(largest + Math.Log(sum));
    }

    /// <inheritdoc/>
    protected override void BackwardLine(ReadOnlySpan<float> line, float y, float dy, Span<float> dx)
    {
        if (float.IsNegativeInfinity(y)) // only −∞: −∞ − (−∞) would be NaN
        {
            dx.Clear();
            return;
        }
        ReadOnlySpan<float> result = [y], upstream = [dy];
        Elementwise.Zip<Subtract>(line, result, dx);
        Elementwise.Map<Exp>(dx, dx);
        Elementwise.Zip<Multiply>(dx, upstream, dx);
    }
}

/// <summary>Gives tensors the operation <see cref="LogSumExpOp"/>.</summary>
public static class LogSumExpExtensions
{
    extension(Tensor x)
    {
        /// <summary>log Σ eˣ of all elements, a scalar.</summary>
        /// <example><code>
        /// new Tensor([1f, 2f]).LogSumExp();   // = 2.3133
        /// Math.Log(Math.Exp(1) + Math.Exp(2));   // = 2.3133
        /// </code></example>
        public Tensor LogSumExp() => new LogSumExpOp(x, null, keepDim: false).Apply();

        /// <summary>log Σ eˣ along one dimension, which goes, or stays with size 1.</summary>
        /// <example><code>
        /// Tensor.Zeros([2, 3]).LogSumExp(1);   // = [1.0986, 1.0986]
        /// Math.Log(3);   // = 1.0986
        /// </code></example>
        public Tensor LogSumExp(int dim, bool keepDim = false) => new LogSumExpOp(x, dim, keepDim).Apply();

        /// <summary>log Σ eˣ along several dimensions together.</summary>
        /// <example><code>
        /// Tensor.Zeros([2, 3]).LogSumExp([0, 1]);   // = 1.7918
        /// Math.Log(6);   // = 1.7918
        /// </code></example>
        public Tensor LogSumExp(ReadOnlySpan<int> dims, bool keepDim = false) =>
            ManyDimensions.Reduce(x, dims, keepDim, static lines => lines.LogSumExp(-1), "LogSumExp");
    }
}
