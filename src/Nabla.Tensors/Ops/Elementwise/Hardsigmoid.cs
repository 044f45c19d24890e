using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>
/// Hard sigmoid: y = min(max(x + 3, 0), 6)/6; the derivative at ±3 is taken as 0. Courbariaux et al. 2015,
/// arXiv:1511.00363, with the slope of Howard et al. 2019.
/// </summary>
public readonly struct Hardsigmoid : IUnaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => V.Min(V.Max(x + 3, 0), 6) * (1 / 6.0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> =>
        V.WherePositive(x + 3, V.WherePositive(3 - x, dy * (1 / 6.0), 0), 0);
}

/// <summary>Gives tensors the operation <see cref="Hardsigmoid"/>.</summary>
public static class HardsigmoidExtensions
{
    extension(Tensor x)
    {
        /// <summary>min(max(x + 3, 0), 6)/6 of every element.</summary>
        /// <example><code>
        /// Tensor x = new([0.5f]);
        /// x.Hardsigmoid();   // = 0.58333
        /// Math.Min(Math.Max(0.5 + 3, 0), 6) / 6;   // = 0.58333
        /// </code></example>
        public Tensor Hardsigmoid() => Unary<Hardsigmoid>.Apply(x);
    }
}
