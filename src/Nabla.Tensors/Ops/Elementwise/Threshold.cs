using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Threshold: y = x where it is above the limit, else a value; NaN stays.</summary>
/// <param name="Limit">Where x begins to count.</param>
/// <param name="Value">What stands for the others.</param>
public readonly record struct Threshold(double Limit, double Value) : IParametricOp<Threshold>
{
    /// <inheritdoc/>
    public static IReadOnlyList<Threshold> Samples => [new(0.5, -7), new(-1, 20)];

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, IReal<V> =>
        V.WherePositive(x - Limit, x, V.WherePositive(V.Abs(x) + 1, Value, x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> => V.WherePositive(x - Limit, dy, 0);
}

/// <summary>Gives tensors the operation <see cref="Threshold"/>.</summary>
public static class ThresholdExtensions
{
    extension(Tensor x)
    {
        /// <summary>x where it is above <paramref name="threshold"/>, <paramref name="value"/> elsewhere.</summary>
        /// <example><code>
        /// Tensor x = new([0.25f]);
        /// x.Threshold(0.5, -7);   // = -7
        /// 0.25 &gt; 0.5 ? 0.25 : -7;   // = -7
        /// </code></example>
        public Tensor Threshold(double threshold, double value) =>
            Parametric<Threshold>.Apply(new(threshold, value), x);
    }
}
