using System.Runtime.CompilerServices;
using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Calculus;

/// <summary>
/// The derivative of an elementwise function as one itself: y = f′(x), by the function's own backward rule; its own
/// derivative comes from that rule on dual numbers. So every function has derivatives of all orders.
/// </summary>
/// <typeparam name="TOp">f.</typeparam>
/// <example><code>
/// Derivative&lt;Square&gt;.Forward&lt;Real64&gt;(3).Value;   // = 6
/// 2 * 3.0;                                          // = 6
/// </code></example>
public readonly struct Derivative<TOp> : IUnaryOp where TOp : struct, IUnaryOp
{
    /// <inheritdoc/>
    public static (double Low, double High) Domain => TOp.Domain;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => TOp.Backward(x, TOp.Forward(x), (V)1);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> =>
        dy * Forward(Dual<V>.Variable(x)).Derivative;
}
