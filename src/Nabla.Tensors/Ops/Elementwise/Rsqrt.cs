using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Reciprocal root: y = 1/√x; ∞ at 0, NaN below.</summary>
public readonly struct Rsqrt : IUnaryOp
{
    /// <inheritdoc/>
    public static (double Low, double High) Domain => (0.2, 4);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => 1 / V.Sqrt(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> => -0.5 * dy * y * y * y;
}

/// <summary>Gives tensors the operation <see cref="Rsqrt"/>.</summary>
public static class RsqrtExtensions
{
    extension(Tensor x)
    {
        /// <summary>1/√x of every element.</summary>
        /// <example><code>
        /// Tensor x = new([4f]);
        /// x.Rsqrt();   // = 0.5
        /// 1 / Math.Sqrt(4);   // = 0.5
        /// </code></example>
        public Tensor Rsqrt() => Unary<Rsqrt>.Apply(x);
    }
}
