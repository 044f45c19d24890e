using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Hard shrinkage: y = x where |x| &gt; λ, else 0. Donoho and Johnstone 1994.</summary>
/// <param name="Lambda">λ, 0 or more.</param>
public readonly record struct Hardshrink(double Lambda) : IParametricOp<Hardshrink>
{
    /// <inheritdoc/>
    public static IReadOnlyList<Hardshrink> Samples => [new(0.5), new(1.5)];

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, IReal<V> =>
        V.WherePositive(V.Abs(x) - Lambda, x, 0 * x); // 0·NaN is NaN

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> => V.WherePositive(V.Abs(x) - Lambda, dy, 0);
}

/// <summary>Gives tensors the operation <see cref="Hardshrink"/>.</summary>
public static class HardshrinkExtensions
{
    extension(Tensor x)
    {
        /// <summary>x where |x| is above λ, 0 elsewhere.</summary>
        /// <exception cref="ArgumentOutOfRangeException">λ is negative or NaN.</exception>
        /// <example><code>
        /// Tensor x = new([-0.6f]);
        /// x.Hardshrink(0.5);   // = -0.6
        /// Math.Abs(-0.6) &gt; 0.5 ? -0.6 : 0;   // = -0.6
        /// </code></example>
        public Tensor Hardshrink(double lambda = 0.5)
        {
            if (!(lambda >= 0))
                throw new ArgumentOutOfRangeException(
                    nameof(lambda), $"Hardshrink: lambda {lambda} must be 0 or more.");
            return Parametric<Hardshrink>.Apply(new(lambda), x);
        }
    }
}
