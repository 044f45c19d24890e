using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Mish: y = x·tanh(log(1 + eˣ)). Misra 2019, arXiv:1908.08681.</summary>
public readonly struct Mish : IUnaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => x * V.Tanh(V.Max(x, 0) + V.Log1p(V.Exp(-V.Abs(x))));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V>
    {
        V t = V.Tanh(V.Max(x, 0) + V.Log1p(V.Exp(-V.Abs(x))));
        return dy * (t + x * (1 - t * t) / (1 + V.Exp(-x)));
    }
}

/// <summary>Gives tensors the operation <see cref="Mish"/>.</summary>
public static class MishExtensions
{
    extension(Tensor x)
    {
        /// <summary>x·tanh(log(1 + eˣ)) of every element.</summary>
        /// <example><code>
        /// Tensor x = new([0.5f]);
        /// x.Mish();   // = 0.37525
        /// 0.5 * Math.Tanh(Math.Log(1 + Math.Exp(0.5)));   // = 0.37525
        /// </code></example>
        public Tensor Mish() => Unary<Mish>.Apply(x);
    }
}
