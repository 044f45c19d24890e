using Nabla.Numerics;
using Nabla.Tensors;

namespace Nabla.Learning.Classification;

/// <summary>A model of p(class | x): from examples [B, …] to a score (logit) for each class, [B, K].</summary>
public abstract class Classifier : Module
{
    /// <summary>The scores. In training there are random numbers, for dropout; without them it evaluates.</summary>
    /// <exception cref="ArgumentException">x has not the shape that the model is for.</exception>
    public abstract Tensor Forward(Tensor x, Rng? rng);
}
