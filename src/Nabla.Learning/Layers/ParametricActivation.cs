using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>
/// An elementwise op with settings as a layer, y = f(x); <see cref="Activation.With"/> makes it without naming the
/// type.
/// </summary>
/// <typeparam name="TOp">f, such as <see cref="LeakyRelu"/>.</typeparam>
/// <param name="function">f with its settings.</param>
/// <example><code>
/// new ParametricActivation&lt;LeakyRelu&gt;(new(0.1)).Forward(new Tensor([-2f])).Item();   // = -0.2
/// 0.1 * -2;                                                                           // = -0.2
/// </code></example>
[Formula("y = f(x)")]
public sealed class ParametricActivation<TOp>(TOp function) : Module, ILayer
    where TOp : struct, IParametricOp<TOp>
{
    /// <inheritdoc/>
    protected override string Kind => function.ToString() ?? typeof(TOp).Name;

    /// <summary>f of every element.</summary>
    public Tensor Forward(Tensor x) => Parametric<TOp>.Apply(function, x);
}

/// <summary>Makes layers of elementwise ops with settings.</summary>
public static class Activation
{
    /// <summary>f as a layer: <c>Activation.With(new LeakyRelu(0.1))</c>.</summary>
    /// <example><code>
    /// Activation.With(new Elu(2)).Forward(new Tensor([-1f])).Item();   // = -1.2642
    /// 2 * (Math.Exp(-1) - 1);                                          // = -1.2642
    /// </code></example>
    public static ParametricActivation<TOp> With<TOp>(TOp function) where TOp : struct, IParametricOp<TOp> =>
        new(function);
}
