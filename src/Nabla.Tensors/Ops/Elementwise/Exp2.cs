using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Power of two: y = 2ˣ.</summary>
public readonly struct Exp2 : IUnaryOp
{
    private const double Ln2 = 0.69314718055994531;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => V.Pow(2, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> => dy * y * Ln2;
}

/// <summary>Gives tensors the operation <see cref="Exp2"/>.</summary>
public static class Exp2Extensions
{
    extension(Tensor x)
    {
        /// <summary>2ˣ of every element.</summary>
        /// <example><code>
        /// Tensor x = new([0.5f]);
        /// x.Exp2();   // = 1.4142
        /// Math.Pow(2, 0.5);   // = 1.4142
        /// </code></example>
        public Tensor Exp2() => Unary<Exp2>.Apply(x);
    }
}
