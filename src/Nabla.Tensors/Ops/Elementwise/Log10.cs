using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Decimal logarithm: y = log₁₀ x = log x / log 10; −∞ at 0, NaN below.</summary>
public readonly struct Log10 : IUnaryOp
{
    private const double Log10E = 0.43429448190325183;

    /// <inheritdoc/>
    public static (double Low, double High) Domain => (0.1, 4);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => V.Log10(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> => dy * Log10E / x;
}

/// <summary>Gives tensors the operation <see cref="Log10"/>.</summary>
public static class Log10Extensions
{
    extension(Tensor x)
    {
        /// <summary>log₁₀ x of every element.</summary>
        /// <example><code>
        /// Tensor x = new([2f]);
        /// x.Log10();   // = 0.30103
        /// Math.Log(2) / Math.Log(10);   // = 0.30103
        /// </code></example>
        public Tensor Log10() => Unary<Log10>.Apply(x);
    }
}
