using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Absolute value: y = |x|; its derivative at 0 is taken as 0.</summary>
public readonly struct Abs : IUnaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => V.Abs(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> =>
        V.WherePositive(x, dy, V.WherePositive(-x, -dy, 0));
}

/// <summary>Gives tensors the operation <see cref="Abs"/>.</summary>
public static class AbsExtensions
{
    extension(Tensor x)
    {
        /// <summary>|x| of every element.</summary>
        /// <example><code>
        /// new Tensor([-3, 2], [2]).Abs();   // = [3, 2]
        /// </code></example>
        public Tensor Abs() => Unary<Abs>.Apply(x);
    }
}
