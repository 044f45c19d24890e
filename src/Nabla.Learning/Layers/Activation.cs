using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>
/// An elementwise op as a layer, y = f(x): <c>Activation&lt;Relu&gt;</c>, <c>Activation&lt;Gelu&gt;</c>,
/// <c>Activation&lt;Tanh&gt;</c>, with any op of one tensor there is.
/// </summary>
/// <typeparam name="TOp">f, such as <see cref="Relu"/>.</typeparam>
/// <example><code>
/// new Activation&lt;Sigmoid&gt;().Forward(new Tensor([2f])).Item();   // = 0.8808
/// 1 / (1 + Math.Exp(-2));                                         // = 0.8808
/// </code></example>
[Formula("y = f(x)")]
public sealed class Activation<TOp> : Module, ILayer where TOp : struct, IUnaryOp
{
    /// <inheritdoc/>
    protected override string Kind => typeof(TOp).Name;

    /// <summary>f of every element.</summary>
    public Tensor Forward(Tensor x) => Unary<TOp>.Apply(x);
}
