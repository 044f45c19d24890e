using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// p-norm: y = (Σ_i |x_i|ᵖ)^(1/p); p = 1: Σ|x_i|, p = 2: √Σx_i², p = ∞: max|x_i|, p = −∞: min|x_i|, p = 0: how many are
/// not 0. dL/dx_i = dy·sign(x_i)·(|x_i|/y)^(p−1), 0 where y is; for ±∞ those that reach it share dy; for 0 it is 0.
/// </summary>
public sealed class NormOp : LineReduction, ISampledOp
{
    private readonly double p;

    internal NormOp(Tensor x, double p, int? dim, bool keepDim) : base(x, dim, keepDim)
    {
        if (double.IsNaN(p))
            throw new ArgumentOutOfRangeException(
                nameof(p), "Norm: p is NaN; give 1, 2, infinity or another number.");
        if (Lines.Length == 0 && (p < 0 || double.IsPositiveInfinity(p)))
            throw new ArgumentException(
                $"Norm: {x.Shape} has no elements along dimension {dim}, so no norm for p = {p}; use p from 0 on.");
        this.p = p;
    }

    /// <inheritdoc/>
    public override string Formula => p switch
    {
        0 => "y = Σ_i 𝟙[x_i ≠ 0]",
        1 => "y = Σ_i |x_i|",
        2 => "y = √(Σ_i x_i²)",
        double.PositiveInfinity => "y = max_i |x_i|",
        double.NegativeInfinity => "y = min_i |x_i|",
        _ => FormattableString.Invariant($"y = (Σ_i |x_i|^({p:G6}))^(1/({p:G6}))"),
    };

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        foreach (double p in (double[])[0, 1, 2, 3, 0.5, -1.5, double.PositiveInfinity, double.NegativeInfinity])
        {
            yield return new NormOp(Tensor.Randn([3, 5], rng), p, -1, keepDim: false);
            yield return new NormOp(Tensor.Randn([2, 3, 4], rng), p, 1, keepDim: true);
            yield return new NormOp(Tensor.Randn([4, 3], rng), p, null, keepDim: false);
            yield return new NormOp(Tensor.Randn([1], rng), p, 0, keepDim: false);
            yield return new NormOp(Tensor.Randn([0, 3], rng), p, 1, keepDim: false);
        }
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new NormOp(inputs[0], p, Dim, KeepDim);

    /// <summary>ẏ = Σ_i sign(x_i)·(|x_i|/y)^(p−1)·ẋ_i.</summary>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents)
    {
        if (p == 0)
            return null;
        Tensor x = AsLines(X), norm = AsResults(y), size = x.Abs(), slope = x.Sign();
        norm += norm.EqualTo(0); // where x is 0, the slope is
        if (double.IsInfinity(p))
        {
            Tensor reaching = size.EqualTo(norm);
            slope = slope * reaching / reaching.Sum(-1, keepDim: true).Clamp(min: 1);
        }
        else if (p == 2)
            slope = x / norm;
        else if (p != 1)
            slope *= (Tensor.Where(slope, size, 1) / norm).Pow(p - 1);
        return (slope * AsLines(tangents[X])).Sum(-1).Reshape(y.Shape.AsSpan());
    }

    /// <inheritdoc/>
    protected override V ReferenceLine<V>(V[] line)
    {
        V sum = 0, largest = line.Length > 0 ? V.Abs(line[0]) : 0, smallest = largest;
        foreach (V value in line)
        {
            V size = V.Abs(value);
            largest = V.WherePositive(size - largest, size, largest);
            smallest = V.WherePositive(smallest - size, size, smallest);
            sum += p == 0 ? V.WherePositive(size, 1, 0) : p == 2 ? value * value : V.Pow(size, Math.Clamp(p, -9, 9));
        }
        return p switch
        {
            double.PositiveInfinity => largest,
            double.NegativeInfinity => smallest,
            0 or 1 => sum,
            2 => V.Sqrt(sum),
            _ => V.Pow(sum, 1 / p),
        };
    }

    /// <inheritdoc/>
    protected override float ForwardLine(ReadOnlySpan<float> line)
    {
        if (p == 2)
            return (float)Math.Sqrt(Elementwise.SquaredNorm(line));
        double sum = 0, largest = 0, smallest = double.PositiveInfinity;
        foreach (float value in line)
        {
            double size = Math.Abs((double)value);
            (largest, smallest) = (Math.Max(largest, size), Math.Min(smallest, size));
            sum += p switch { 0 => size == 0 ? 0 : 1, 1 => size, _ => Math.Pow(size, p) };
        }
        return (float)(p switch
        {
            double.PositiveInfinity => largest,
            double.NegativeInfinity => smallest,
            0 or 1 => sum,
            _ => Math.Pow(sum, 1 / p),
        });
    }

    /// <inheritdoc/>
    protected override void BackwardLine(ReadOnlySpan<float> line, float y, float dy, Span<float> dx)
    {
        if (p == 0 || y == 0)
        {
            dx.Clear();
            return;
        }
        int reaching = 0;
        if (double.IsInfinity(p))
            foreach (float value in line)
                reaching += Math.Abs(value) == y ? 1 : 0;
        for (int i = 0; i < line.Length; i++)
        {
            double size = Math.Abs((double)line[i]), sign = line[i] > 0 ? 1 : line[i] < 0 ? -1 : 0;
            double slope = p switch
            {
                1 => 1,
                2 => size / y,
                _ when double.IsInfinity(p) => size == y ? 1.0 / reaching : 0,
                _ when size == 0 => 0,
                _ => Math.Pow(size / y, p - 1),
            };
            dx[i] = float.IsNaN(line[i]) ? float.NaN : (float)(dy * sign * slope);
        }
    }
}

/// <summary>Gives tensors the operation <see cref="NormOp"/>.</summary>
public static class NormExtensions
{
    extension(Tensor x)
    {
        /// <summary>The p-norm of all elements, a scalar; p = 2 is the length of the vector.</summary>
        /// <exception cref="ArgumentException">p is NaN, or there are no elements and p is ∞ or negative.</exception>
        /// <example><code>
        /// new Tensor([3f, -4f]).Norm();   // = 5
        /// Math.Sqrt(3 * 3 + 4 * 4);   // = 5
        /// </code></example>
        public Tensor Norm(double p = 2) => new NormOp(x, p, null, keepDim: false).Apply();

        /// <summary>The p-norm along one dimension, which goes, or stays with size 1.</summary>
        /// <exception cref="ArgumentException">p is NaN, or there are no elements and p is ∞ or negative.</exception>
        /// <example><code>
        /// new Tensor([3f, -4f, 1f, 0f], [2, 2]).Norm(1, 1);   // = [7, 1]
        /// </code></example>
        public Tensor Norm(double p, int dim, bool keepDim = false) => new NormOp(x, p, dim, keepDim).Apply();

        /// <summary>The p-norm along several dimensions together.</summary>
        /// <exception cref="ArgumentException">p is NaN, or there are no elements and p is ∞ or negative.</exception>
        /// <example><code>
        /// new Tensor([3f, -4f, 0f, 0f], [2, 2]).Norm(2, [0, 1]);   // = 5
        /// </code></example>
        public Tensor Norm(double p, ReadOnlySpan<int> dims, bool keepDim = false) =>
            ManyDimensions.Reduce(x, dims, keepDim, lines => lines.Norm(p, -1), "Norm");
    }
}
