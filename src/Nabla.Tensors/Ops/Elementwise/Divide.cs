using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Quotient: y = a / b.</summary>
public readonly struct Divide : IBinaryOp
{
    /// <inheritdoc/>
    public static (double Low, double High) Domain => (0.5, 4);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V a, V b) where V : struct, IReal<V> => a / b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BackwardA<V>(V a, V b, V y, V dy) where V : struct, IReal<V> => dy / b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BackwardB<V>(V a, V b, V y, V dy) where V : struct, IReal<V> => -dy * y / b;
}

/// <summary>Gives tensors the operation <see cref="Divide"/>.</summary>
public static class DivideExtensions
{
    extension(Tensor)
    {
        /// <summary>a / b, element by element, with broadcasting.</summary>
        /// <example><code>
        /// new Tensor([2, 3], [2]) / new Tensor([4f], [1]);   // = [0.5, 0.75]
        /// </code></example>
        public static Tensor operator /(Tensor a, Tensor b) => Binary<Divide>.Apply(a, b);
    }
}
