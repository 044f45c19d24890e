using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Difference: y = a − b.</summary>
public readonly struct Subtract : IBinaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V a, V b) where V : struct, IReal<V> => a - b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BackwardA<V>(V a, V b, V y, V dy) where V : struct, IReal<V> => dy;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BackwardB<V>(V a, V b, V y, V dy) where V : struct, IReal<V> => -dy;
}

/// <summary>Gives tensors the operation <see cref="Subtract"/>.</summary>
public static class SubtractExtensions
{
    extension(Tensor)
    {
        /// <summary>a − b, element by element, with broadcasting.</summary>
        /// <example><code>
        /// new Tensor([2, 3], [2]) - new Tensor([5f], [1]);   // = [-3, -2]
        /// </code></example>
        public static Tensor operator -(Tensor a, Tensor b) => Binary<Subtract>.Apply(a, b);
    }
}
