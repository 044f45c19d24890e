using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>
/// Inverse hyperbolic cosine: y = log(x + √(x² − 1)), x ≥ 1; NaN below. As √(x − 1)·√(x + 1), so that a large x does
/// not overflow, and a negative one stays NaN.
/// </summary>
public readonly struct Acosh : IUnaryOp
{
    /// <inheritdoc/>
    public static (double Low, double High) Domain => (1.1, 4);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> =>
        V.Log1p(x - 1 + V.Sqrt(x - 1) * V.Sqrt(x + 1));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> =>
        dy / (V.Sqrt(x - 1) * V.Sqrt(x + 1));
}

/// <summary>Gives tensors the operation <see cref="Acosh"/>.</summary>
public static class AcoshExtensions
{
    extension(Tensor x)
    {
        /// <summary>The number, 0 or more, whose hyperbolic cosine is x, of every element.</summary>
        /// <example><code>
        /// Tensor x = new([2f]);
        /// x.Acosh();   // = 1.317
        /// Math.Log(2 + Math.Sqrt(2 * 2 - 1));   // = 1.317
        /// </code></example>
        public Tensor Acosh() => Unary<Acosh>.Apply(x);
    }
}
