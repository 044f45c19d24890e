using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>
/// The larger of two: y = max(a, b); where they are equal, each gets half of the derivative, as in PyTorch.
/// </summary>
public readonly struct Maximum : IBinaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V a, V b) where V : struct, IReal<V> => V.Max(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BackwardA<V>(V a, V b, V y, V dy) where V : struct, IReal<V> =>
        V.WherePositive(a - b, dy, V.WherePositive(b - a, 0, 0.5 * dy));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BackwardB<V>(V a, V b, V y, V dy) where V : struct, IReal<V> =>
        V.WherePositive(b - a, dy, V.WherePositive(a - b, 0, 0.5 * dy));
}

/// <summary>Gives tensors the operation <see cref="Maximum"/>.</summary>
public static class MaximumExtensions
{
    extension(Tensor a)
    {
        /// <summary>max(a, b), element by element, with broadcasting.</summary>
        /// <example><code>
        /// new Tensor([1, 5], [2]).Maximum(new Tensor([3f], [1]));   // = [3, 5]
        /// </code></example>
        public Tensor Maximum(Tensor b) => Binary<Maximum>.Apply(a, b);
    }
}
