using Nabla.Tensors;

namespace Nabla.Learning.Data;

/// <summary>Examples that are looked at together.</summary>
/// <param name="Inputs">What the model sees, [B, …].</param>
/// <param name="Labels">The class of each example, B numbers from 0; empty where there are no classes.</param>
public sealed record Batch(Tensor Inputs, int[] Labels)
{
    /// <summary>What the model shall say, [B, …], where that is numbers and no classes; else null.</summary>
    public Tensor? Targets { get; init; }

    /// <summary>B, the number of examples.</summary>
    public int Count => Inputs.Shape[0];
}
