namespace Nabla.Formulas.Printing.Layout;

/// <summary>
/// How tightly the parts of an expression hold together, loosest first; a part that is looser gets brackets.
/// </summary>
internal enum Level
{
    System,
    Relation,
    Infix,
    Sum,

    /// <summary>Open to the right: Σ x, log x, ∇L. As the last factor of a product it needs no brackets.</summary>
    Open,

    SignedProduct,
    Product,

    /// <summary>May be a factor but has no exponent of its own: a fraction with a bar.</summary>
    Factor,

    Power,
    Atom,
}
