using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>
/// SwiGLU's middle: y = a·σ(a)·b, a gate a that lets through as much of b. Shazeer 2020, arXiv:2002.05202.
/// </summary>
public readonly struct SwiGlu : IBinaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V a, V b) where V : struct, IReal<V> => a / (1 + V.Exp(-a)) * b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BackwardA<V>(V a, V b, V y, V dy) where V : struct, IReal<V>
    {
        V s = 1 / (1 + V.Exp(-a));
        return dy * b * s * (1 + a * (1 - s));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BackwardB<V>(V a, V b, V y, V dy) where V : struct, IReal<V> => dy * (a / (1 + V.Exp(-a)));
}

/// <summary>Gives tensors the operation <see cref="SwiGlu"/>.</summary>
public static class SwiGluExtensions
{
    extension(Tensor gate)
    {
        /// <summary>silu(gate) ⊙ up, element by element, with broadcasting.</summary>
        /// <example><code>
        /// new Tensor([2f], [1]).SwiGlu(new Tensor([3f], [1]));   // = 5.2848
        /// 2 / (1 + Math.Exp(-2)) * 3;                            // = 5.2848
        /// </code></example>
        public Tensor SwiGlu(Tensor up) => Binary<SwiGlu>.Apply(gate, up);
    }
}
