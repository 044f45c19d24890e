using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Hyperbolic cosine: y = (eˣ + e⁻ˣ)/2; ∞ beyond ±88.7.</summary>
public readonly struct Cosh : IUnaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => 0.5 * (V.Exp(x) + V.Exp(-x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> => dy * (0.5 * (V.Expm1(x) - V.Expm1(-x)));
}

/// <summary>Gives tensors the operation <see cref="Cosh"/>.</summary>
public static class CoshExtensions
{
    extension(Tensor x)
    {
        /// <summary>cosh x of every element.</summary>
        /// <example><code>
        /// Tensor x = new([0.5f]);
        /// x.Cosh();   // = 1.1276
        /// (Math.Exp(0.5) + Math.Exp(-0.5)) / 2;   // = 1.1276
        /// </code></example>
        public Tensor Cosh() => Unary<Cosh>.Apply(x);
    }
}
