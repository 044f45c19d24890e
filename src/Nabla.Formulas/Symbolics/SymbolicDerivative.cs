using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Symbolics;

/// <summary>A derivative as a formula.</summary>
/// <param name="Formula">The formula, simplified.</param>
/// <param name="Form">How its value is to be read.</param>
public sealed record SymbolicDerivative(Expression Formula, DerivativeForm Form)
{
    /// <summary>
    /// Of a <see cref="DerivativeForm.Component"/> the symbol by which it is differentiated, x_k, whose subscripts run
    /// over all entries; else the symbol itself.
    /// </summary>
    public required Symbol By { get; init; }
}

/// <summary>How the value of a derivative is to be read.</summary>
public enum DerivativeForm
{
    /// <summary>
    /// dy/dx: of a number by a number; of an array by a number, entry by entry; of an array by an array of the same
    /// shape on which it works entry by entry, yᵢ by xᵢ.
    /// </summary>
    Entrywise,

    /// <summary>The gradient of a number by an array: an array of its shape.</summary>
    Gradient,

    /// <summary>The derivative by one entry x_k, for every k.</summary>
    Component,

    /// <summary>The matrix of ∂yᵢ/∂xⱼ, of a vector by a vector.</summary>
    Jacobian,
}
