using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Hyperbolic tangent: y = tanh x, in [−1, 1].</summary>
public readonly struct Tanh : IUnaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => V.Tanh(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> => dy * (1 - y * y);
}

/// <summary>Gives tensors the operation <see cref="Tanh"/>.</summary>
public static class TanhExtensions
{
    extension(Tensor x)
    {
        /// <summary>tanh x of every element.</summary>
        /// <example><code>
        /// new Tensor([0.5f], [1]).Tanh();   // = 0.46212
        /// Math.Tanh(0.5);                   // = 0.46212
        /// </code></example>
        public Tensor Tanh() => Unary<Tanh>.Apply(x);
    }
}
