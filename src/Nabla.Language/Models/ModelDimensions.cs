namespace Nabla.Language.Models;

/// <summary>The sizes that every language model has.</summary>
/// <param name="Vocabulary">V, tokens.</param>
/// <param name="Context">The longest text, in tokens.</param>
/// <param name="Layers">Number of blocks.</param>
/// <param name="Dim">C, size of the hidden state.</param>
/// <param name="Heads">Query heads.</param>
/// <param name="KeyValueHeads">Key and value heads.</param>
public sealed record ModelDimensions(int Vocabulary, int Context, int Layers, int Dim, int Heads, int KeyValueHeads)
{
    /// <summary>Size of a head, C / heads.</summary>
    public int HeadDim => Dim / Heads;

    /// <summary>Bytes of keys and values for each position, in float32.</summary>
    public long CacheBytesPerToken => 2L * Layers * KeyValueHeads * HeadDim * sizeof(float);

    /// <summary>Throws unless all sizes are positive and fit one another.</summary>
    /// <exception cref="ArgumentException">Names the size, its value and what is expected.</exception>
    public ModelDimensions Validated()
    {
        foreach ((string name, int value) in new (string, int)[]
        {
            ("vocabulary", Vocabulary), ("context", Context), ("layers", Layers), ("dim", Dim), ("heads", Heads),
            ("key-value heads", KeyValueHeads),
        })
            if (value <= 0)
                throw new ArgumentException($"Model: {name} is {value}; it must be at least 1.");
        if (Dim % Heads != 0)
            throw new ArgumentException($"Model: dim {Dim} is not a multiple of {Heads} heads.");
        if (Heads % KeyValueHeads != 0)
            throw new ArgumentException(
                $"Model: {Heads} heads cannot share {KeyValueHeads} key-value heads evenly; use a divisor of {Heads}.");
        return this;
    }
}
