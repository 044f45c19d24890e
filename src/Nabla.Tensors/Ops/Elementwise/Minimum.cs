using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>
/// The smaller of two: y = min(a, b); where they are equal, each gets half of the derivative, as in PyTorch.
/// </summary>
public readonly struct Minimum : IBinaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V a, V b) where V : struct, IReal<V> => V.Min(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BackwardA<V>(V a, V b, V y, V dy) where V : struct, IReal<V> =>
        V.WherePositive(b - a, dy, V.WherePositive(a - b, 0, 0.5 * dy));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BackwardB<V>(V a, V b, V y, V dy) where V : struct, IReal<V> =>
        V.WherePositive(a - b, dy, V.WherePositive(b - a, 0, 0.5 * dy));
}

/// <summary>Gives tensors the operation <see cref="Minimum"/>.</summary>
public static class MinimumExtensions
{
    extension(Tensor a)
    {
        /// <summary>min(a, b), element by element, with broadcasting.</summary>
        /// <example><code>
        /// new Tensor([1, 5], [2]).Minimum(new Tensor([3f], [1]));   // = [1, 3]
        /// </code></example>
        public Tensor Minimum(Tensor b) => Binary<Minimum>.Apply(a, b);
    }
}
