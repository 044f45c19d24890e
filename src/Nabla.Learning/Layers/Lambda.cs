using Nabla.Tensors;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>A function without weights as a layer, y = f(x), for what has no layer of its own.</summary>
/// <param name="function">f.</param>
/// <param name="name">What the printed tree calls it.</param>
/// <example><code>
/// new Lambda(x => x.Square(), "Square").Forward(new Tensor([3f])).Item();   // = 9
/// </code></example>
[Formula("y = f(x)")]
public sealed class Lambda(Func<Tensor, Tensor> function, string name = "Lambda") : Module, ILayer
{
    /// <inheritdoc/>
    protected override string Kind => name;

    /// <summary>f(x).</summary>
    public Tensor Forward(Tensor x) => function(x);
}
