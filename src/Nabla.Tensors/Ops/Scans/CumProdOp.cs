using Nabla.Numerics;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// Running product along the last dimension: y_i = Π_(j≤i) x_j. dL/dx_j = y_(j−1)·s_j with
/// s_j = dy_j + x_(j+1)·s_(j+1): no division, so zeros do no harm.
/// </summary>
public sealed class CumProdOp : Scan, ISampledOp
{
    internal CumProdOp(Tensor x) : base(x)
    {
    }

    /// <inheritdoc/>
    public override string Formula => "y_i = Π_{j=1}^{i} x_j";

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        foreach (Shape shape in (Shape[])[[5], [2, 7], [2, 3, 4], [1], [0, 3], [2, 0]])
            yield return new CumProdOp(Tensor.Randn(shape, rng));
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new CumProdOp(inputs[0]);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs) => inputs[0].MapLines(-1, line =>
    {
        V product = 1;
        return Array.ConvertAll(line, value => product *= value);
    });

    /// <summary>ẏ_i = x_i·ẏ_(i−1) + y_(i−1)·ẋ_i.</summary>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents) =>
        Recurrence(X, Before(y, 1) * tangents[X]);

    /// <summary>As <c>CumProd</c> along any dimension.</summary>
    internal static Tensor Along(Tensor x, int dim) => Along(x, dim, static line => new CumProdOp(line), "CumProd");

    private protected override void ForwardLine(ReadOnlySpan<float> x, Span<float> y)
    {
        double product = 1;
        for (int i = 0; i < x.Length; i++)
            y[i] = (float)(product *= x[i]);
    }

    private protected override void BackwardLine(
        ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx)
    {
        double sum = 0;
        for (int j = dy.Length - 1; j >= 0; j--)
        {
            sum = dy[j] + (j + 1 < x.Length ? x[j + 1] * sum : 0);
            dx[j] = (float)((j > 0 ? y[j - 1] : 1) * sum);
        }
    }
}

/// <summary>Gives tensors the operation <see cref="CumProdOp"/>.</summary>
public static class CumProdExtensions
{
    extension(Tensor x)
    {
        /// <summary>The product of the elements up to each, along <paramref name="dim"/>.</summary>
        /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
        /// <example><code>
        /// new Tensor([1f, 2f, 3f]).CumProd();   // = [1, 2, 6]
        /// </code></example>
        public Tensor CumProd(int dim = -1) => CumProdOp.Along(x, dim);
    }
}
