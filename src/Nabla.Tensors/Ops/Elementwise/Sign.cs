using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Sign: y = 1, 0 or −1 where x is above, at or below 0; 0 for NaN. dL/dx = 0.</summary>
public readonly struct Sign : IUnaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => V.WherePositive(x, 1, V.WherePositive(-x, -1, 0));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> => 0;
}

/// <summary>Gives tensors the operation <see cref="Sign"/>.</summary>
public static class SignExtensions
{
    extension(Tensor x)
    {
        /// <summary>The sign of every element: 1, 0 or −1.</summary>
        /// <example><code>
        /// Tensor x = new([-2.5f]);
        /// x.Sign();   // = -1
        /// Math.Sign(-2.5);   // = -1
        /// </code></example>
        public Tensor Sign() => Unary<Sign>.Apply(x);
    }
}
