using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>Softmax as a layer: y_i = exp(x_i)/Σ_j exp(x_j) along a dimension.</summary>
/// <param name="dim">The dimension; negative counts from the last.</param>
/// <example><code>
/// new Softmax().Forward(new Tensor([1, 2])).ToArray();   // = [0.2689, 0.7311]
/// Math.Exp(2) / (Math.Exp(1) + Math.Exp(2));             // = 0.7311
/// </code></example>
[Formula("y_i = exp(x_i)/Σ_j exp(x_j)")]
public sealed class Softmax(int dim = -1) : Module, ILayer
{
    /// <summary>The softmax of each line.</summary>
    public Tensor Forward(Tensor x) => x.Softmax(dim);
}
