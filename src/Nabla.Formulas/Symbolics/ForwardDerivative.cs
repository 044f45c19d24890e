using Nabla.Formulas.Trees;
using static Nabla.Formulas.Symbolics.Functions;

namespace Nabla.Formulas.Symbolics;

/// <summary>
/// The derivative by one number, from the leaves up. What it makes is not simplified, but for the bodies of sums, in
/// which Kronecker's δ are looked for.
/// </summary>
internal sealed class ForwardDerivative(Entries by, Ranks ranks)
{
    private const int OperationsOfPart = 1000;

    // Names that are no functions of one number, though KnownFunctions does not have them.
    private static readonly HashSet<string> OfWholeVectors = new(StringComparer.Ordinal)
    {
        "argmax", "argmin", "logdet", "sort", "var", "Var", "Cov", "softmin", "P", "p", "Pr", "D", "cov",
    };

    // Functions that are linear in their argument.
    private static readonly HashSet<string> Linear = new(StringComparer.Ordinal)
    {
        "trace", "sum", "mean", "diag", "vec",
    };

    public Expression Of(Expression tree)
    {
        ranks.Budget.Charge("differentiating", OperationsOfPart);
        if (!Depends(tree))
            return Zero;
        if (tree.ByRow.IsSaid && ranks.FormOf(tree.Children[^1]) is not (Form.Vector or Form.Scalar))
            throw new NoClosedFormException(); // by rows of what may be a matrix
        return tree switch
        {
            Symbol symbol => OfSymbol(symbol),
            Annotated annotated => Of(annotated.Inner),
            Negation negation => new Negation(Of(negation.Operand)),
            Sum sum => Plus([.. sum.Terms.Where(Depends).Select(Of)]),
            Product product => Plus([.. OfEach(product.Factors).Select(factors => product with { Factors = factors })]),
            Quotient quotient => OfQuotient(quotient),
            Power power => OfPower(power),
            Root root => OfPower(new Power(root.Radicand, new Quotient(One, root.Degree ?? Whole(2)))),
            Postfix postfix => OfPostfix(postfix),
            Call call => OfCall(call),
            Delimited delimited => OfDelimited(delimited),
            Collection { Kind: CollectionKind.List, Range: null } or MatrixLiteral =>
                tree.WithChildren([.. tree.Children.Select(Of)]),
            Element when by.Indices is [var own] && Entries.SoftmaxEntry(tree, by.By) is { } entry =>
                Times(entry, Minus(Indicator(entry.Indices[0], RelationOperator.EqualSign, own),
                    entry with { Indices = [own] })),
            Element element when !element.Indices.Any(Depends) => element with { Target = Of(element.Target) },
            BigOperator big => OfBigOperator(big),
            Expectation { Kind: ExpectationKind.Mean, Arguments: [var argument] } mean
                when !mean.Over.Any(Depends) && !mean.Given.Any(Depends) => mean with { Arguments = [Of(argument)] },
            Cases cases when !cases.Conditions.OfType<Symbol>().Any() =>
                cases with { Values = [.. cases.Values.Select(Of)] },
            _ => throw new NoClosedFormException(),
        };
    }

    private bool Depends(Expression tree) => tree.All().Any(
        node => node is Symbol symbol && (symbol == by.By || Entries.IndicesOf(symbol, by.By) is not null));

    // 1, or Kronecker's δ for each index.
    private Expression OfSymbol(Symbol symbol)
    {
        if (symbol == by.By)
            return One;
        if (Entries.IndicesOf(symbol, by.By) is not { } indices || indices.Any(Depends))
            throw new NoClosedFormException();
        return Times([.. indices.Zip(by.Indices, (index, own) => Indicator(index, RelationOperator.EqualSign, own))]);
    }

    // The product rule: one after the other is replaced by its derivative.
    private IEnumerable<NodeList<Expression>> OfEach(NodeList<Expression> factors)
    {
        for (int i = 0; i < factors.Count; i++)
            if (Depends(factors[i]))
            {
                Expression[] changed = [.. factors];
                changed[i] = Of(factors[i]);
                yield return [.. changed];
            }
    }

    private Expression OfQuotient(Quotient quotient)
    {
        (Expression u, Expression v) = (quotient.Numerator, quotient.Denominator);
        if (!Depends(v))
            return new Quotient(Of(u), v);
        Expression below = new Negation(new Quotient(Times(u, Of(v)), Squared(v)));
        return Depends(u) ? Plus(new Quotient(Of(u), v), below) : below;
    }

    private Expression OfPower(Power power)
    {
        (Expression u, Expression v) = (power.Base, power.Exponent);
        if (ranks.FormOf(u) == Form.Matrix || Simplifier.Simplify(u, ranks) is Number { Value: 0 })
            throw new NoClosedFormException();
        if (u is Delimited { Kind: DelimiterKind.Norm, Items: [var vector], Subscript: null or Number { Value: 2 } }
            && v is Number { Value: 2 } && ranks.FormOf(vector) == Form.Vector)
            return Times(Whole(2), Transposed(vector), Of(vector));
        if (!Depends(v))
            return Joined(u, Times(v, new Power(u, Minus(v, One))), Of(u));
        if (IsEuler(u))
            return Joined(v, Exp(v), Of(v));
        if (!Depends(u))
            return Joined(v, Times(power, Log(u)), Of(v));
        return Times(power, Plus(Times(Of(v), Log(u)), new Quotient(Times(v, Of(u)), u)));
    }

