using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>
/// ReLU that stops at 6: y = min(max(x, 0), 6); the derivative at 0 and 6 is taken as 0. Krizhevsky 2010,
/// <i>Convolutional Deep Belief Networks on CIFAR-10</i>.
/// </summary>
public readonly struct Relu6 : IUnaryOp
{
    /// <inheritdoc/>
    public static (double Low, double High) Domain => (-4, 8);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => V.Min(V.Max(x, 0), 6);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> =>
        V.WherePositive(x, V.WherePositive(6 - x, dy, 0), 0);
}

/// <summary>Gives tensors the operation <see cref="Relu6"/>.</summary>
public static class Relu6Extensions
{
    extension(Tensor x)
    {
        /// <summary>min(max(x, 0), 6) of every element.</summary>
        /// <example><code>
        /// Tensor x = new([7.5f]);
        /// x.Relu6();   // = 6
        /// Math.Min(Math.Max(7.5, 0), 6);   // = 6
        /// </code></example>
        public Tensor Relu6() => Unary<Relu6>.Apply(x);
    }
}
