using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>
/// Power: y = aᵇ; of a negative a it is NaN unless b is whole. dL/da = b·aᵇ⁻¹·dy, dL/db = aᵇ·log a·dy.
/// </summary>
public readonly struct Pow : IBinaryOp
{
    /// <inheritdoc/>
    public static (double Low, double High) DomainA => (0.2, 4);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V a, V b) where V : struct, IReal<V> => V.Pow(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BackwardA<V>(V a, V b, V y, V dy) where V : struct, IReal<V> =>
        V.WherePositive(V.Abs(b), dy * b * V.Pow(a, b - 1), b); // 0, or NaN

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BackwardB<V>(V a, V b, V y, V dy) where V : struct, IReal<V> =>
        V.WherePositive(V.Abs(a), dy * y * V.Log(a), a);
}

/// <summary>Gives tensors the operation <see cref="Pow"/>.</summary>
public static class PowExtensions
{
    extension(Tensor a)
    {
        /// <summary>aᵇ, element by element, with broadcasting.</summary>
        /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
        /// <example><code>
        /// Tensor a = new([2f]), b = new([1.5f]);
        /// a.Pow(b);   // = 2.8284
        /// Math.Pow(2, 1.5);   // = 2.8284
        /// </code></example>
        public Tensor Pow(Tensor b) => Binary<Pow>.Apply(a, b);
    }
}
