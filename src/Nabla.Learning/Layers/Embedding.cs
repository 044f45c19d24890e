using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>A table of vectors, [Count, Dim]: y = W[id]. It starts as N(0, σ²).</summary>
[Formula("y_j = W_{p,j}")]
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

    /// <summary>An id that stands for nothing: its vector is set to 0 and never gets a gradient.</summary>
    /// <example><code>
    /// var table = new Embedding(5, 1, new Rng(1)) { PaddingId = 3 };
    /// table.Forward([3], [1]).Item();   // = 0
    /// </code></example>
    /// <exception cref="ArgumentOutOfRangeException">The id is not in 0 … Count − 1.</exception>
    public int? PaddingId
    {
        get;
        init
        {
            if (value is { } id && (uint)id >= (uint)Weight.Shape[0])
                throw new ArgumentOutOfRangeException(
                    nameof(PaddingId), $"Embedding: PaddingId = {id} is not in 0 … {Weight.Shape[0] - 1}.");
            field = value;
            if (value is { } padding)
                Weight.Values.Slice(padding * Weight.Shape[1], Weight.Shape[1]).Clear();
        }
    }

    /// <summary>
    /// The largest norm ‖W[id]‖ of a vector that is looked up: a longer one is shortened in the table before.
    /// </summary>
    /// <example><code>
    /// var table = new Embedding(new Parameter(new Tensor([3, 4], [1, 2]))) { MaxNorm = 1 };
    /// table.Forward([0], [1]).ToArray();   // = [0.6, 0.8]
    /// </code></example>
    /// <exception cref="ArgumentOutOfRangeException">The norm is not a finite number above 0.</exception>
    public float? MaxNorm
    {
        get;
        init => field = value is null or (> 0 and < float.PositiveInfinity)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(MaxNorm), $"Embedding: MaxNorm = {value} must be a finite number above 0.");
    }

    /// <summary>The vectors with these numbers: <paramref name="shape"/> followed by Dim.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An id is not in 0 … Count − 1.</exception>
    public Tensor Forward(ReadOnlySpan<int> ids, Shape shape)
    {
        if (MaxNorm is { } largest)
            foreach (int id in ids)
                Shorten(Weight.Values.Slice(id * Weight.Shape[1], Vector(id).Length), largest);
        Tensor y = Weight.Embedding(ids, shape);
        return PaddingId is { } padding && ids.Contains(padding) ? WithoutGradient(y, ids, padding) : y;
    }

    /// <summary>The vector with this number, [Dim].</summary>
    /// <exception cref="ArgumentOutOfRangeException">The id is not in 0 … Count − 1.</exception>
    public ReadOnlySpan<float> Vector(int id) => (uint)id < (uint)Weight.Shape[0]
        ? Weight.Values.Slice(id * Weight.Shape[1], Weight.Shape[1])
        : throw new ArgumentOutOfRangeException(
            nameof(id), $"Embedding: id {id} is not in 0 … {Weight.Shape[0] - 1}; the table is {Weight.Shape}.");

    private static void Shorten(Span<float> vector, float largest)
    {
        double squares = 0;
        foreach (float value in vector)
            squares += (double)value * value;
        float scale = (float)(largest / (Math.Sqrt(squares) + 1e-7));
        if (scale < 1)
            foreach (ref float value in vector)
                value *= scale;
    }

    /// <summary>The same numbers; those of the padding's vector as a constant.</summary>
    private Tensor WithoutGradient(Tensor y, ReadOnlySpan<int> ids, int padding)
    {
        int dim = Weight.Shape[1];
        var isPadding = new bool[y.Count];
        float[] constants = new float[y.Count];
        for (int i = 0; i < ids.Length; i++)
            if (ids[i] == padding)
            {
                isPadding.AsSpan(i * dim, dim).Fill(true);
                Vector(padding).CopyTo(constants.AsSpan(i * dim));
            }
        Tensor others = y.MaskedFill(isPadding, 0);
        return Vector(padding).ContainsAnyExcept(0f) ? others + new Tensor(constants, y.Shape) : others;
    }
}
