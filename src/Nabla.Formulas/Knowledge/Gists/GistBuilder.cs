using Nabla.Formulas.Trees;
using static Nabla.Formulas.Knowledge.Gists.GistOps;

namespace Nabla.Formulas.Knowledge.Gists;

/// <summary>Makes the <see cref="Gist"/> of a tree.</summary>
internal static class GistBuilder
{
    public static Gist Build(Expression node) => node switch
    {
        Number number => Gist.Of(number.Value),
        Symbol symbol => OfSymbol(symbol),
        Sum sum => GistAlgebra.Sum(sum.Terms.Select(Build)),
        Product product => OfProduct(product),
        Negation negation => GistAlgebra.Negate(Build(negation.Operand)),
        Quotient quotient => GistAlgebra.Multiply(
            [Build(quotient.Numerator), GistAlgebra.Invert(Build(quotient.Denominator))]),
        Power power => OfPower(power),
        Root { Degree: null } root => new Gist(Sqrt, Build(root.Radicand)),
        Root root => new Gist(Pow, Build(root.Radicand), GistAlgebra.Invert(Build(root.Degree!))),
        Postfix postfix => OfPostfix(postfix),
        Infix infix => new Gist(infix.Sign, Built(infix.Operands)),
        Call call => CallGists.Build(call),
        Element element => Build(element.Target),
        BigOperator big => OfBigOperator(big),
        Expectation expectation => OfExpectation(expectation),
        Derivative derivative => new Gist(GistOps.Derivative, Built(derivative.Children)),
        Trees.Gradient { Kind: GradientKind.Second } hessian => new Gist("hess", BuiltOrNone(hessian.Of)),
        Trees.Gradient { Kind: GradientKind.Divergence } divergence => new Gist("div", BuiltOrNone(divergence.Of)),
        Trees.Gradient gradient => new Gist(GistOps.Gradient, BuiltOrNone(gradient.Of)),
        Delimited delimited => OfDelimited(delimited),
        Collection collection => OfCollection(collection),
        Trees.Cases cases => new Gist(GistOps.Cases,
            Built(cases.Values.Concat(cases.Conditions.Where(condition => condition is not Words)))),
        Relation relation => OfRelation(relation),
        Annotated annotated => Build(annotated.Inner),
        Qualified qualified => Build(qualified.Statement),
        Words words => new Gist("words") { Letter = words.Value.Trim() },
        Ellipsis => new Gist("…"),
        _ => new Gist(node.GetType().Name, Built(node.Children)),
    };

    /// <summary>
    /// A side of a formula. Where it is two names, as a ⊙ b and abᵀ, the sign is all that tells what it is.
    /// </summary>
    public static Gist BuildWhole(Expression node) => node switch
    {
        Product { Sign: ProductSign.Hadamard, Factors: [Symbol a, Symbol b] } => new Gist("⊙", Build(a), Build(b)),
        Product { Factors: [Symbol a, Postfix { Sign: PostfixSign.Transpose, Operand: Symbol b }] }
            when IsVector(a) && IsVector(b) => new Gist("⊗", Build(a), Build(b)),
        _ => Build(node),
    };

    private static bool IsVector(Symbol symbol) => char.IsAsciiLetterLower(symbol.Letter[0]);

    public static Gist[] Built(IEnumerable<Expression> nodes) => [.. nodes.Select(Build)];

    private static Gist[] BuiltOrNone(Expression? node) => node is null ? [] : [Build(node)];

    private static Gist OfSymbol(Symbol symbol) => symbol.Kind == SymbolKind.Constant && symbol.IsBare
        ? new Gist(symbol.Letter)
        : new Gist(Leaf) { Letter = Labels.TellingName(symbol), Origin = symbol };

    private static Gist OfProduct(Product product)
    {
        if (product.Sign is ProductSign.Outer or ProductSign.Convolution)
            return new Gist(product.Sign == ProductSign.Outer ? "⊗" : "conv", Built(product.Factors));
        var factors = new List<Gist>();
        for (int i = 0; i < product.Factors.Count; i++)
        {
            Expression factor = product.Factors[i];
            Expression? next = i + 1 < product.Factors.Count ? product.Factors[i + 1] : null;
            if (factor is Derivative { Of: null } && next is not null)
                factors.Add(new Gist(GistOps.Derivative, Built([product.Factors[++i], .. factor.Children])));
            else if (factor is Trees.Gradient { Of: null } && next is not null)
                factors.Add(new Gist(GistOps.Gradient, Build(product.Factors[++i])));
            else if (CallGists.Joined(factor, next) is { } whole)
            {
                factors.Add(CallGists.Build(whole));
                i++;
            }
            else if (IsTransposeOf(factor, next))
                factors.Add(new Gist(Square, new Gist(Norm, Build(product.Factors[++i]))));
            else
                factors.Add(Build(factor));
        }
        return GistAlgebra.Multiply(factors);
    }

