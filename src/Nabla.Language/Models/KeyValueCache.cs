using Nabla.Tensors;

namespace Nabla.Language.Models;

/// <summary>
/// The keys and values of the positions a model has already seen, layer by layer, so that a new token costs one
/// position and not the whole text again.
/// </summary>
public sealed class KeyValueCache
{
    private readonly GrowingTensor[] keys, values;

    /// <summary>An empty cache.</summary>
    /// <param name="layers">Number of layers.</param>
    /// <param name="batch">B.</param>
    /// <param name="heads">Key and value heads.</param>
    /// <param name="capacity">The largest number of positions.</param>
    /// <param name="headDim">Size of a head.</param>
    public KeyValueCache(int layers, int batch, int heads, int capacity, int headDim)
    {
        (Batch, Heads, HeadDim) = (batch, heads, headDim);
        keys = [.. Enumerable.Range(0, layers).Select(_ => new GrowingTensor(batch, heads, capacity, headDim))];
        values = [.. Enumerable.Range(0, layers).Select(_ => new GrowingTensor(batch, heads, capacity, headDim))];
    }

    /// <summary>Number of layers.</summary>
    public int Layers => keys.Length;

    /// <summary>B, the number of sequences.</summary>
    public int Batch { get; }

    /// <summary>Key and value heads.</summary>
    public int Heads { get; }

    /// <summary>Size of a head.</summary>
    public int HeadDim { get; }

    /// <summary>Positions that all layers hold.</summary>
    public int Length => keys[^1].Length;

    /// <summary>The largest number of positions.</summary>
    public int Capacity => keys[0].Capacity;

    /// <summary>Positions that this layer holds: while a forward pass is under way, earlier layers are ahead.</summary>
    public int LengthAt(int layer) => keys[layer].Length;

    /// <summary>Appends a layer's new keys and values, [B, H, t, D], and returns all of them, [B, H, T, D].</summary>
    public (Tensor Keys, Tensor Values) Append(int layer, Tensor key, Tensor value) =>
        (keys[layer].Append(key), values[layer].Append(value));

    /// <summary>The keys that this layer holds.</summary>
    public GrowingTensor Keys(int layer) => keys[layer];

    /// <summary>The values that this layer holds.</summary>
    public GrowingTensor Values(int layer) => values[layer];

    /// <summary>Forgets what came after the first <paramref name="length"/> positions.</summary>
    public void Truncate(int length)
    {
        foreach (GrowingTensor tensor in keys)
            tensor.Truncate(length);
        foreach (GrowingTensor tensor in values)
            tensor.Truncate(length);
    }
}
