using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Square: y = x·x.</summary>
public readonly struct Square : IUnaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => x * x;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> => 2 * x * dy;
}

/// <summary>Gives tensors the operation <see cref="Square"/>.</summary>
public static class SquareExtensions
{
    extension(Tensor x)
    {
        /// <summary>x² of every element.</summary>
        /// <example><code>
        /// new Tensor([-3f], [1]).Square();   // = 9
        /// </code></example>
        public Tensor Square() => Unary<Square>.Apply(x);
    }
}
