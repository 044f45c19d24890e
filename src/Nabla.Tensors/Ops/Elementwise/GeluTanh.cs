using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>
/// GELU by tanh, as GPT-2 uses it: y = ½x·(1 + tanh(√(2/π)·(x + 0.044715x³))). Hendrycks and Gimpel 2016, section 2.
/// </summary>
public readonly struct GeluTanh : IUnaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> =>
        0.5 * x * (1 + V.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V>
    {
        V t = V.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x));
        V inner = Math.Sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * x * x);
        return dy * 0.5 * (1 + t + x * (1 - t * t) * inner);
    }
}

/// <summary>Gives tensors the operation <see cref="GeluTanh"/>.</summary>
public static class GeluTanhExtensions
{
    extension(Tensor x)
    {
        /// <summary>GELU of every element by its tanh approximation (error below 5e-4).</summary>
        public Tensor GeluTanh() => Unary<GeluTanh>.Apply(x);
    }
}
