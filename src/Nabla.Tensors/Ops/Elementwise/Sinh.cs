using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Hyperbolic sine: y = (eˣ − e⁻ˣ)/2, exact near 0 too; ±∞ beyond ±88.7.</summary>
public readonly struct Sinh : IUnaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => 0.5 * (V.Expm1(x) - V.Expm1(-x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> => dy * (0.5 * (V.Exp(x) + V.Exp(-x)));
}

/// <summary>Gives tensors the operation <see cref="Sinh"/>.</summary>
public static class SinhExtensions
{
    extension(Tensor x)
    {
        /// <summary>sinh x of every element.</summary>
        /// <example><code>
        /// Tensor x = new([0.5f]);
        /// x.Sinh();   // = 0.5211
        /// (Math.Exp(0.5) - Math.Exp(-0.5)) / 2;   // = 0.5211
        /// </code></example>
        public Tensor Sinh() => Unary<Sinh>.Apply(x);
    }
}
