namespace Nabla.Numerics;

/// <summary>An elementwise function of one argument, written once over any number type.</summary>
public interface IUnaryOp
{
    /// <summary>Where the function is defined and worth testing.</summary>
    static virtual (double Low, double High) Domain => (-4, 4);

    /// <summary>y = f(x).</summary>
    static abstract V Forward<V>(V x) where V : struct, IReal<V>;

    /// <summary>dL/dx from the input x, the output y and dL/dy.</summary>
    static abstract V Backward<V>(V x, V y, V dy) where V : struct, IReal<V>;
}
