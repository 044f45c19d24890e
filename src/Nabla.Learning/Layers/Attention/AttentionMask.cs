using Nabla.Tensors;

namespace Nabla.Learning.Layers;

/// <summary>
/// Which keys a query may see. What is not said hides nothing; what is said adds up. A query that may see no key at all
/// has NaN, as in PyTorch.
/// </summary>
public sealed record AttentionMask
{
    /// <summary>Query i sees keys up to Tk − Tq + i only: its own past.</summary>
    public bool Causal { get; init; }

    /// <summary>A constant [Tq, Tk] that is added to the scores: 0 where a key is seen, −∞ where not.</summary>
    public Tensor? Additive { get; init; }

    /// <summary>Keys that are padding, [B·Tk] row-major: true hides the key from all queries.</summary>
    public IReadOnlyList<bool>? KeyPadding { get; init; }

    /// <summary>Each position sees itself and those before it.</summary>
    public static AttentionMask Past { get; } = new() { Causal = true };

    internal void Validate(string owner, (int Batch, int Queries, int Keys) sizes)
    {
        if (Additive is { } additive
            && (additive.Shape != Shape.Create([sizes.Queries, sizes.Keys]) || additive.RequiresGradient))
            throw new ArgumentException(
                $"{owner}: the additive mask {additive.Shape} must be a constant [{sizes.Queries}, {sizes.Keys}].");
        if (KeyPadding is { } padding && padding.Count != sizes.Batch * sizes.Keys)
            throw new ArgumentException(
                $"{owner}: key padding of {padding.Count} for {sizes.Batch} sequences of {sizes.Keys} keys; "
                + "give one for each key.");
        if (Causal && sizes.Queries > sizes.Keys)
            throw new ArgumentException(
                $"{owner}: {sizes.Queries} queries are more than the {sizes.Keys} keys; "
                + "a causal query needs a key at its own position.");
    }

    /// <summary>Everything as one additive constant, [Tq, Tk], or [B, 1, Tq, Tk] with padding.</summary>
    internal Tensor ToScores((int Batch, int Queries, int Keys) sizes)
    {
        int batches = KeyPadding is null ? 1 : sizes.Batch;
        float[] values = new float[batches * sizes.Queries * sizes.Keys], additive = Additive?.ToArray() ?? [];
        int at = 0;
        for (int b = 0; b < batches; b++)
            for (int i = 0; i < sizes.Queries; i++)
                for (int j = 0; j < sizes.Keys; j++)
                {
                    bool hidden = (Causal && j > sizes.Keys - sizes.Queries + i)
                        || (KeyPadding is not null && KeyPadding[b * sizes.Keys + j]);
                    values[at++] = hidden ? float.NegativeInfinity
                        : Additive is null ? 0 : additive[i * sizes.Keys + j];
                }
        return new Tensor(values, KeyPadding is null
            ? [sizes.Queries, sizes.Keys] : [sizes.Batch, 1, sizes.Queries, sizes.Keys]);
    }
}
