using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Logistic sigmoid: y = σ(x) = 1/(1 + e⁻ˣ), in [0, 1].</summary>
public readonly struct Sigmoid : IUnaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => 1 / (1 + V.Exp(-x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> => dy * y * (1 - y);
}

/// <summary>Gives tensors the operation <see cref="Sigmoid"/>.</summary>
public static class SigmoidExtensions
{
    extension(Tensor x)
    {
        /// <summary>σ(x) of every element.</summary>
        /// <example><code>
        /// new Tensor([0.5f], [1]).Sigmoid();   // = 0.6225
        /// 1 / (1 + Math.Exp(-0.5));            // = 0.6225
        /// </code></example>
        public Tensor Sigmoid() => Unary<Sigmoid>.Apply(x);
    }
}
