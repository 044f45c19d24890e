using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>The angle of the point (b, a): y = atan2(a, b) in (−π, π], 0 for the origin.</summary>
public readonly struct Atan2 : IBinaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V a, V b) where V : struct, IReal<V>
    {
        V near = V.Atan(a / V.Abs(b));
        V left = V.WherePositive(-a, -Math.PI - near, Math.PI - near);
        // 0 at the origin; NaN comes there too, and stays.
        return V.WherePositive(V.Abs(a) + V.Abs(b), V.WherePositive(-b, left, near), a + b);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BackwardA<V>(V a, V b, V y, V dy) where V : struct, IReal<V> => dy * b / (a * a + b * b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BackwardB<V>(V a, V b, V y, V dy) where V : struct, IReal<V> => -dy * a / (a * a + b * b);
}

/// <summary>Gives tensors the operation <see cref="Atan2"/>.</summary>
public static class Atan2Extensions
{
    extension(Tensor a)
    {
        /// <summary>The angle of the points (b, a) in radians, with broadcasting.</summary>
        /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
        /// <example><code>
        /// Tensor a = new([1f]), b = new([-2f]);
        /// a.Atan2(b);   // = 2.6779
        /// Math.Atan2(1, -2);   // = 2.6779
        /// </code></example>
        public Tensor Atan2(Tensor b) => Binary<Atan2>.Apply(a, b);
    }
}
