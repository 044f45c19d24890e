using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Exponential: y = eˣ.</summary>
public readonly struct Exp : IUnaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => V.Exp(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> => dy * y;
}

/// <summary>Gives tensors the operation <see cref="Exp"/>.</summary>
public static class ExpExtensions
{
    extension(Tensor x)
    {
        /// <summary>eˣ of every element.</summary>
        /// <example><code>
        /// new Tensor([1f], [1]).Exp();   // = 2.71828
        /// </code></example>
        public Tensor Exp() => Unary<Exp>.Apply(x);
    }
}
