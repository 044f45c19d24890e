using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>
/// Softplus: y = log(1 + e^(βx))/β, as (max(z, 0) + log(1 + e^(−|z|)))/β with z = βx, and x itself where βx is above
/// the threshold. Dugas et al. 2000.
/// </summary>
/// <param name="Beta">β, the sharpness, above 0.</param>
/// <param name="Threshold">βx above which y = x.</param>
public readonly record struct Softplus(double Beta, double Threshold) : IParametricOp<Softplus>
{
    /// <inheritdoc/>
    public static IReadOnlyList<Softplus> Samples => [new(1, 20), new(3, 2)];

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, IReal<V>
    {
        V z = Beta * x;
        V y = (V.Max(z, 0) + V.Log1p(V.Exp(-V.Abs(z)))) * (1 / Beta);
        return V.WherePositive(z - Threshold, x, y);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> =>
        V.WherePositive(Beta * x - Threshold, dy, dy / (1 + V.Exp(-Beta * x)));
}

/// <summary>Gives tensors the operation <see cref="Softplus"/>.</summary>
public static class SoftplusExtensions
{
    extension(Tensor x)
    {
        /// <summary>log(1 + e^(βx))/β of every element; x itself where βx is above the threshold.</summary>
        /// <exception cref="ArgumentOutOfRangeException">
        /// β is not a finite number above 0, or the threshold is NaN.
        /// </exception>
        /// <example><code>
        /// Tensor x = new([0.5f]);
        /// x.Softplus(2);   // = 0.65663
        /// Math.Log(1 + Math.Exp(2 * 0.5)) / 2;   // = 0.65663
        /// </code></example>
        public Tensor Softplus(double beta = 1, double threshold = 20)
        {
            if (!(beta > 0 && double.IsFinite(beta)))
                throw new ArgumentOutOfRangeException(
                    nameof(beta), $"Softplus: beta {beta} must be finite and above 0.");
            if (double.IsNaN(threshold))
                throw new ArgumentOutOfRangeException(
                    nameof(threshold), "Softplus: threshold NaN is no number; 20 is usual.");
            return Parametric<Softplus>.Apply(new(beta, threshold), x);
        }
    }
}
