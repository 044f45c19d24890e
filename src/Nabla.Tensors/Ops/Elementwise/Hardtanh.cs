using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>
/// Hard tanh: y = min(max(x, low), high); the derivative at the limits is taken as 0. Collobert 2004.
/// </summary>
/// <param name="Low">The smallest result.</param>
/// <param name="High">The largest result.</param>
public readonly record struct Hardtanh(double Low, double High) : IParametricOp<Hardtanh>
{
    /// <inheritdoc/>
    public static IReadOnlyList<Hardtanh> Samples => [new(-1, 1), new(-2, 0.5)];

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, IReal<V> => V.Min(V.Max(x, Low), High);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> =>
        V.WherePositive(x - Low, V.WherePositive(High - x, dy, 0), 0);
}

/// <summary>Gives tensors the operation <see cref="Hardtanh"/>.</summary>
public static class HardtanhExtensions
{
    extension(Tensor x)
    {
        /// <summary>min(max(x, min), max) of every element.</summary>
        /// <exception cref="ArgumentOutOfRangeException">A limit is NaN, or min is not below max.</exception>
        /// <example><code>
        /// Tensor x = new([-2.5f]);
        /// x.Hardtanh();   // = -1
        /// Math.Min(Math.Max(-2.5, -1), 1);   // = -1
        /// </code></example>
        public Tensor Hardtanh(double min = -1, double max = 1)
        {
            if (!(min < max))
                throw new ArgumentOutOfRangeException(
                    nameof(min), $"Hardtanh: min {min} must be below max {max}.");
            return Parametric<Hardtanh>.Apply(new(min, max), x);
        }
    }
}
