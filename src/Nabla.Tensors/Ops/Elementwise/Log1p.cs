using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Logarithm of one more: y = log(1 + x), exact near 0 too; −∞ at −1, NaN below.</summary>
public readonly struct Log1p : IUnaryOp
{
    /// <inheritdoc/>
    public static (double Low, double High) Domain => (-0.9, 4);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => V.Log1p(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> => dy / (1 + x);
}

/// <summary>Gives tensors the operation <see cref="Log1p"/>.</summary>
public static class Log1pExtensions
{
    extension(Tensor x)
    {
        /// <summary>log(1 + x) of every element.</summary>
        /// <example><code>
        /// Tensor x = new([0.5f]);
        /// x.Log1p();   // = 0.40547
        /// Math.Log(1 + 0.5);   // = 0.40547
        /// </code></example>
        public Tensor Log1p() => Unary<Log1p>.Apply(x);
    }
}
