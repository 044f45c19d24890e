using Nabla.Numerics;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// Running log-sum-exp along the last dimension: y_i = log Σ_(j≤i) e^(x_j), relative to the largest so far.
/// dL/dx_j = e^(x_j − y_j)·s_j with s_j = dy_j + e^(y_j − y_(j+1))·s_(j+1), whose exponents are never positive.
/// </summary>
public sealed class LogCumSumExpOp : Scan, ISampledOp
{
    internal LogCumSumExpOp(Tensor x) : base(x)
    {
    }

    /// <inheritdoc/>
    public override string Formula => "y_i = log(Σ_{j=1}^{i} exp(x_j))";

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        foreach (Shape shape in (Shape[])[[5], [2, 7], [2, 3, 4], [1], [0, 3], [2, 0]])
            yield return new LogCumSumExpOp(Tensor.Randn(shape, rng));
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new LogCumSumExpOp(inputs[0]);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs) => inputs[0].MapLines(-1, line =>
    {
        V sum = 0;
        return Array.ConvertAll(line, value => V.Log(sum += V.Exp(value)));
    });

    /// <summary>ẏ_i = e^(y_(i−1) − y_i)·ẏ_(i−1) + e^(x_i − y_i)·ẋ_i.</summary>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents) =>
        Recurrence((Before(y, 0) - y).Exp(), (X - y).Exp() * tangents[X]);

    /// <summary>As <c>LogCumSumExp</c> along any dimension.</summary>
    internal static Tensor Along(Tensor x, int dim) =>
        Along(x, dim, static line => new LogCumSumExpOp(line), "LogCumSumExp");

    private protected override void ForwardLine(ReadOnlySpan<float> x, Span<float> y)
    {
        double largest = double.NegativeInfinity, sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double next = Math.Max(largest, x[i]);
            if (!double.IsInfinity(next))
                sum = sum * Math.Exp(largest - next) + Math.Exp(x[i] - next);
            largest = next;
            y[i] = (float)(double.IsInfinity(next) ? next : next + Math.Log(sum));
        }
    }

    private protected override void BackwardLine(
        ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx)
    {
        double sum = 0;
        for (int j = dy.Length - 1; j >= 0; j--)
        {
            double share = j + 1 < y.Length ? Math.Exp((double)y[j] - y[j + 1]) : 0;
            sum = dy[j] + (sum == 0 ? 0 : share * sum);
            dx[j] = float.IsNegativeInfinity(x[j]) ? 0 : (float)(Math.Exp((double)x[j] - y[j]) * sum);
        }
    }
}

/// <summary>Gives tensors the operation <see cref="LogCumSumExpOp"/>.</summary>
public static class LogCumSumExpExtensions
{
    extension(Tensor x)
    {
        /// <summary>log Σ e^x of the elements up to each, along <paramref name="dim"/>.</summary>
        /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
        /// <example><code>
        /// new Tensor([0f, 0f, 1f]).LogCumSumExp();   // = [0, 0.6931, 1.5514]
        /// Math.Log(2 + Math.E);   // = 1.5514
        /// </code></example>
        public Tensor LogCumSumExp(int dim = -1) => LogCumSumExpOp.Along(x, dim);
    }
}
