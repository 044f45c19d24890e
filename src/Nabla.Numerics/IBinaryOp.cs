namespace Nabla.Numerics;

/// <summary>An elementwise function of two arguments, written once over any number type.</summary>
public interface IBinaryOp
{
    /// <summary>Where the first argument is defined and worth testing.</summary>
    static virtual (double Low, double High) DomainA => (-4, 4);

    /// <summary>Where the second argument is defined and worth testing.</summary>
    static virtual (double Low, double High) Domain => (-4, 4);

    /// <summary>Both derivatives are 1, so that a gradient is handed on as it is.</summary>
    static virtual bool IsSum => false;

    /// <summary>y = f(a, b).</summary>
    static abstract V Forward<V>(V a, V b) where V : struct, IReal<V>;

    /// <summary>dL/da from the inputs, the output y and dL/dy.</summary>
    static abstract V BackwardA<V>(V a, V b, V y, V dy) where V : struct, IReal<V>;

    /// <summary>dL/db from the inputs, the output y and dL/dy.</summary>
    static abstract V BackwardB<V>(V a, V b, V y, V dy) where V : struct, IReal<V>;
}
