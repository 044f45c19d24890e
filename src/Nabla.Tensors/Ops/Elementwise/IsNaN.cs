using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Whether x is not a number: y = 1 for NaN, else 0. dL/dx = 0.</summary>
public readonly struct IsNaN : IUnaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => V.WherePositive(V.Abs(x) + 1, 0, 1);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> => 0;
}

/// <summary>Gives tensors the operation <see cref="IsNaN"/>.</summary>
public static class IsNaNExtensions
{
    extension(Tensor x)
    {
        /// <summary>1 for every element that is not a number, 0 for the others.</summary>
        /// <example><code>
        /// Tensor x = new([0.5f]);
        /// x.IsNaN();   // = 0
        /// double.IsNaN(0.5) ? 1 : 0;   // = 0
        /// </code></example>
        public Tensor IsNaN() => Unary<IsNaN>.Apply(x);
    }
}
