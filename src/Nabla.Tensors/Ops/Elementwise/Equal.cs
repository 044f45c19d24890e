using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Comparison: y = 1 where a = b, else 0, also for NaN. A constant: no derivative.</summary>
public readonly struct Equal : IBinaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V a, V b) where V : struct, IReal<V>
    {
        V different = V.WherePositive(a - b, 1, V.WherePositive(b - a, 1, 0));
        return V.WherePositive(V.Abs(a) + V.Abs(b) + 1, 1 - different, 0);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BackwardA<V>(V a, V b, V y, V dy) where V : struct, IReal<V> => 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BackwardB<V>(V a, V b, V y, V dy) where V : struct, IReal<V> => 0;
}

/// <summary>Gives tensors the operation <see cref="Equal"/>.</summary>
public static class EqualExtensions
{
    extension(Tensor a)
    {
        /// <summary>1 where a = b, 0 elsewhere, with broadcasting; a constant.</summary>
        /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
        /// <example><code>
        /// Tensor a = new([2f]), b = new([2f]);
        /// a.EqualTo(b);   // = 1
        /// 2 == 2 ? 1 : 0;   // = 1
        /// </code></example>
        public Tensor EqualTo(Tensor b) => Binary<Equal>.Apply(a.Detach(), b.Detach());

        /// <summary>1 where a ≠ b, 0 elsewhere, with broadcasting; a constant.</summary>
        /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
        /// <example><code>
        /// Tensor a = new([2f, 1f]), b = new([1f, 1f]);
        /// a.NotEqualTo(b);   // = [1, 0]
        /// </code></example>
        public Tensor NotEqualTo(Tensor b) => 1 - a.EqualTo(b);
    }
}
