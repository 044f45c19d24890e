using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>SiLU, also called swish: y = x·σ(x). Elfwing et al. 2017, arXiv:1702.03118.</summary>
public readonly struct Silu : IUnaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => x / (1 + V.Exp(-x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V>
    {
        V s = 1 / (1 + V.Exp(-x));
        return dy * (s + y * (1 - s));
    }
}

/// <summary>Gives tensors the operation <see cref="Silu"/>.</summary>
public static class SiluExtensions
{
    extension(Tensor x)
    {
        /// <summary>x·σ(x) of every element.</summary>
        /// <example><code>
        /// new Tensor([2f], [1]).Silu();   // = 1.76159
        /// 2 / (1 + Math.Exp(-2));         // = 1.76159
        /// </code></example>
        public Tensor Silu() => Unary<Silu>.Apply(x);
    }
}
