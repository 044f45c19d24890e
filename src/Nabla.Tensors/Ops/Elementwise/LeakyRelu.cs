using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>
/// Leaky ReLU: y = x for x &gt; 0, else slope·x. Maas et al. 2013; the derivative at 0 is taken as the slope.
/// </summary>
/// <param name="Slope">The slope below 0.</param>
public readonly record struct LeakyRelu(double Slope) : IParametricOp<LeakyRelu>
{
    /// <inheritdoc/>
    public static IReadOnlyList<LeakyRelu> Samples => [new(0.01), new(0.3)];

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, IReal<V> => V.WherePositive(x, x, Slope * x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> => V.WherePositive(x, dy, Slope * dy);
}

/// <summary>Gives tensors the operation <see cref="LeakyRelu"/>.</summary>
public static class LeakyReluExtensions
{
    extension(Tensor x)
    {
        /// <summary>x where it is positive, slope·x elsewhere.</summary>
        /// <example><code>
        /// Tensor x = new([-2f]);
        /// x.LeakyRelu(0.1);   // = -0.2
        /// 0.1 * -2;   // = -0.2
        /// </code></example>
        public Tensor LeakyRelu(double slope = 0.01) => Parametric<LeakyRelu>.Apply(new(slope), x);
    }
}
