using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Rectified linear unit: y = max(x, 0). Nair and Hinton 2010; the derivative at 0 is taken as 0.</summary>
public readonly struct Relu : IUnaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => V.Max(x, 0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> => V.WherePositive(x, dy, 0);
}

/// <summary>Gives tensors the operation <see cref="Relu"/>.</summary>
public static class ReluExtensions
{
    extension(Tensor x)
    {
        /// <summary>max(x, 0) of every element.</summary>
        /// <example><code>
        /// new Tensor([-2, 3], [2]).Relu();   // = [0, 3]
        /// </code></example>
        public Tensor Relu() => Unary<Relu>.Apply(x);
    }
}
