using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Soft shrinkage: y = sign(x)·max(|x| − λ, 0). Donoho and Johnstone 1994.</summary>
/// <param name="Lambda">λ, 0 or more.</param>
public readonly record struct Softshrink(double Lambda) : IParametricOp<Softshrink>
{
    /// <inheritdoc/>
    public static IReadOnlyList<Softshrink> Samples => [new(0.5), new(1.5)];

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, IReal<V> =>
        V.WherePositive(x - Lambda, x - Lambda, V.WherePositive(-x - Lambda, x + Lambda, 0 * x)); // 0·NaN is NaN

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> => V.WherePositive(V.Abs(x) - Lambda, dy, 0);
}

/// <summary>Gives tensors the operation <see cref="Softshrink"/>.</summary>
public static class SoftshrinkExtensions
{
    extension(Tensor x)
    {
        /// <summary>Every element brought nearer to 0 by λ, as far as 0.</summary>
        /// <exception cref="ArgumentOutOfRangeException">λ is negative or NaN.</exception>
        /// <example><code>
        /// Tensor x = new([-0.75f]);
        /// x.Softshrink(0.5);   // = -0.25
        /// -(Math.Abs(-0.75) - 0.5);   // = -0.25
        /// </code></example>
        public Tensor Softshrink(double lambda = 0.5)
        {
            if (!(lambda >= 0))
                throw new ArgumentOutOfRangeException(
                    nameof(lambda), $"Softshrink: lambda {lambda} must be 0 or more.");
            return Parametric<Softshrink>.Apply(new(lambda), x);
        }
    }
}
