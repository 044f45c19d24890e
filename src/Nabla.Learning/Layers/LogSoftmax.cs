using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>The logarithm of softmax as a layer: y_i = x_i − log Σ_j exp(x_j) along a dimension.</summary>
/// <param name="dim">The dimension; negative counts from the last.</param>
/// <example><code>
/// new LogSoftmax().Forward(new Tensor([1, 2])).ToArray();   // = [-1.3133, -0.3133]
/// 2 - Math.Log(Math.Exp(1) + Math.Exp(2));                  // = -0.3133
/// </code></example>
[Formula("y_i = x_i − log Σ_j exp(x_j)")]
public sealed class LogSoftmax(int dim = -1) : Module, ILayer
{
    /// <summary>The logarithm of the softmax of each line.</summary>
    public Tensor Forward(Tensor x) => x.LogSoftmax(dim);
}
