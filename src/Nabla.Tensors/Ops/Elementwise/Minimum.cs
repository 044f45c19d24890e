using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>The smaller of two: y = min(a, b); where they are equal the derivative goes to b.</summary>
public readonly struct Minimum : IBinaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V a, V b) where V : struct, IReal<V> => V.Min(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BackwardA<V>(V a, V b, V y, V dy) where V : struct, IReal<V> => V.WherePositive(b - a, dy, 0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BackwardB<V>(V a, V b, V y, V dy) where V : struct, IReal<V> => V.WherePositive(b - a, 0, dy);
}

/// <summary>Gives tensors the operation <see cref="Minimum"/>.</summary>
public static class MinimumExtensions
{
    extension(Tensor a)
    {
        /// <summary>min(a, b), element by element, with broadcasting.</summary>
        public Tensor Minimum(Tensor b) => Binary<Minimum>.Apply(a, b);
    }
}
