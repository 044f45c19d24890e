using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Whether x is finite: y = 1, or 0 for ±∞ and NaN. dL/dx = 0.</summary>
public readonly struct IsFinite : IUnaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> =>
        V.WherePositive(double.PositiveInfinity - V.Abs(x), 1, 0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> => 0;
}

/// <summary>Gives tensors the operation <see cref="IsFinite"/>.</summary>
public static class IsFiniteExtensions
{
    extension(Tensor x)
    {
        /// <summary>1 for every element that is finite, 0 for ±∞ and NaN.</summary>
        /// <example><code>
        /// Tensor x = new([0.5f]);
        /// x.IsFinite();   // = 1
        /// double.IsFinite(0.5) ? 1 : 0;   // = 1
        /// </code></example>
        public Tensor IsFinite() => Unary<IsFinite>.Apply(x);
    }
}
