using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Binary logarithm: y = log₂ x = log x / log 2; −∞ at 0, NaN below.</summary>
public readonly struct Log2 : IUnaryOp
{
    private const double Log2E = 1.4426950408889634;

    /// <inheritdoc/>
    public static (double Low, double High) Domain => (0.1, 4);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => V.Log2(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> => dy * Log2E / x;
}

/// <summary>Gives tensors the operation <see cref="Log2"/>.</summary>
public static class Log2Extensions
{
    extension(Tensor x)
    {
        /// <summary>log₂ x of every element.</summary>
        /// <example><code>
        /// Tensor x = new([8f]);
        /// x.Log2();   // = 3
        /// Math.Log(8) / Math.Log(2);   // = 3
        /// </code></example>
        public Tensor Log2() => Unary<Log2>.Apply(x);
    }
}
