using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Logit, the inverse of the sigmoid: y = log(x/(1 − x)), x in (0, 1); ±∞ at the ends, NaN outside.</summary>
public readonly struct Logit : IUnaryOp
{
    /// <inheritdoc/>
    public static (double Low, double High) Domain => (0.05, 0.45);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => V.Log(x) - V.Log1p(-x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> => dy / (x * (1 - x));
}

/// <summary>Gives tensors the operation <see cref="Logit"/>.</summary>
public static class LogitExtensions
{
    extension(Tensor x)
    {
        /// <summary>log(x/(1 − x)) of every element.</summary>
        /// <example><code>
        /// Tensor x = new([0.25f]);
        /// x.Logit();   // = -1.0986
        /// Math.Log(0.25 / 0.75);   // = -1.0986
        /// </code></example>
        public Tensor Logit() => Unary<Logit>.Apply(x);
    }
}
