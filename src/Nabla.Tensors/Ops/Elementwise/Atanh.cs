using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Inverse hyperbolic tangent: y = ½·log((1 + x)/(1 − x)), x in (−1, 1); ±∞ at ±1, NaN beyond.</summary>
public readonly struct Atanh : IUnaryOp
{
    /// <inheritdoc/>
    public static (double Low, double High) Domain => (-0.9, 0.4);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => 0.5 * (V.Log1p(x) - V.Log1p(-x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> => dy / ((1 - x) * (1 + x));
}

/// <summary>Gives tensors the operation <see cref="Atanh"/>.</summary>
public static class AtanhExtensions
{
    extension(Tensor x)
    {
        /// <summary>The number whose hyperbolic tangent is x, of every element.</summary>
        /// <example><code>
        /// Tensor x = new([0.5f]);
        /// x.Atanh();   // = 0.54931
        /// 0.5 * Math.Log(1.5 / 0.5);   // = 0.54931
        /// </code></example>
        public Tensor Atanh() => Unary<Atanh>.Apply(x);
    }
}
