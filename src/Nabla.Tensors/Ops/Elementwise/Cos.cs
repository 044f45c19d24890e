using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Cosine: y = cos x, x in radians.</summary>
public readonly struct Cos : IUnaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => V.Cos(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> => -dy * V.Sin(x);
}

/// <summary>Gives tensors the operation <see cref="Cos"/>.</summary>
public static class CosExtensions
{
    extension(Tensor x)
    {
        /// <summary>cos x of every element, in radians.</summary>
        /// <example><code>
        /// Tensor x = new([0.5f]);
        /// x.Cos();   // = 0.87758
        /// Math.Cos(0.5);   // = 0.87758
        /// </code></example>
        public Tensor Cos() => Unary<Cos>.Apply(x);
    }
}
