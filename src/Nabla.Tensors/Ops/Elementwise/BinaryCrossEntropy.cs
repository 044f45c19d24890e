using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>
/// What a probability a says of a truth b between 0 and 1, in nats: y = −b·log a − (1 − b)·log(1 − a), the logarithms
/// at least −100. dL/da = (a − b)/(a·(1 − a)), the divisor at least 10⁻¹²: a saturated sigmoid gives no infinity.
/// </summary>
public readonly struct BinaryCrossEntropy : IBinaryOp
{
    private const double LeastLog = -100, LeastDivisor = 1e-12;

    /// <inheritdoc/>
    public static (double Low, double High) DomainA => (0.05, 0.95);

    /// <inheritdoc/>
    public static (double Low, double High) Domain => (0, 1);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V a, V b) where V : struct, IReal<V> =>
        (b - 1) * V.Max(V.Log(1 - a), LeastLog) - b * V.Max(V.Log(a), LeastLog);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BackwardA<V>(V a, V b, V y, V dy) where V : struct, IReal<V> =>
        dy * (a - b) / V.Max(a * (1 - a), LeastDivisor);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BackwardB<V>(V a, V b, V y, V dy) where V : struct, IReal<V> =>
        dy * (V.Max(V.Log(1 - a), LeastLog) - V.Max(V.Log(a), LeastLog));
}

/// <summary>Gives tensors the operation <see cref="BinaryCrossEntropy"/>.</summary>
public static class BinaryCrossEntropyExtensions
{
    extension(Tensor probabilities)
    {
        /// <summary>−t·log p − (1 − t)·log(1 − p), element by element, with broadcasting.</summary>
        /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
        /// <example><code>
        /// Tensor p = new([0.8f]), t = new([0.25f]);
        /// p.BinaryCrossEntropy(t).Item();                   // = 1.2629
        /// -0.25 * Math.Log(0.8) - 0.75 * Math.Log(0.2);     // = 1.2629
        /// </code></example>
        public Tensor BinaryCrossEntropy(Tensor targets) => Binary<BinaryCrossEntropy>.Apply(probabilities, targets);
    }
}
