using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>
/// GELU: y = x·Φ(x), Φ the distribution function of N(0, 1). Hendrycks and Gimpel 2016, arXiv:1606.08415.
/// </summary>
public readonly struct Gelu : IUnaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => 0.5 * x * (1 + V.Erf(x * (1 / Math.Sqrt(2))));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V>
    {
        V cdf = 0.5 * (1 + V.Erf(x * (1 / Math.Sqrt(2))));
        V density = V.Exp(-0.5 * x * x) * (1 / Math.Sqrt(2 * Math.PI));
        return dy * (cdf + x * density);
    }
}

/// <summary>Gives tensors the operation <see cref="Gelu"/>.</summary>
public static class GeluExtensions
{
    extension(Tensor x)
    {
        /// <summary>x·Φ(x) of every element, exact.</summary>
        /// <example><code>
        /// new Tensor([1f], [1]).Gelu();   // = 0.84134
        /// </code></example>
        public Tensor Gelu() => Unary<Gelu>.Apply(x);
    }
}
