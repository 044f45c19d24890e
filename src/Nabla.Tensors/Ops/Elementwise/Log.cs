using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Natural logarithm: y = log x; −∞ at 0, NaN below.</summary>
public readonly struct Log : IUnaryOp
{
    /// <inheritdoc/>
    public static (double Low, double High) Domain => (0.1, 4);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => V.Log(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> => dy / x;
}

/// <summary>Gives tensors the operation <see cref="Log"/>.</summary>
public static class LogExtensions
{
    extension(Tensor x)
    {
        /// <summary>log x of every element.</summary>
        /// <example><code>
        /// new Tensor([10f], [1]).Log();   // = 2.30259
        /// </code></example>
        public Tensor Log() => Unary<Log>.Apply(x);
    }
}
