using Nabla.Formulas.Trees;
using static Nabla.Formulas.Symbolics.Functions;

namespace Nabla.Formulas.Symbolics;

/// <summary>The matrix J with dy = J·dx, of a vector y by a vector x.</summary>
internal sealed class JacobianMatrix(Symbol by, Ranks ranks)
{
    public Expression Of(Expression value) => value switch
    {
        Symbol symbol when symbol == by => Identity,
        Annotated annotated => Of(annotated.Inner),
        Negation negation => new Negation(Of(negation.Operand)),
        Sum sum => Plus([.. sum.Terms.Where(Depends).Select(Of)]),
        Product { Sign: ProductSign.None or ProductSign.Dot or ProductSign.Matrix } product => OfProduct(product),
        Quotient quotient when !Depends(quotient.Denominator) && ranks.FormOf(quotient.Denominator) == Form.Scalar =>
            new Quotient(Of(quotient.Numerator), quotient.Denominator),
        Call { Arguments: [var u] } call when ElementaryDerivatives.Of(call) is { } slope =>
            Times(Called("diag", slope), Of(u)),
        Call { Arguments: [var u] } call when IsPlain(call, "softmax") =>
            Times(Minus(Called("diag", call), Times(call, Transposed(call))), Of(u)),
        _ => throw new NoClosedFormException(),
    };

    private bool Depends(Expression tree) => Mentions(tree, symbol => symbol == by);

    // c·A·u: everything before the last factor stays.
    private Expression OfProduct(Product product)
    {
        int at = product.Factors.ToList().FindIndex(Depends);
        bool isLast = product.Factors.Skip(at + 1)
            .All(factor => ranks.FormOf(factor) == Form.Scalar && !Depends(factor));
        if (!isLast || ranks.FormOf(product.Factors[at]) != Form.Vector
            || product.Factors.Take(at).Any(factor => ranks.FormOf(factor) is Form.Vector or Form.Row))
            throw new NoClosedFormException();
        Expression[] changed = [.. product.Factors];
        changed[at] = Of(changed[at]);
        return product with { Factors = [.. changed], Sign = ProductSign.None };
    }
}
