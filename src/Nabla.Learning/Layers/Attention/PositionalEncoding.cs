using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>
/// Where a vector stands, added to it: y_t = x_t + p_t, p_(t, 2i) = sin(t/10000^(2i/C)), p_(t, 2i+1) = cos of the same.
/// Vaswani et al. 2017, arXiv:1706.03762, section 3.5.
/// </summary>
/// <example><code>
/// new PositionalEncoding(2, 100).Forward(Tensor.Zeros([1, 8, 2]))[0, 7, 0];   // = 0.657
/// Math.Sin(7);                                                                // = 0.657
/// </code></example>
[Formula(
    "y_{t,c} = x_{t,c} + 𝟙[c mod 2 = 1]·sin((t − 1)/10000^((c − 1)/d)) "
    + "+ 𝟙[c mod 2 = 0]·cos((t − 1)/10000^((c − 2)/d))")]
public sealed class PositionalEncoding : Module, ILayer
{
    private readonly Parameter table; // [MaxLength, C]; computed, so it is no part of the weights
    private readonly Dropout dropout;

    /// <summary>
    /// For sequences of at most <paramref name="maxLength"/> vectors of <paramref name="dim"/> numbers.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, or dropout not in [0, 1).</exception>
    public PositionalEncoding(int dim, int maxLength = 5000, float dropout = 0)
    {
        Require.Positive(dim, nameof(PositionalEncoding));
        Require.Positive(maxLength, nameof(PositionalEncoding));
        this.dropout = new(dropout);
        table = new Parameter([maxLength, dim], trainable: false);
        for (int t = 0; t < maxLength; t++)
            for (int c = 0; c < dim; c++)
            {
                double angle = t / Math.Pow(10_000, (double)(c - c % 2) / dim);
                table.Values[t * dim + c] = (float)(c % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle));
            }
    }

    /// <summary>x + p, [B, T, C], with dropout in training.</summary>
    /// <exception cref="ArgumentException">x has another shape, or is longer than the table.</exception>
    public Tensor Forward(Tensor x, Rng? rng = null)
    {
        if (x.Rank < 2 || x.Shape[-1] != table.Shape[1] || x.Shape[-2] > table.Shape[0])
            throw new ArgumentException(
                $"PositionalEncoding: x {x.Shape} must be [B, T, {table.Shape[1]}] with T at most {table.Shape[0]}.");
        return dropout.Forward(x + table.Slice(0, 0, x.Shape[-2]), rng);
    }

    /// <inheritdoc/>
    Tensor ILayer.Forward(Tensor x) => Forward(x);
}
