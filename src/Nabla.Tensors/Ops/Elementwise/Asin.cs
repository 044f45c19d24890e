using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Arc sine: y = asin x = atan(x/√(1 − x²)) in [−π/2, π/2]; NaN outside of −1 … 1.</summary>
public readonly struct Asin : IUnaryOp
{
    /// <inheritdoc/>
    public static (double Low, double High) Domain => (-0.9, 0.4);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => V.Atan(x / V.Sqrt((1 - x) * (1 + x)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> => dy / V.Sqrt((1 - x) * (1 + x));
}

/// <summary>Gives tensors the operation <see cref="Asin"/>.</summary>
public static class AsinExtensions
{
    extension(Tensor x)
    {
        /// <summary>The angle in [−π/2, π/2] whose sine is x, of every element.</summary>
        /// <example><code>
        /// Tensor x = new([0.5f]);
        /// x.Asin();   // = 0.5236
        /// Math.Asin(0.5);   // = 0.5236
        /// </code></example>
        public Tensor Asin() => Unary<Asin>.Apply(x);
    }
}
