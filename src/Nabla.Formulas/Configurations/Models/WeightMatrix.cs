namespace Nabla.Formulas.Configurations.Models;

/// <summary>One weight of a model, or many of the same shape.</summary>
/// <param name="Name">Its name: <c>attention.q</c>.</param>
/// <param name="Rows">Outputs, or the only size of a vector.</param>
/// <param name="Columns">Inputs; 1 for a vector.</param>
/// <param name="Count">How many of them: layers, times experts.</param>
public sealed record WeightMatrix(string Name, long Rows, long Columns, long Count)
{
    /// <summary>What it is for, in a few words.</summary>
    public string Meaning { get; init; } = "";

    /// <summary>How many of them one token passes through: of experts only those that are chosen.</summary>
    public long Active { get; init; } = Count;

    /// <summary>Whether it is looked up by row and not multiplied with: an embedding.</summary>
    public bool IsLookup { get; init; }

    /// <summary>Whether it has two sizes and is multiplied with.</summary>
    public bool IsMultiplied => Columns > 1 && !IsLookup;

    /// <summary>Numbers in all of them: rows × columns × count.</summary>
    public Int128 Parameters => (Int128)Rows * Columns * Count;
}
