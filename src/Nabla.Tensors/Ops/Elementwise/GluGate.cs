using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>
/// GLU's middle: y = a·σ(b), as much of a as the gate b lets through. Dauphin et al. 2017, arXiv:1612.08083.
/// </summary>
public readonly struct GluGate : IBinaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V a, V b) where V : struct, IReal<V> => a / (1 + V.Exp(-b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BackwardA<V>(V a, V b, V y, V dy) where V : struct, IReal<V> => dy / (1 + V.Exp(-b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BackwardB<V>(V a, V b, V y, V dy) where V : struct, IReal<V>
    {
        V s = 1 / (1 + V.Exp(-b));
        return dy * a * s * (1 - s);
    }
}

/// <summary>Gives tensors the operation <see cref="GluGate"/>.</summary>
public static class GluGateExtensions
{
    extension(Tensor x)
    {
        /// <summary>
        /// GLU: a·σ(b) of the two halves a and b of dimension <paramref name="dim"/>, whose size goes from 2n to n.
        /// </summary>
        /// <exception cref="ArgumentException">The size of the dimension is odd.</exception>
        /// <example><code>
        /// Tensor x = new([3f, 0.5f]);
        /// x.Glu();   // = 1.8674
        /// 3 / (1 + Math.Exp(-0.5));   // = 1.8674
        /// </code></example>
        public Tensor Glu(int dim = -1)
        {
            int d = x.Shape.Dimension(dim, "Glu"), half = x.Shape[d] / 2;
            return x.Shape[d] % 2 == 0
                ? Binary<GluGate>.Apply(x.Slice(d, 0, half), x.Slice(d, half, half))
                : throw new ArgumentException(
                    $"Glu: dimension {dim} of {x.Shape} has the odd size {x.Shape[d]}; it falls into two halves.");
        }
    }
}
