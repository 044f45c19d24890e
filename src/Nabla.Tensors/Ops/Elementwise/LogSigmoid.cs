using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>
/// Logarithm of the sigmoid: y = log σ(x) = −log(1 + e⁻ˣ), as min(x, 0) − log(1 + e^(−|x|)), which neither overflows
/// nor loses digits.
/// </summary>
public readonly struct LogSigmoid : IUnaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => V.Min(x, 0) - V.Log1p(V.Exp(-V.Abs(x)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> => dy / (1 + V.Exp(x));
}

/// <summary>Gives tensors the operation <see cref="LogSigmoid"/>.</summary>
public static class LogSigmoidExtensions
{
    extension(Tensor x)
    {
        /// <summary>log σ(x) of every element.</summary>
        /// <example><code>
        /// Tensor x = new([0.5f]);
        /// x.LogSigmoid();   // = -0.47408
        /// Math.Log(1 / (1 + Math.Exp(-0.5)));   // = -0.47408
        /// </code></example>
        public Tensor LogSigmoid() => Unary<LogSigmoid>.Apply(x);
    }
}
