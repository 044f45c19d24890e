using Nabla.Tensors;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>y = x: where a layer is wanted but nothing is to be done.</summary>
/// <example><code>
/// new Identity().Forward(new Tensor([1, 2])).ToArray();   // = [1, 2]
/// </code></example>
[Formula("y = x")]
public sealed class Identity : Module, ILayer
{
    /// <summary>x itself.</summary>
    public Tensor Forward(Tensor x) => x;
}
