namespace Nabla.Numerics;

/// <summary>
/// An elementwise function of one argument with settings, such as the slope of a leaky ReLU: a struct whose fields are
/// the settings, its bodies written once over any number type like those of <see cref="IUnaryOp"/>.
/// </summary>
/// <typeparam name="TSelf">The struct itself.</typeparam>
public interface IParametricOp<TSelf> where TSelf : struct, IParametricOp<TSelf>
{
    /// <summary>Settings worth testing; between them they reach every branch of the bodies.</summary>
    static abstract IReadOnlyList<TSelf> Samples { get; }

    /// <summary>Where the function is defined and worth testing.</summary>
    static virtual (double Low, double High) Domain => (-4, 4);

    /// <summary>y = f(x).</summary>
    V Forward<V>(V x) where V : struct, IReal<V>;

    /// <summary>dL/dx from the input x, the output y and dL/dy.</summary>
    V Backward<V>(V x, V y, V dy) where V : struct, IReal<V>;
}
