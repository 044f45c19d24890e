using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>
/// GELU by tanh, as GPT-2 uses it: y = ½x·(1 + tanh u) with u = √(2/π)·(x + 0.044715x³), which is x / (1 + e^(−2u)).
/// Hendrycks and Gimpel 2016, section 2.
/// </summary>
public readonly struct GeluTanh : IUnaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => x / (1 + V.Exp(x * Slope(x, 0.044715)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V>
    {
        V s = 1 / (1 + V.Exp(x * Slope(x, 0.044715)));
        return dy * s * (1 - x * (1 - s) * Slope(x, 3 * 0.044715));
    }

    /// <summary>−2√(2/π)·(1 + c·x²).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Slope<V>(V x, double c) where V : struct, IReal<V>
    {
        double scale = -2 * Math.Sqrt(2 / Math.PI);
        return V.MultiplyAdd(x * x, scale * c, scale);
    }
}

/// <summary>Gives tensors the operation <see cref="GeluTanh"/>.</summary>
public static class GeluTanhExtensions
{
    extension(Tensor x)
    {
        /// <summary>GELU of every element by its tanh approximation (error below 5e-4).</summary>
        /// <example><code>
        /// new Tensor([1f], [1]).GeluTanh();                                             // = 0.84119
        /// 0.5 * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (1 + 0.044715)));               // = 0.84119
        /// </code></example>
        public Tensor GeluTanh() => Unary<GeluTanh>.Apply(x);
    }
}
