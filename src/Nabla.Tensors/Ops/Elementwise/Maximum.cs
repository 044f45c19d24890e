using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>The larger of two: y = max(a, b); where they are equal the derivative goes to b.</summary>
public readonly struct Maximum : IBinaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V a, V b) where V : struct, IReal<V> => V.Max(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BackwardA<V>(V a, V b, V y, V dy) where V : struct, IReal<V> => V.WherePositive(a - b, dy, 0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BackwardB<V>(V a, V b, V y, V dy) where V : struct, IReal<V> => V.WherePositive(a - b, 0, dy);
}

/// <summary>Gives tensors the operation <see cref="Maximum"/>.</summary>
public static class MaximumExtensions
{
    extension(Tensor a)
    {
        /// <summary>max(a, b), element by element, with broadcasting.</summary>
        public Tensor Maximum(Tensor b) => Binary<Maximum>.Apply(a, b);
    }
}
