using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>
/// The cosine of the angle between vectors, y = a·b/(max(‖a‖, ε)·max(‖b‖, ε)), along a dimension, which goes.
/// </summary>
/// <param name="dim">The dimension of the vectors; negative counts from the last.</param>
/// <param name="epsilon">ε, so that a zero vector has cosine 0 with all others.</param>
/// <example><code>
/// new CosineSimilarity().Forward(new Tensor([1, 2]), new Tensor([2, 1])).Item();   // = 0.8
/// (1 * 2 + 2 * 1) / (Math.Sqrt(1 + 4) * Math.Sqrt(4 + 1));                         // = 0.8
/// </code></example>
[Formula("y = a·b/(max(‖a‖, ε)·max(‖b‖, ε))")]
public sealed class CosineSimilarity(int dim = -1, float epsilon = 1e-8f) : Module
{
    private readonly float epsilon = Require.NotNegative(epsilon, nameof(CosineSimilarity));

    /// <summary>The cosine of each pair of vectors; the shapes broadcast.</summary>
    /// <exception cref="ArgumentException">The shapes do not broadcast, or have no such dimension.</exception>
    public Tensor Forward(Tensor a, Tensor b) => a.CosineSimilarity(b, dim, epsilon);
}
