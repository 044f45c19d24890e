using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Rounding: y is the whole number nearest x, of two as near the even one. dL/dx = 0.</summary>
public readonly struct Round : IUnaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => V.Round(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> => 0;
}

/// <summary>Gives tensors the operation <see cref="Round"/>.</summary>
public static class RoundExtensions
{
    extension(Tensor x)
    {
        /// <summary>The whole number nearest every element, of two as near the even one.</summary>
        /// <example><code>
        /// Tensor x = new([2.5f]);
        /// x.Round();   // = 2
        /// Math.Round(2.5);   // = 2
        /// </code></example>
        public Tensor Round() => Unary<Round>.Apply(x);
    }
}
