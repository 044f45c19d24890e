using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>ReLU with a learned slope: y = a for a &gt; 0, else b·a. He et al. 2015, arXiv:1502.01852.</summary>
public readonly struct PRelu : IBinaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V a, V b) where V : struct, IReal<V> => V.WherePositive(a, a, b * a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BackwardA<V>(V a, V b, V y, V dy) where V : struct, IReal<V> => V.WherePositive(a, dy, b * dy);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BackwardB<V>(V a, V b, V y, V dy) where V : struct, IReal<V> => V.WherePositive(a, 0, a * dy);
}

/// <summary>Gives tensors the operation <see cref="PRelu"/>.</summary>
public static class PReluExtensions
{
    extension(Tensor x)
    {
        /// <summary>
        /// x where it is positive, slope·x elsewhere; the slope broadcasts: [1], or [C, 1, 1] for x [B, C, H, W].
        /// </summary>
        /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
        /// <example><code>
        /// Tensor x = new([-2f]), slope = new([0.25f]);
        /// x.PRelu(slope);   // = -0.5
        /// 0.25 * -2;   // = -0.5
        /// </code></example>
        public Tensor PRelu(Tensor slope) => Binary<PRelu>.Apply(x, slope);
    }
}
