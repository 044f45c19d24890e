using Nabla.Formulas.Trees;
using static Nabla.Formulas.Symbolics.Functions;

namespace Nabla.Formulas.Symbolics;

/// <summary>
/// The gradient of a number by a vector or a matrix, from the root down: each node is told how the result moves with it
/// and tells its parts.
/// </summary>
internal sealed class ReverseDerivative(Symbol by, Ranks ranks)
{
    private readonly List<Expression> contributions = [];

    public Expression Of(Expression value)
    {
        Visit(value, One);
        return contributions.Count == 0 ? throw new NoClosedFormException() : Plus([.. contributions]);
    }

    private bool Depends(Expression tree) => Mentions(tree, symbol => symbol == by);

    private void Visit(Expression node, Expression adjoint)
    {
        if (!Depends(node))
            return;
        if (node.ByRow.IsSaid && ranks.FormOf(node.Children[^1]) is not (Form.Vector or Form.Scalar))
            throw new NoClosedFormException(); // by rows of what may be a matrix
        switch (node)
        {
            case Symbol symbol when symbol == by:
                contributions.Add(adjoint);
                break;
            case Annotated annotated:
                Visit(annotated.Inner, adjoint);
                break;
            case Negation negation:
                Visit(negation.Operand, new Negation(adjoint));
                break;
            case Sum sum:
                VisitSum(sum, adjoint);
                break;
            case Product product:
                VisitProduct(product, adjoint);
                break;
            case Quotient quotient:
                VisitQuotient(quotient, adjoint);
                break;
            case Power power:
                VisitPower(power, adjoint);
                break;
            case Root { Degree: null } root:
                Pass(root.Radicand, new Quotient(One, Times(Whole(2), root)), adjoint);
                break;
            case Postfix postfix:
                VisitPostfix(postfix, adjoint);
                break;
            case Delimited delimited:
                VisitDelimited(delimited, adjoint);
                break;
            case Call call:
                VisitCall(call, adjoint);
                break;
            default:
                throw new NoClosedFormException();
        }
    }

    private bool IsScalar(Expression tree) => ranks.FormOf(tree) is Form.Scalar or Form.Unknown;

    // A function of numbers applied to each entry.
    private void Pass(Expression inner, Expression slope, Expression adjoint) =>
        Visit(inner, IsScalar(inner) ? Times(slope, adjoint) : IsScalar(adjoint)
            ? Times(adjoint, slope) : Elementwise(slope, adjoint));

    private void VisitSum(Sum sum, Expression adjoint)
    {
        foreach (Expression term in sum.Terms)
            Visit(term, IsScalar(term) && !IsScalar(adjoint) ? SumOf(adjoint) : adjoint);
    }

    private void VisitProduct(Product product, Expression adjoint)
    {
        Form[] forms = [.. product.Factors.Select(ranks.FormOf)];
        bool isDot = product.Sign == ProductSign.Dot && product.Factors.Count == 2
            && forms.All(form => form == Form.Vector);
        for (int i = 0; i < forms.Length; i++)
        {
            Expression[] others = [.. product.Factors.Where((_, at) => at != i)];
            if (!Depends(product.Factors[i]))
                continue;
            if (isDot)
                Visit(product.Factors[i], Times(adjoint, others[0]));
            else if (product.Sign is ProductSign.None or ProductSign.Dot or ProductSign.Matrix
                || forms.All(form => form == Form.Scalar))
                Visit(product.Factors[i], ThroughChain(product.Factors, i, adjoint));
            else if (product.Sign is ProductSign.Hadamard or ProductSign.Star or ProductSign.Times
                && !IsScalar(product.Factors[i]))
                Visit(product.Factors[i], new Product([.. others, adjoint], ProductSign.Hadamard));
            else
                throw new NoClosedFormException();
        }
    }

    // Of Y = L·X·R: X moves the result by Lᵀ·Ȳ·Rᵀ.
    private Expression ThroughChain(NodeList<Expression> factors, int at, Expression adjoint)
    {
        Expression[] before = [.. factors.Take(at)], after = [.. factors.Skip(at + 1)];
        Expression[] numbers = [.. before.Concat(after).Where(IsScalar)];
        Expression[] left = [.. before.Where(factor => !IsScalar(factor)).Reverse().Select(Transposed)];
        Expression[] right = [.. after.Where(factor => !IsScalar(factor)).Reverse().Select(Transposed)];
        if (!IsScalar(factors[at]))
            return left.Length + right.Length == 0 && numbers.Length == 0 ? adjoint
                : Times([.. numbers, .. left, adjoint, .. right]);
        if (left.Length + right.Length == 0)
            return Times([.. numbers, adjoint]);
        // A number that scales a vector: how far the vector points along its adjoint.
        Expression[] arrays = [.. before.Concat(after).Where(factor => !IsScalar(factor))];
        Expression array = Times([.. arrays]);
        return ranks.FormOf(array) is Form.Scalar ? Times([.. numbers, .. arrays, adjoint])
            : ranks.FormOf(array) is Form.Vector && ranks.FormOf(adjoint) is Form.Vector
            ? Times([.. numbers, Transposed(adjoint), array]) : throw new NoClosedFormException();
    }

    private void VisitQuotient(Quotient quotient, Expression adjoint)
    {
        (Expression u, Expression v) = (quotient.Numerator, quotient.Denominator);
        if (!IsScalar(v) && IsScalar(u) || Depends(v) && IsScalar(v) && !IsScalar(u))
            throw new NoClosedFormException();
        Visit(u, new Quotient(adjoint, v));
        if (Depends(v))
            Pass(v, new Negation(new Quotient(u, Squared(v))), adjoint);
    }

