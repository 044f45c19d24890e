using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>
/// Remainder: y = a − b·⌊a/b⌋, with the sign of b and no larger, while |a/b| is below 2⁴⁰. Where the processor has no
/// fused multiply-add, b·⌊a/b⌋ is rounded to a last digit of a before. dL/da = dy, dL/db = −⌊a/b⌋·dy.
/// </summary>
public readonly struct Remainder : IBinaryOp
{
    /// <inheritdoc/>
    public static (double Low, double High) Domain => (0.6, 4);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V a, V b) where V : struct, IReal<V>
    {
        V y = V.MultiplyAdd(-b, V.Floor(a / b), a);
        return V.MultiplyAdd(-b, V.Floor(y / b), y); // again: a / b was rounded, perhaps across a whole number
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BackwardA<V>(V a, V b, V y, V dy) where V : struct, IReal<V> => dy;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BackwardB<V>(V a, V b, V y, V dy) where V : struct, IReal<V> => -dy * V.Floor(a / b);
}

/// <summary>Gives tensors the operation <see cref="Remainder"/>.</summary>
public static class RemainderExtensions
{
    extension(Tensor a)
    {
        /// <summary>a − b·⌊a/b⌋, element by element, with broadcasting.</summary>
        /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
        /// <example><code>
        /// Tensor a = new([-5f]), b = new([3f]);
        /// a.Remainder(b);   // = 1
        /// -5 - 3 * Math.Floor(-5 / 3.0);   // = 1
        /// </code></example>
        public Tensor Remainder(Tensor b) => Binary<Remainder>.Apply(a, b);
    }
}
