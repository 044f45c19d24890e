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
        public Tensor Sigmoid() => Unary<Sigmoid>.Apply(x);
    }
}
