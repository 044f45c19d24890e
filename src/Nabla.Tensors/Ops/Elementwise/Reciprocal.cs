using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Reciprocal: y = 1/x; ±∞ at ±0.</summary>
public readonly struct Reciprocal : IUnaryOp
{
    /// <inheritdoc/>
    public static (double Low, double High) Domain => (0.1, 4);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => 1 / x;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> => -dy * y * y;
}

/// <summary>Gives tensors the operation <see cref="Reciprocal"/>.</summary>
public static class ReciprocalExtensions
{
    extension(Tensor x)
    {
        /// <summary>1/x of every element.</summary>
        /// <example><code>
        /// Tensor x = new([4f]);
        /// x.Reciprocal();   // = 0.25
        /// 1 / 4.0;   // = 0.25
        /// </code></example>
        public Tensor Reciprocal() => Unary<Reciprocal>.Apply(x);
    }
}
