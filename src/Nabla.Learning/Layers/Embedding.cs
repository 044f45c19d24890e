using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Layers;

/// <summary>A table of vectors, [Count, Dim]: y = W[id]. It starts as N(0, σ²).</summary>
public sealed class Embedding : Module
{
    /// <summary>A table of <paramref name="count"/> vectors of <paramref name="dim"/> numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, or σ negative.</exception>
    public Embedding(int count, int dim, Rng rng, float standardDeviation = 1)
    {
        Require.Positive(count, nameof(Embedding));
        Require.Positive(dim, nameof(Embedding));
        Require.NotNegative(standardDeviation, nameof(Embedding));
        Weight = Initialize.Normal([count, dim], standardDeviation, rng);
    }

    /// <summary>A table with these vectors, [Count, Dim].</summary>
    /// <exception cref="ArgumentException">The weight is no matrix.</exception>
    public Embedding(Parameter weight) => Weight = weight.Rank == 2
        ? weight
        : throw new ArgumentException($"Embedding: weight {weight.Shape} must be [Count, Dim].", nameof(weight));

    /// <summary>The vectors, [Count, Dim].</summary>
    [StoredAs("weight")]
    public Parameter Weight { get; }

    /// <summary>The vectors with these numbers: <paramref name="shape"/> followed by Dim.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An id is not in 0 … Count − 1.</exception>
    public Tensor Forward(ReadOnlySpan<int> ids, Shape shape) => Weight.Embedding(ids, shape);

    /// <summary>The vector with this number, [Dim].</summary>
    /// <exception cref="ArgumentOutOfRangeException">The id is not in 0 … Count − 1.</exception>
    public ReadOnlySpan<float> Vector(int id) => (uint)id < (uint)Weight.Shape[0]
        ? Weight.Values.Slice(id * Weight.Shape[1], Weight.Shape[1])
        : throw new ArgumentOutOfRangeException(
            nameof(id), $"Embedding: id {id} is not in 0 … {Weight.Shape[0] - 1}; the table is {Weight.Shape}.");
}
