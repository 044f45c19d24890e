using System.Runtime.CompilerServices;
using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Calculus;

/// <summary>
/// The derivative of an elementwise function with settings as one itself, as <see cref="Derivative{TOp}"/> is: y =
/// f′(x).
/// </summary>
/// <typeparam name="TOp">The type of f.</typeparam>
/// <param name="Function">f.</param>
/// <example><code>
/// new ParametricDerivative&lt;Power&gt;(new Power(3)).Forward&lt;Real64&gt;(2).Value;   // = 12
/// 3 * Math.Pow(2, 2);                                                          // = 12
/// </code></example>
public readonly record struct ParametricDerivative<TOp>(TOp Function) : IParametricOp<ParametricDerivative<TOp>>
    where TOp : struct, IParametricOp<TOp>
{
    /// <inheritdoc/>
    public static IReadOnlyList<ParametricDerivative<TOp>> Samples =>
        [.. TOp.Samples.Select(f => new ParametricDerivative<TOp>(f))];

    /// <inheritdoc/>
    public static (double Low, double High) Domain => TOp.Domain;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, IReal<V> => Function.Backward(x, Function.Forward(x), (V)1);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> =>
        dy * Forward(Dual<V>.Variable(x)).Derivative;
}
