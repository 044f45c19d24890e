using System.Runtime.CompilerServices;
using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Calculus;

/// <summary>
/// A partial derivative of an elementwise function of two arguments as one itself: y = ∂f/∂a or ∂f/∂b at (a, b), by the
/// function's own backward rule; its own derivatives come from that rule on dual numbers.
/// </summary>
/// <typeparam name="TOp">f.</typeparam>
/// <typeparam name="TSide">By which argument.</typeparam>
/// <example><code>
/// PartialDerivative&lt;Multiply, ByFirst&gt;.Forward&lt;Real64&gt;(3, 5).Value;   // = 5
/// </code></example>
public readonly struct PartialDerivative<TOp, TSide> : IBinaryOp
    where TOp : struct, IBinaryOp
    where TSide : struct, IArgument
{
    /// <inheritdoc/>
    public static (double Low, double High) DomainA => TOp.DomainA;

    /// <inheritdoc/>
    public static (double Low, double High) Domain => TOp.Domain;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V a, V b) where V : struct, IReal<V> =>
        TSide.Derivative<TOp, V>(a, b, TOp.Forward(a, b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BackwardA<V>(V a, V b, V y, V dy) where V : struct, IReal<V> =>
        dy * Forward(Dual<V>.Variable(a), new Dual<V>(b, 0)).Derivative;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BackwardB<V>(V a, V b, V y, V dy) where V : struct, IReal<V> =>
        dy * Forward(new Dual<V>(a, 0), Dual<V>.Variable(b)).Derivative;
}

/// <summary>One of a function's two arguments.</summary>
public interface IArgument
{
    /// <summary>The partial derivative by this argument, given y = f(a, b).</summary>
    static abstract V Derivative<TOp, V>(V a, V b, V y) where TOp : struct, IBinaryOp where V : struct, IReal<V>;
}

/// <summary>a of f(a, b).</summary>
public readonly struct ByFirst : IArgument
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<TOp, V>(V a, V b, V y) where TOp : struct, IBinaryOp where V : struct, IReal<V> =>
        TOp.BackwardA(a, b, y, (V)1);
}

/// <summary>b of f(a, b).</summary>
public readonly struct BySecond : IArgument
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<TOp, V>(V a, V b, V y) where TOp : struct, IBinaryOp where V : struct, IReal<V> =>
        TOp.BackwardB(a, b, y, (V)1);
}