    // f′(u)·u′, entry by entry where u is an array.
    private Expression Joined(Expression u, Expression outer, Expression inner) =>
        ranks.FormOf(u) is Form.Scalar or Form.Unknown ? Times(outer, inner) : Elementwise(outer, inner);

    private Expression OfPostfix(Postfix postfix) => postfix.Sign switch
    {
        PostfixSign.Transpose or PostfixSign.Adjoint => Transposed(Of(postfix.Operand)),
        PostfixSign.Inverse => new Negation(Times(postfix, Of(postfix.Operand), postfix)),
        _ => throw new NoClosedFormException(),
    };

    private Expression OfCall(Call call)
    {
        if (Depends(call.Function))
            throw new NoClosedFormException();
        if (SteepFunction.WrittenOut(call) is { } written)
            return Of(written);
        if (ElementaryDerivatives.Of(call) is { } known)
            return Joined(call.Arguments[0], known, Of(call.Arguments[0]));
        if (call.Arguments is [var one])
            return Linear.Contains(KnownFunctions.NameOf(call) ?? call.Letter) ? call with { Arguments = [Of(one)] }
                : ByChainRule(call, one);
        return call.Arguments.Count == 2 && KnownFunctions.NameOf(call) is "max" or "min"
            ? OfLargest(KnownFunctions.NameOf(call) == "max", call.Arguments[0], call.Arguments[1])
            : throw new NoClosedFormException();
    }

    // f(g(x))′ = f′(g(x))·g′(x) of a function that nobody knows.
    private Expression ByChainRule(Call call, Expression u) =>
        call.Function is Symbol { Letter.Length: > 0 } function && !OfWholeVectors.Contains(function.Letter)
        && KnownFunctions.NameOf(call) is null
        && ranks.FormOf(u) is Form.Scalar or Form.Unknown
            ? Times(call with { Function = function with { Primes = function.Primes + 1 } }, Of(u))
            : throw new NoClosedFormException();

    private Expression OfLargest(bool isMax, Expression a, Expression b)
    {
        var above = new RelationOperator(isMax ? ">" : "<", isMax ? RelationKind.Greater : RelationKind.Less);
        return Plus(Times(Indicator(a, above, b), Of(a)), Times(Indicator(b, above, a), Of(b)));
    }

    private Expression OfDelimited(Delimited part) => part switch
    {
        { Kind: DelimiterKind.Absolute, Items: [var u] } => Joined(u, Called("sign", u), Of(u)),
        { Kind: DelimiterKind.Indicator or DelimiterKind.Floor or DelimiterKind.Ceiling or DelimiterKind.Round } =>
            Zero,
        { Kind: DelimiterKind.InnerProduct, Items: [var a, var b] } =>
            Plus(part with { Items = [Of(a), b] }, part with { Items = [a, Of(b)] }),
        { Kind: DelimiterKind.Norm, Items: [var u], Subscript: null or Number { Value: 2 } }
            when ranks.FormOf(u) == Form.Vector => new Quotient(Times(Transposed(u), Of(u)), part),
        _ => throw new NoClosedFormException(),
    };

    private Expression OfBigOperator(BigOperator big)
    {
        if (big.Kind == BigOperatorKind.Integral
            && big.Range is { From: { } from, To: { } to, Variables: [Symbol variable] }
            && by.Indices.Count == 0 && variable != by.By && (Depends(from) || Depends(to)))
            return OfEnds(big, variable, from, to);
        if (big.Range.Parts.Any(Depends) || big.Range.Variables.Count == 0 && by.Indices.Count > 0)
            throw new NoClosedFormException();
        return big.Kind switch
        {
            BigOperatorKind.Sum => Contraction.Of(big with { Body = Of(big.Body) }, by.Indices, ranks),
            BigOperatorKind.Integral => big with { Body = Of(big.Body) },
            // (Π f)′ = Π f · Σ f′/f
            BigOperatorKind.Product => Times(big, Contraction.Of(
                big with { Kind = BigOperatorKind.Sum, Body = new Quotient(Of(big.Body), big.Body) },
                by.Indices, ranks)),
            _ => throw new NoClosedFormException(),
        };
    }

    // (∫ₐᵇ f dt)′ = f(b)·b′ − f(a)·a′ + ∫ₐᵇ f′ dt
    private Expression OfEnds(BigOperator integral, Symbol variable, Expression from, Expression to)
    {
        List<Expression> terms = [];
        if (Depends(to))
            terms.Add(Times(Substitution.Of(integral.Body, variable, to), Of(to)));
        if (Depends(from))
            terms.Add(new Negation(Times(Substitution.Of(integral.Body, variable, from), Of(from))));
        if (Depends(integral.Body))
            terms.Add(integral with { Body = Of(integral.Body) });
        return Plus([.. terms]);
    }
}
