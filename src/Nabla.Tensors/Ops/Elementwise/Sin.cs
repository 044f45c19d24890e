using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Sine: y = sin x, x in radians.</summary>
public readonly struct Sin : IUnaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => V.Sin(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> => dy * V.Cos(x);
}

/// <summary>Gives tensors the operation <see cref="Sin"/>.</summary>
public static class SinExtensions
{
    extension(Tensor x)
    {
        /// <summary>sin x of every element, in radians.</summary>
        /// <example><code>
        /// Tensor x = new([0.5f]);
        /// x.Sin();   // = 0.47943
        /// Math.Sin(0.5);   // = 0.47943
        /// </code></example>
        public Tensor Sin() => Unary<Sin>.Apply(x);
    }
}