    private void VisitPower(Power power, Expression adjoint)
    {
        (Expression u, Expression n) = (power.Base, power.Exponent);
        if (u is Delimited { Kind: DelimiterKind.Norm, Items: [var inside] } norm && n is Number { Value: 2 }
            && IsEuclidean(norm, inside))
        {
            Visit(inside, Times(Whole(2), adjoint, inside));
            return;
        }
        if (ranks.FormOf(u) == Form.Matrix)
            throw new NoClosedFormException();
        if (Depends(n))
            Pass(n, Times(power, Log(u)), adjoint);
        Pass(u, Times(n, new Power(u, Minus(n, One))), adjoint);
    }

    private void VisitPostfix(Postfix postfix, Expression adjoint)
    {
        switch (postfix.Sign)
        {
            case PostfixSign.Transpose or PostfixSign.Adjoint:
                Visit(postfix.Operand, Transposed(adjoint));
                break;
            case PostfixSign.Inverse:
                Visit(postfix.Operand, new Negation(Times(Transposed(postfix), adjoint, Transposed(postfix))));
                break;
            default:
                throw new NoClosedFormException();
        }
    }

    private void VisitDelimited(Delimited part, Expression adjoint)
    {
        switch (part)
        {
            case { Kind: DelimiterKind.Absolute, Items: [var u] }:
                Pass(u, Called("sign", u), adjoint);
                break;
            case { Kind: DelimiterKind.InnerProduct, Items: [var a, var b] }:
                Visit(a, Times(adjoint, b));
                Visit(b, Times(adjoint, a));
                break;
            case { Kind: DelimiterKind.Norm, Items: [var u], Subscript: Number { Value: 1 } }
                when ranks.FormOf(u) == Form.Vector:
                Visit(u, Times(adjoint, Called("sign", u)));
                break;
            case { Kind: DelimiterKind.Norm, Items: [var u] } when IsEuclidean(part, u):
                Visit(u, new Quotient(Times(adjoint, u), part));
                break;
            case { Kind: DelimiterKind.Determinant, Items: [var matrix] }:
                VisitDeterminant(part, matrix, adjoint);
                break;
            default:
                throw new NoClosedFormException();
        }
    }

    // Of a matrix the Frobenius norm must be written as such: ‖A‖ and ‖A‖₂ may be the largest singular value.
    private bool IsEuclidean(Delimited norm, Expression inside) => ranks.FormOf(inside) switch
    {
        Form.Vector => norm.Subscript is null or Number { Value: 2 },
        Form.Matrix => norm.Subscript is Symbol { Letter: "F" },
        _ => false,
    };

    // |A| moves with A by |A|·A⁻ᵀ, log |A| by A⁻ᵀ.
    private void VisitDeterminant(Expression determinant, Expression matrix, Expression adjoint) =>
        Visit(matrix, Times(adjoint, determinant, Transposed(new Postfix(matrix, PostfixSign.Inverse))));

    private void VisitCall(Call call, Expression adjoint)
    {
        if (call.Arguments is not [var u] || Depends(call.Function))
            throw new NoClosedFormException();
        if (IsNaturalLogarithm(call) && u is Call { Arguments: [var softened] } inner && IsPlain(inner, "softmax"))
            VisitLogSoftmax(softened, inner, adjoint);
        else if (ElementaryDerivatives.Of(call) is { } slope)
            Pass(u, slope, adjoint);
        else
            switch (KnownFunctions.NameOf(call) ?? call.Letter)
            {
                case "trace":
                    Visit(u, Times(adjoint, Identity));
                    break;
                case "det":
                    VisitDeterminant(call, u, adjoint);
                    break;
                case "logdet":
                    Visit(u, Times(adjoint, Transposed(new Postfix(u, PostfixSign.Inverse))));
                    break;
                case "sum" when ranks.FormOf(u) == Form.Vector:
                    Visit(u, Times(adjoint, Ones));
                    break;
                case "logsumexp":
                    Visit(u, Times(adjoint, Called("softmax", u)));
                    break;
                case "log_softmax":
                    VisitLogSoftmax(u, Called("softmax", u), adjoint);
                    break;
                case "softmax" when !IsScalar(adjoint):
                    Visit(u, Elementwise(call, Minus(adjoint, Times(Transposed(adjoint), call, Ones))));
                    break;
                default:
                    throw new NoClosedFormException();
            }
    }

    // With p = softmax(z): log p moves with z by ȳ − p·Σȳ, so the loss −yᵀ log p by p·Σy − y.
    private void VisitLogSoftmax(Expression z, Expression softmax, Expression adjoint)
    {
        if (IsScalar(adjoint))
            throw new NoClosedFormException();
        Visit(z, Minus(adjoint, Times(SumOf(adjoint), softmax)));
    }

    // Σᵢ yᵢ, of what is no symbol 1ᵀy.
    private Expression SumOf(Expression vector)
    {
        Expression simple = Simplifier.Simplify(vector, ranks);
        if (simple is Negation negation)
            return new Negation(SumOf(negation.Operand));
        if (simple is not Symbol symbol)
            return Times(Transposed(Ones), simple);
        var index = new Symbol("i") { Kind = SymbolKind.Index };
        return new BigOperator(BigOperatorKind.Sum, new([index]),
            symbol with { Subscripts = [.. symbol.Subscripts, index] });
    }
}
