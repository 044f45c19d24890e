using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Sum in the logarithm: y = log(eᵃ + eᵇ) = max(a, b) + log(1 + e^(−|a − b|)).</summary>
public readonly struct LogAddExp : IBinaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V a, V b) where V : struct, IReal<V>
    {
        V distance = V.Abs(a - b);
        V rest = V.WherePositive(distance + 1, V.Log1p(V.Exp(-distance)), 0); // 0 where both are −∞
        return V.Max(a, b) + rest;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BackwardA<V>(V a, V b, V y, V dy) where V : struct, IReal<V> => dy / (1 + V.Exp(b - a));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BackwardB<V>(V a, V b, V y, V dy) where V : struct, IReal<V> => dy / (1 + V.Exp(a - b));
}

/// <summary>Gives tensors the operation <see cref="LogAddExp"/>.</summary>
public static class LogAddExpExtensions
{
    extension(Tensor a)
    {
        /// <summary>log(eᵃ + eᵇ), element by element, with broadcasting.</summary>
        /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
        /// <example><code>
        /// Tensor a = new([1f]), b = new([2f]);
        /// a.LogAddExp(b);   // = 2.3133
        /// Math.Log(Math.Exp(1) + Math.Exp(2));   // = 2.3133
        /// </code></example>
        public Tensor LogAddExp(Tensor b) => Binary<LogAddExp>.Apply(a, b);
    }
}
