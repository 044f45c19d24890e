using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Limits: y = min(max(x, low), high). dL/dx = dy where low ≤ x ≤ high, else 0.</summary>
/// <param name="Low">The smallest result; −∞ for none.</param>
/// <param name="High">The largest result; ∞ for none.</param>
public readonly record struct Clamp(double Low, double High) : IParametricOp<Clamp>
{
    /// <inheritdoc/>
    public static IReadOnlyList<Clamp> Samples =>
        [new(-1, 2), new(double.NegativeInfinity, 0.5), new(0, double.PositiveInfinity)];

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, IReal<V> => V.Min(V.Max(x, Low), High);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> =>
        V.WherePositive(Low - x, 0, V.WherePositive(x - High, 0, dy));
}

/// <summary>Gives tensors the operation <see cref="Clamp"/>.</summary>
public static class ClampExtensions
{
    extension(Tensor x)
    {
        /// <summary>Every element, but at least <paramref name="min"/> and at most <paramref name="max"/>.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The limits are NaN, or min is above max.</exception>
        /// <example><code>
        /// Tensor x = new([2.5f]);
        /// x.Clamp(-1, 2);   // = 2
        /// Math.Min(Math.Max(2.5, -1), 2);   // = 2
        /// </code></example>
        public Tensor Clamp(double? min = null, double? max = null)
        {
            double low = min ?? double.NegativeInfinity, high = max ?? double.PositiveInfinity;
            if (!(low <= high))
                throw new ArgumentOutOfRangeException(
                    nameof(min), $"Clamp: no number is both at least {low} and at most {high}; exchange the limits.");
            return Parametric<Clamp>.Apply(new(low, high), x);
        }
    }
}
