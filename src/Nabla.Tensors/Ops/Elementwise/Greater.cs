using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Comparison: y = 1 where a &gt; b, else 0, also for NaN. A constant: no derivative.</summary>
public readonly struct Greater : IBinaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V a, V b) where V : struct, IReal<V> => V.WherePositive(a - b, 1, 0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BackwardA<V>(V a, V b, V y, V dy) where V : struct, IReal<V> => 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BackwardB<V>(V a, V b, V y, V dy) where V : struct, IReal<V> => 0;
}

/// <summary>Gives tensors the operation <see cref="Greater"/>.</summary>
public static class GreaterExtensions
{
    extension(Tensor a)
    {
        /// <summary>1 where a &gt; b, 0 elsewhere, with broadcasting; a constant.</summary>
        /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
        /// <example><code>
        /// Tensor a = new([2f]), b = new([1f]);
        /// a.Greater(b);   // = 1
        /// 2 &gt; 1 ? 1 : 0;   // = 1
        /// </code></example>
        public Tensor Greater(Tensor b) => Binary<Greater>.Apply(a.Detach(), b.Detach());

        /// <summary>1 where a &lt; b, 0 elsewhere, with broadcasting; a constant.</summary>
        /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
        /// <example><code>
        /// Tensor a = new([2f, 1f]), b = new([1f, 2f]);
        /// a.Less(b);   // = [0, 1]
        /// </code></example>
        public Tensor Less(Tensor b) => b.Greater(a);
    }
}
