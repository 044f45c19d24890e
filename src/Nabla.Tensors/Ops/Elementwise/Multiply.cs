using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Product, element by element: y = a ⊙ b.</summary>
public readonly struct Multiply : IBinaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V a, V b) where V : struct, IReal<V> => a * b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BackwardA<V>(V a, V b, V y, V dy) where V : struct, IReal<V> => dy * b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BackwardB<V>(V a, V b, V y, V dy) where V : struct, IReal<V> => dy * a;
}

/// <summary>Gives tensors the operation <see cref="Multiply"/>.</summary>
public static class MultiplyExtensions
{
    extension(Tensor)
    {
        /// <summary>a ⊙ b, element by element, with broadcasting.</summary>
        /// <example><code>
        /// new Tensor([2, 3], [2]) * new Tensor([5f], [1]);   // = [10, 15]
        /// </code></example>
        public static Tensor operator *(Tensor a, Tensor b) => Binary<Multiply>.Apply(a, b);
    }
}
