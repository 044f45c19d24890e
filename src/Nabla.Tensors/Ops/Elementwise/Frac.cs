using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Fraction: y = x − trunc x, with the sign of x. dL/dx = dy.</summary>
public readonly struct Frac : IUnaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => x - V.WherePositive(x, V.Floor(x), -V.Floor(-x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> => dy;
}

/// <summary>Gives tensors the operation <see cref="Frac"/>.</summary>
public static class FracExtensions
{
    extension(Tensor x)
    {
        /// <summary>The fraction of every element, with its sign.</summary>
        /// <example><code>
        /// Tensor x = new([-2.5f]);
        /// x.Frac();   // = -0.5
        /// -2.5 - Math.Truncate(-2.5);   // = -0.5
        /// </code></example>
        public Tensor Frac() => Unary<Frac>.Apply(x);
    }
}
