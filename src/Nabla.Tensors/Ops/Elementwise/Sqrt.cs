using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Square root: y = √x; NaN below 0.</summary>
public readonly struct Sqrt : IUnaryOp
{
    /// <inheritdoc/>
    public static (double Low, double High) Domain => (0.1, 4);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => V.Sqrt(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> => dy / (2 * y);
}

/// <summary>Gives tensors the operation <see cref="Sqrt"/>.</summary>
public static class SqrtExtensions
{
    extension(Tensor x)
    {
        /// <summary>√x of every element.</summary>
        /// <example><code>
        /// new Tensor([9f], [1]).Sqrt();   // = 3
        /// </code></example>
        public Tensor Sqrt() => Unary<Sqrt>.Apply(x);
    }
}
