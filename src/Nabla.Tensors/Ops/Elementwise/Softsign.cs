using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Softsign: y = x/(1 + |x|), in (−1, 1). Bergstra et al. 2009.</summary>
public readonly struct Softsign : IUnaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => x / (1 + V.Abs(x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V>
    {
        V d = 1 + V.Abs(x);
        return dy / (d * d);
    }
}

/// <summary>Gives tensors the operation <see cref="Softsign"/>.</summary>
public static class SoftsignExtensions
{
    extension(Tensor x)
    {
        /// <summary>x/(1 + |x|) of every element.</summary>
        /// <example><code>
        /// Tensor x = new([-0.5f]);
        /// x.Softsign();   // = -0.33333
        /// -0.5 / (1 + Math.Abs(-0.5));   // = -0.33333
        /// </code></example>
        public Tensor Softsign() => Unary<Softsign>.Apply(x);
    }
}
