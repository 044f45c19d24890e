using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Negation: y = −x.</summary>
public readonly struct Negate : IUnaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => -x;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> => -dy;
}

/// <summary>Gives tensors the operation <see cref="Negate"/>.</summary>
public static class NegateExtensions
{
    extension(Tensor)
    {
        /// <summary>−x.</summary>
        /// <example><code>
        /// -new Tensor([2, -3], [2]);   // = [-2, 3]
        /// </code></example>
        public static Tensor operator -(Tensor a) => Unary<Negate>.Apply(a);
    }
}
