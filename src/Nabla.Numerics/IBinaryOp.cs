namespace Nabla.Numerics;

/// <summary>An elementwise function of two arguments, written once over any number type.</summary>
public interface IBinaryOp
{
    /// <summary>y = f(a, b).</summary>
    static abstract V Forward<V>(V a, V b) where V : struct, IReal<V>;

    /// <summary>dL/da from the inputs, the output y and dL/dy.</summary>
    static abstract V BackwardA<V>(V a, V b, V y, V dy) where V : struct, IReal<V>;

    /// <summary>dL/db from the inputs, the output y and dL/dy.</summary>
    static abstract V BackwardB<V>(V a, V b, V y, V dy) where V : struct, IReal<V>;
}
