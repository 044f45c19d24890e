namespace Nabla.Tensors.Reference;

/// <summary>
/// What a loss, layer, optimizer or schedule computes, as a formula that the formula engine evaluates: tests hold it
/// against the code, <c>nabla explain --op</c> shows it. Statements of an update are taken in order.
/// </summary>
/// <param name="text">The formula; of arrays ⊙ multiplies elementwise, · is the matrix product.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Method)]
public sealed class FormulaAttribute(string text) : Attribute
{
    /// <summary>The formula.</summary>
    public string Text { get; } = text;
}
