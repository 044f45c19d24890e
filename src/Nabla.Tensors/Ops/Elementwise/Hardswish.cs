using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Hard swish: y = x·min(max(x + 3, 0), 6)/6. Howard et al. 2019, arXiv:1905.02244.</summary>
public readonly struct Hardswish : IUnaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => x * V.Min(V.Max(x + 3, 0), 6) * (1 / 6.0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> =>
        V.WherePositive(x + 3, V.WherePositive(3 - x, dy * (2 * x + 3) * (1 / 6.0), dy), 0);
}

/// <summary>Gives tensors the operation <see cref="Hardswish"/>.</summary>
public static class HardswishExtensions
{
    extension(Tensor x)
    {
        /// <summary>x·min(max(x + 3, 0), 6)/6 of every element.</summary>
        /// <example><code>
        /// Tensor x = new([0.5f]);
        /// x.Hardswish();   // = 0.29167
        /// 0.5 * Math.Min(Math.Max(0.5 + 3, 0), 6) / 6;   // = 0.29167
        /// </code></example>
        public Tensor Hardswish() => Unary<Hardswish>.Apply(x);
    }
}
