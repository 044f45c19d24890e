using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Exponential less one: y = eˣ − 1, exact near 0 too.</summary>
public readonly struct Expm1 : IUnaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => V.Expm1(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> => dy * (y + 1);
}

/// <summary>Gives tensors the operation <see cref="Expm1"/>.</summary>
public static class Expm1Extensions
{
    extension(Tensor x)
    {
        /// <summary>eˣ − 1 of every element.</summary>
        /// <example><code>
        /// Tensor x = new([0.5f]);
        /// x.Expm1();   // = 0.64872
        /// Math.Exp(0.5) - 1;   // = 0.64872
        /// </code></example>
        public Tensor Expm1() => Unary<Expm1>.Apply(x);
    }
}
