using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>
/// SELU: y = λ·x for x &gt; 0, else λ·α·(eˣ − 1), λ = 1.0507…, α = 1.6732…: mean 0 and variance 1 are a fixed point.
/// Klambauer et al. 2017, arXiv:1706.02515.
/// </summary>
public readonly struct Selu : IUnaryOp
{
    private const double Scale = 1.0507009873554804934193349852946, Alpha = 1.6732632423543772848170429916717;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> =>
        V.WherePositive(x, Scale * x, Scale * Alpha * V.Expm1(x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> =>
        V.WherePositive(y, Scale * dy, dy * (y + Scale * Alpha));
}

/// <summary>Gives tensors the operation <see cref="Selu"/>.</summary>
public static class SeluExtensions
{
    extension(Tensor x)
    {
        /// <summary>SELU of every element.</summary>
        /// <example><code>
        /// Tensor x = new([-0.5f]);
        /// x.Selu();   // = -0.69176
        /// 1.0507009873554805 * 1.6732632423543773 * (Math.Exp(-0.5) - 1);   // = -0.69176
        /// </code></example>
        public Tensor Selu() => Unary<Selu>.Apply(x);
    }
}
