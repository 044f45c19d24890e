using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Tanh shrinkage: y = x − tanh x.</summary>
public readonly struct Tanhshrink : IUnaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => x - V.Tanh(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V>
    {
        V t = V.Tanh(x);
        return dy * t * t;
    }
}

/// <summary>Gives tensors the operation <see cref="Tanhshrink"/>.</summary>
public static class TanhshrinkExtensions
{
    extension(Tensor x)
    {
        /// <summary>x − tanh x of every element.</summary>
        /// <example><code>
        /// Tensor x = new([0.5f]);
        /// x.Tanhshrink();   // = 0.037883
        /// 0.5 - Math.Tanh(0.5);   // = 0.037883
        /// </code></example>
        public Tensor Tanhshrink() => Unary<Tanhshrink>.Apply(x);
    }
}
