using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Truncation: y = sign(x)·⌊|x|⌋, x without its fraction. dL/dx = 0.</summary>
public readonly struct Trunc : IUnaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => V.WherePositive(x, V.Floor(x), -V.Floor(-x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> => 0;
}

/// <summary>Gives tensors the operation <see cref="Trunc"/>.</summary>
public static class TruncExtensions
{
    extension(Tensor x)
    {
        /// <summary>Every element without its fraction.</summary>
        /// <example><code>
        /// Tensor x = new([-2.5f]);
        /// x.Trunc();   // = -2
        /// Math.Truncate(-2.5);   // = -2
        /// </code></example>
        public Tensor Trunc() => Unary<Trunc>.Apply(x);
    }
}
