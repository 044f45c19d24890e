using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Conventions;

/// <summary>In a·b / (|a| |b|) the bars are lengths: a and b are vectors there, whose angle is asked for.</summary>
internal static class CosineConvention
{
    /// <summary>The tree with every such |a| as a norm.</summary>
    public static Expression Read(Expression tree) =>
        tree.All().Any(IsCosine) ? tree.Rewrite(node => IsCosine(node) ? WithNorms((Quotient)node) : node) : tree;

    private static bool IsCosine(Expression node) =>
        node is Quotient { Numerator: Product numerator, Denominator: Product { Factors: [var left, var right] } }
        && IsDotProduct(numerator) is (var a, var b)
        && (IsLength(left, a) && IsLength(right, b) || IsLength(left, b) && IsLength(right, a));

    private static (Expression A, Expression B)? IsDotProduct(Product product) => product switch
    {
        { Sign: ProductSign.Dot, Factors: [Symbol a, Symbol b] } => (a, b),
        { Factors: [Postfix { Sign: PostfixSign.Transpose, Operand: Symbol a }, Symbol b] } => (a, b),
        _ => null,
    };

    private static bool IsLength(Expression factor, Expression vector) =>
        factor is Delimited { Kind: DelimiterKind.Absolute, Items: [var only] } && only.Equals(vector);

    private static Quotient WithNorms(Quotient cosine) => cosine with
    {
        Denominator = cosine.Denominator.Rewrite(node =>
            node is Delimited { Kind: DelimiterKind.Absolute } bars ? bars with { Kind = DelimiterKind.Norm } : node),
    };
}
