using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Arc cosine: y = acos x = 2·atan √((1 − x)/(1 + x)) in [0, π]; NaN outside of −1 … 1.</summary>
public readonly struct Acos : IUnaryOp
{
    /// <inheritdoc/>
    public static (double Low, double High) Domain => (-0.9, 0.4);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => 2 * V.Atan(V.Sqrt((1 - x) / (1 + x)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> => -dy / V.Sqrt((1 - x) * (1 + x));
}

/// <summary>Gives tensors the operation <see cref="Acos"/>.</summary>
public static class AcosExtensions
{
    extension(Tensor x)
    {
        /// <summary>The angle in [0, π] whose cosine is x, of every element.</summary>
        /// <example><code>
        /// Tensor x = new([0.5f]);
        /// x.Acos();   // = 1.0472
        /// Math.Acos(0.5);   // = 1.0472
        /// </code></example>
        public Tensor Acos() => Unary<Acos>.Apply(x);
    }
}
