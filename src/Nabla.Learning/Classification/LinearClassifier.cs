using Nabla.Learning.Layers;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Classification;

/// <summary>Multinomial logistic regression: scores x·Wᵀ + b of the flattened example. Cox 1958.</summary>
/// <example><code>
/// var model = new LinearClassifier([2, 2], 3, new Rng(1));
/// model.Forward(Tensor.Zeros([5, 2, 2]), null).Shape.ToString();      // = "[5, 3]"
/// model.ParameterCount();                                             // = 15
/// </code></example>
/// <param name="input">The shape of an example.</param>
/// <param name="classes">Number of classes.</param>
/// <param name="rng">For the first weights.</param>
public sealed class LinearClassifier(Shape input, int classes, Rng rng) : Classifier
{
    /// <summary>W and b.</summary>
    [StoredAs("output")]
    public Linear Output { get; } = new(input.ElementCount, classes, rng);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x, Rng? rng) => Output.Forward(x.Reshape(x.Shape[0], input.ElementCount));
}
