using Nabla.Tensors;

namespace Nabla.Language.Models;

/// <summary>Token ids, [Batch, Length], row-major, and where in the text they stand.</summary>
/// <param name="Ids">Batch · Length ids.</param>
/// <param name="Batch">B, the number of sequences.</param>
public readonly record struct TokenBatch(ReadOnlyMemory<int> Ids, int Batch)
{
    /// <summary>T, the length of each sequence.</summary>
    public int Length => Batch == 0 ? 0 : Ids.Length / Batch;

    /// <summary>[B, T].</summary>
    public Shape Shape => [Batch, Length];

    /// <summary>A batch of one sequence.</summary>
    public static TokenBatch Of(ReadOnlyMemory<int> ids) => new(ids, 1);
}