    private static bool IsTransposeOf(Expression factor, Expression? next) =>
        next is not null && factor is Postfix { Sign: PostfixSign.Transpose or PostfixSign.Adjoint } turned &&
        turned.Operand.Equals(next);

    private static Gist OfPower(Power power)
    {
        if (power.Base is Symbol { Letter: "e", Kind: SymbolKind.Constant })
            return new Gist(Exp, Build(power.Exponent));
        return GistAlgebra.Raise(Build(power.Base), Build(power.Exponent));
    }

    private static Gist OfPostfix(Postfix postfix) => postfix.Sign switch
    {
        PostfixSign.Transpose or PostfixSign.Adjoint => Build(postfix.Operand),
        PostfixSign.Inverse => GistAlgebra.Invert(Build( // H(x)⁻¹ is H⁻¹
            postfix.Operand is Call { Function: Symbol matrix, Arguments.Count: 1 } ? matrix : postfix.Operand)),
        PostfixSign.PseudoInverse => new Gist("pinv", Build(postfix.Operand)),
        _ => new Gist("fact", Build(postfix.Operand)),
    };

    private static Gist OfBigOperator(BigOperator big)
    {
        Gist body = Build(big.Body);
        return big.Kind switch
        {
            BigOperatorKind.Sum => GistAlgebra.Linear(Total, body, big),
            BigOperatorKind.Product => new Gist("Π", body) { Origin = big },
            BigOperatorKind.Integral => GistAlgebra.Linear("∫", body, big),
            BigOperatorKind.Max or BigOperatorKind.Supremum => GistAlgebra.Largest([body]),
            BigOperatorKind.Min or BigOperatorKind.Infimum => new Gist("min", body),
            BigOperatorKind.ArgMax => new Gist("argmax", body),
            BigOperatorKind.ArgMin => new Gist("argmin", body),
            _ => new Gist(big.Kind.ToString(), body),
        };
    }

    private static Gist OfExpectation(Expectation expectation)
    {
        Gist[] arguments = Built(expectation.Arguments);
        return expectation.Kind switch
        {
            ExpectationKind.Mean when arguments.Length == 1 => GistAlgebra.Linear(Mean, arguments[0], expectation),
            ExpectationKind.Mean => new Gist(Mean, arguments),
            ExpectationKind.Variance => new Gist("var", arguments),
            ExpectationKind.Covariance => new Gist("cov", arguments),
            ExpectationKind.StandardDeviation => new Gist("std", arguments),
            _ => CallGists.Probability(expectation),
        };
    }

    private static Gist OfDelimited(Delimited delimited)
    {
        Gist[] items = Built(delimited.Items);
        return delimited.Kind switch
        {
            DelimiterKind.Norm => new Gist(NormName(delimited.Subscript), items),
            DelimiterKind.Absolute or DelimiterKind.Cardinality or DelimiterKind.Determinant => new Gist(Abs, items),
            DelimiterKind.InnerProduct => GistAlgebra.Multiply(items),
            DelimiterKind.Average when items.Length == 1 => GistAlgebra.Linear(Mean, items[0], delimited),
            DelimiterKind.EvaluatedAt when items.Length > 0 => items[0],
            DelimiterKind kind => new Gist(Names[(int)kind], items),
        };
    }

    // Once, because turning an enum into a string is slow.
    private static readonly string[] Names =
        [.. Enum.GetNames<DelimiterKind>().Select(name => name.ToLowerInvariant())];

    private static string NormName(Expression? subscript) => subscript switch
    {
        Number { Value: 1 } => "norm1",
        Symbol { Letter: "infty" or "inf" } => "norminf",
        _ => Norm,
    };

    private static Gist OfCollection(Collection collection) => collection switch
    {
        { Items: [var only], Kind: CollectionKind.Tuple or CollectionKind.List } => Build(only),
        { Kind: CollectionKind.Set } => new Gist("set", Built(collection.Items)),
        { Kind: CollectionKind.Concatenation } => new Gist("concat", Built(collection.Items)),
        _ => new Gist("tuple", Built(collection.Items)),
    };

    private static Gist OfRelation(Relation relation)
    {
        string op = relation.Operators[0].Kind switch
        {
            RelationKind.Less or RelationKind.Greater => Less,
            RelationKind.Distributed => "∼",
            RelationKind.Member => "∈",
            _ => Equal,
        };
        return new Gist(op, Built(relation.Members));
    }
}
