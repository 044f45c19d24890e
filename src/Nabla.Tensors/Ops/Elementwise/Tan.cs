using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Tangent: y = tan x = sin x / cos x, x in radians.</summary>
public readonly struct Tan : IUnaryOp
{
    /// <inheritdoc/>
    public static (double Low, double High) Domain => (-1.3, 0.8);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => V.Sin(x) / V.Cos(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> => dy * (1 + y * y);
}

/// <summary>Gives tensors the operation <see cref="Tan"/>.</summary>
public static class TanExtensions
{
    extension(Tensor x)
    {
        /// <summary>tan x of every element, in radians.</summary>
        /// <example><code>
        /// Tensor x = new([0.5f]);
        /// x.Tan();   // = 0.5463
        /// Math.Sin(0.5) / Math.Cos(0.5);   // = 0.5463
        /// </code></example>
        public Tensor Tan() => Unary<Tan>.Apply(x);
    }
}
