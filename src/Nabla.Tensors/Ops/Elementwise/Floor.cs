using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Floor: y = ⌊x⌋, the largest whole number that is not above x. dL/dx = 0.</summary>
public readonly struct Floor : IUnaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => V.Floor(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> => 0;
}

/// <summary>Gives tensors the operation <see cref="Floor"/>.</summary>
public static class FloorExtensions
{
    extension(Tensor x)
    {
        /// <summary>⌊x⌋ of every element.</summary>
        /// <example><code>
        /// Tensor x = new([-2.5f]);
        /// x.Floor();   // = -3
        /// Math.Floor(-2.5);   // = -3
        /// </code></example>
        public Tensor Floor() => Unary<Floor>.Apply(x);
    }
}
