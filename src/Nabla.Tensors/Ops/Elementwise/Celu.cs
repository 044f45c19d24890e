using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>
/// CELU: y = max(x, 0) + min(α·(e^(x/α) − 1), 0), whose slope has no jump for any α. Barron 2017, arXiv:1704.07483.
/// </summary>
/// <param name="Alpha">α, not 0.</param>
public readonly record struct Celu(double Alpha) : IParametricOp<Celu>
{
    /// <inheritdoc/>
    public static IReadOnlyList<Celu> Samples => [new(1), new(2)];

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, IReal<V> => V.WherePositive(x, x, Alpha * V.Expm1(x * (1 / Alpha)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> =>
        V.WherePositive(x, dy, dy * V.Exp(x * (1 / Alpha)));
}

/// <summary>Gives tensors the operation <see cref="Celu"/>.</summary>
public static class CeluExtensions
{
    extension(Tensor x)
    {
        /// <summary>x where it is positive, α·(e^(x/α) − 1) elsewhere.</summary>
        /// <exception cref="ArgumentOutOfRangeException">α is 0 or not finite.</exception>
        /// <example><code>
        /// Tensor x = new([-0.5f]);
        /// x.Celu(2);   // = -0.4424
        /// 2 * (Math.Exp(-0.5 / 2) - 1);   // = -0.4424
        /// </code></example>
        public Tensor Celu(double alpha = 1)
        {
            if (alpha == 0 || !double.IsFinite(alpha))
                throw new ArgumentOutOfRangeException(
                    nameof(alpha), $"Celu: alpha {alpha} divides x; give a finite number other than 0.");
            return Parametric<Celu>.Apply(new(alpha), x);
        }
    }
}
