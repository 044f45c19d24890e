using Nabla.Learning;
using Nabla.Learning.Layers;
using Nabla.Numerics;
using Nabla.Tensors;

namespace Nabla.Language.Models;

/// <summary>
/// The weights that a model starts with: embeddings and scores as N(0, 0.02²), other matrices as N(0, σ²), those that
/// write to the residual stream as N(0, σ²/2L), so that its variance does not grow with depth (Radford et al. 2019,
/// section 2.3).
/// </summary>
/// <param name="Sizes">Of the model.</param>
/// <param name="Deviation">σ.</param>
/// <param name="Rng">What they are drawn from; null leaves them 0, to be read from a file.</param>
internal readonly record struct FirstWeights(ModelDimensions Sizes, float Deviation, Rng? Rng)
{
    /// <summary>The usual σ.</summary>
    public const float Usual = 0.02f;

    /// <summary>A table of vectors, [count, C].</summary>
    public Embedding Embedding(int count) => new(Normal([count, Sizes.Dim], Usual));

    /// <summary>Scores of all tokens, [V, C].</summary>
    public Linear Scores() => new(Normal([Sizes.Vocabulary, Sizes.Dim], Usual), bias: null);

    /// <summary>A matrix that reads the residual stream, [outputs, C].</summary>
    public Linear Reading(int outputs, bool bias = false) => Matrix([outputs, Sizes.Dim], Deviation, bias);

    /// <summary>A matrix that writes to the residual stream, [C, inputs].</summary>
    public Linear Writing(int inputs, bool bias = false) =>
        Matrix([Sizes.Dim, inputs], Deviation / MathF.Sqrt(2 * Sizes.Layers), bias);

    private Linear Matrix(Shape shape, float deviation, bool bias) =>
        new(Normal(shape, deviation), bias ? new Parameter([shape[0]]) : null);

    private Parameter Normal(Shape shape, float deviation) =>
        Rng is null ? new Parameter(shape) : Initialize.Normal(shape, deviation, Rng);
}
