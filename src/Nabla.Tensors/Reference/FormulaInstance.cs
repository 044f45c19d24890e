namespace Nabla.Tensors.Reference;

/// <summary>
/// One use of an op's formula: which numbers its names stand for. The softmax of a [3, 5] uses its formula three times,
/// once for each row.
/// </summary>
/// <param name="Result">Where the formula's value lies in the result; its name stands left of the = sign.</param>
/// <param name="Parts">Where the names' numbers lie in the inputs.</param>
public sealed record FormulaInstance(FormulaPart Result, IReadOnlyList<FormulaPart> Parts)
{
    /// <summary>Names of what is no input: settings, indices (from 1), masks.</summary>
    public IReadOnlyList<FormulaConstant> Constants { get; init; } = [];

    /// <summary>The same with one more number.</summary>
    public FormulaInstance With(string name, double value) => With(name, [], [value]);

    /// <summary>The same with one more list or array of numbers.</summary>
    public FormulaInstance With(string name, Shape shape, double[] values) =>
        this with { Constants = [.. Constants, new(name, shape, values)] };
}

/// <summary>What a name of a formula stands for: some numbers of an input, or of the result.</summary>
/// <param name="Name">The name.</param>
/// <param name="Input">Which input, from 0; −1 for the result.</param>
/// <param name="Shape">The shape in which the formula sees them.</param>
/// <param name="Places">Their places in the row-major numbers of the tensor; −1 stands for 0.</param>
public sealed record FormulaPart(string Name, int Input, Shape Shape, int[] Places);

/// <summary>What a name of a formula stands for that is no input.</summary>
/// <param name="Name">The name.</param>
/// <param name="Shape">The shape.</param>
/// <param name="Values">The numbers, row-major.</param>
public sealed record FormulaConstant(string Name, Shape Shape, double[] Values);
