using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Ceiling: y = ⌈x⌉ = −⌊−x⌋, the smallest whole number that is not below x. dL/dx = 0.</summary>
public readonly struct Ceil : IUnaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => -V.Floor(-x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> => 0;
}

/// <summary>Gives tensors the operation <see cref="Ceil"/>.</summary>
public static class CeilExtensions
{
    extension(Tensor x)
    {
        /// <summary>⌈x⌉ of every element.</summary>
        /// <example><code>
        /// Tensor x = new([-2.5f]);
        /// x.Ceil();   // = -2
        /// -Math.Floor(2.5);   // = -2
        /// </code></example>
        public Tensor Ceil() => Unary<Ceil>.Apply(x);
    }
}
