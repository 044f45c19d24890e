using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>
/// Inverse hyperbolic sine: y = log(x + √(x² + 1)), as ±log(1 + a + a/(1/a + √(1 + 1/a²))) with a = |x|, in which
/// nothing cancels or overflows.
/// </summary>
public readonly struct Asinh : IUnaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V>
    {
        V a = V.Abs(x), inverse = 1 / a;
        V y = V.Log1p(a + a / (inverse + V.Sqrt(1 + inverse * inverse)));
        return V.WherePositive(-x, -y, y);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> => dy / V.Sqrt(1 + x * x);
}

/// <summary>Gives tensors the operation <see cref="Asinh"/>.</summary>
public static class AsinhExtensions
{
    extension(Tensor x)
    {
        /// <summary>The number whose hyperbolic sine is x, of every element.</summary>
        /// <example><code>
        /// Tensor x = new([0.5f]);
        /// x.Asinh();   // = 0.48121
        /// Math.Log(0.5 + Math.Sqrt(0.5 * 0.5 + 1));   // = 0.48121
        /// </code></example>
        public Tensor Asinh() => Unary<Asinh>.Apply(x);
    }
}
