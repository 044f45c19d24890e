using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>
/// Power with a fixed exponent: y = xᵖ; of a negative x it is NaN unless p is whole. dL/dx = p·xᵖ⁻¹·dy.
/// </summary>
/// <param name="Exponent">p.</param>
public readonly record struct Power(double Exponent) : IParametricOp<Power>
{
    /// <inheritdoc/>
    public static IReadOnlyList<Power> Samples => [new(3), new(0.5), new(-1.7), new(2), new(0), new(-1)];

    /// <inheritdoc/>
    public static (double Low, double High) Domain => (0.2, 4);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, IReal<V> => Of(x, Exponent);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> =>
        Exponent == 0 ? 0 : Exponent * Of(x, Exponent - 1) * dy;

    // The powers that formulas are full of cost a product or two instead of a logarithm.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Of<V>(V x, double p) where V : struct, IReal<V> =>
        p == 2 ? x * x : p == 1 ? x : p == 0.5 ? V.Sqrt(x) : p == -1 ? 1 / x : V.Pow(x, p);
}

/// <summary>Gives tensors the operation <see cref="Power"/>.</summary>
public static class PowerExtensions
{
    extension(Tensor x)
    {
        /// <summary>xᵖ of every element.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The exponent is NaN or infinite.</exception>
        /// <example><code>
        /// Tensor x = new([2f]);
        /// x.Pow(1.5);   // = 2.8284
        /// Math.Pow(2, 1.5);   // = 2.8284
        /// </code></example>
        public Tensor Pow(double exponent)
        {
            if (!double.IsFinite(exponent))
                throw new ArgumentOutOfRangeException(
                    nameof(exponent),
                    $"Pow: exponent {exponent} is not finite; give a number, or a tensor of exponents.");
            return Parametric<Power>.Apply(new(exponent), x);
        }

        /// <summary>xᵖ of every element; this overload is there for whole numbers and floats.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The exponent is NaN or infinite.</exception>
        /// <example><code>
        /// Tensor x = new([2f]);
        /// x.Pow(3);   // = 8
        /// </code></example>
        public Tensor Pow(float exponent) => x.Pow((double)exponent);
    }
}
