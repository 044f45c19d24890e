using System.Runtime.CompilerServices;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Symbolics;

/// <summary>Reads trees as sums of products of powers, in which equal things meet and can be collected.</summary>
internal sealed partial class Reduction(Ranks ranks)
{
    // Deeper than what anybody writes, and more parts and products than a formula has that anybody wants simpler.
    private const int MostDepth = 100, MostWork = 4000, OperationsOfPart = 1000;

    private int depth, work;

    /// <summary>A tree, simplified.</summary>
    public Expression Simple(Expression tree) => Layout.Write(Read(tree));

    /// <summary>What a tree says as a sum of terms.</summary>
    public Polynomial Read(Expression tree)
    {
        Charge(1);
        return Deeper(() => ReadNode(tree));
    }

    private Polynomial ReadNode(Expression tree) => tree switch
    {
        Number number => Rational.Of(number) is { } value ? Polynomial.Constant(value) : Polynomial.Of(number),
        Symbol symbol => Atom(symbol),
        Annotated annotated => Read(annotated.Inner),
        Negation negation => -Read(negation.Operand),
        Sum sum => Shortest.Of(Polynomial.Sum(sum.Terms.SelectMany(term => Read(term).Terms)), this),
        Product product => ReadProduct(product),
        Quotient quotient => Finished(Multiply(Read(quotient.Numerator), Power(Read(quotient.Denominator), -1))),
        Power power => Power(
            Functions.IsEuler(power.Base) ? Polynomial.Of(Functions.Euler) : Read(power.Base), Read(power.Exponent)),
        Root { Degree: null } root => Power(Read(root.Radicand), new Rational(1, 2)),
        Root { Degree: var degree } root => Power(Read(root.Radicand), Power(Read(degree), -1)),
        Postfix { Sign: PostfixSign.Transpose or PostfixSign.Adjoint } postfix => Transposed(Read(postfix.Operand)),
        Call call => ReadCall(call),
        Delimited { Kind: DelimiterKind.Absolute, Items: [var inside] } => Absolute(Read(inside)),
        BigOperator { Kind: BigOperatorKind.Sum } sum => ReadSum(sum),
        Cases cases => ReadCases(cases),
        // What an operator or a derivative is applied to stays as it was written.
        Derivative or Gradient or Words or Ellipsis => Atom(tree),
        Delimited { Kind: DelimiterKind.Indicator or DelimiterKind.EvaluatedAt } => Atom(tree),
        _ => Atom(tree.WithChildren([.. tree.Children.Select(Simple)])),
    };

    /// <summary>The product of two sums; one of more terms than one becomes a factor in brackets.</summary>
    public Polynomial Multiply(Polynomial a, Polynomial b)
    {
        if (a.IsZero || b.IsZero)
            return Polynomial.Zero;
        if (a.AsRational is { IsInteger: true, Numerator.IsOne: true })
            return b;
        if (b.AsRational is { IsInteger: true, Numerator.IsOne: true })
            return a;
        Term product = AsTerm(a).Times(AsTerm(b));
        if (product.Coefficient.IsTooLong)
            throw new NotSimplifiedException();
        return Settled(product);
    }

    /// <summary>
    /// A product as it has to be after its exponents changed: brackets with nothing or a minus sign before them are
    /// opened, and so is what was held together by a root that is gone, √(x/y)² = x/y.
    /// </summary>
    public Polynomial Settled(Term term)
    {
        Charge(1 + term.Factors.Count + term.Chain.Count);
        if (term.Factors.FirstOrDefault(IsHeldTogether) is { } held)
            return Multiply(Polynomial.Of(term.With(term.Factors.Where(factor => !ReferenceEquals(factor, held)))),
                Power(Read(held.Base), held.Exponent));
        Sum? brackets = !term.Coefficient.IsOne && !(-term.Coefficient).IsOne ? null : (term.Factors, term.Chain) switch
        {
            ([{ Exponent.IsOne: true, Base: Sum only }], []) => only,
            ([], [Sum only]) => only,
            _ => null,
        };
        return brackets is null ? Polynomial.Of(term)
            : Polynomial.Sum(brackets.Terms.SelectMany(part => Read(part).Terms)).Times(term.Coefficient);
    }

    /// <summary>A sum as one term: what its terms have in common times the rest in brackets.</summary>
    public Term AsTerm(Polynomial sum) => sum.Terms.Count == 1 ? sum.Terms[0] : Deeper(() => Bracketed(sum));

    private Term Bracketed(Polynomial sum)
    {
        (Term common, Polynomial rest) = Shortest.Split(sum, this);
        if (Shortest.MultipliedOut(rest, this) is { } shorter)
            return common.Times(AsTerm(shorter));
        if (rest.IsZero)
            return Term.Constant(Rational.Zero);
        if (rest.Terms.Count == 1)
            return common.Times(rest.Terms[0]);
        Expression brackets = Layout.Write(rest);
        return ranks.FormOf(brackets) == Form.Scalar
            ? common.Times(Term.Of(new Factor(brackets, Polynomial.One)))
            : common.WithChain([.. common.Chain, brackets]);
    }

    private bool IsHeldTogether(Factor factor) => factor.Exponent.AsRational is { IsInteger: true }
        && (factor.Base is Quotient or Trees.Power or Root or Negation { Operand: not Number }
            || (factor.Base is Product { Sign: not (ProductSign.Outer or ProductSign.Convolution) } product
                && product.Factors.All(part => ranks.FormOf(part) == Form.Scalar)));

    /// <summary>Counts work before it is done.</summary>
    private void Charge(int parts)
    {
        ranks.Budget.Charge("simplifying", (long)parts * OperationsOfPart);
        if ((work += parts) > MostWork || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new NotSimplifiedException();
    }

    private T Deeper<T>(Func<T> inside)
    {
        if (++depth > MostDepth)
            throw new NotSimplifiedException();
        try
        {
            return inside();
        }
        finally
        {
            depth--;
        }
    }

    private Polynomial Atom(Expression tree) => ranks.FormOf(tree) == Form.Scalar
        ? Polynomial.Of(tree) : Polynomial.Of(Term.OfChain(tree));

    private Polynomial ReadProduct(Product product)
    {
        Form form = ranks.FormOf(product);
        switch (product.Sign)
        {
            case ProductSign.Hadamard or ProductSign.Star or ProductSign.Times when form != Form.Scalar:
                return ReadElementwise(product);
            case ProductSign.Outer or ProductSign.Convolution:
            case ProductSign.Dot when product.Factors.Any(factor => ranks.FormOf(factor) == Form.Vector):
                Expression rebuilt = product.WithChildren([.. product.Factors.Select(Simple)]);
                return product.Factors.All(factor => ranks.FormOf(factor) is Form.Scalar or Form.Vector)
                    && product.Factors.Count(factor => ranks.FormOf(factor) == Form.Vector) == 1
                    ? Chained(product.Factors) : Atom(rebuilt);
            default:
                return Chained(product.Factors);
        }
    }

    private Polynomial Chained(IEnumerable<Expression> factors) =>
        Finished(factors.Select(Read).Aggregate(Polynomial.One, Multiply));

    // a ⊙ b: numbers go before, what is left stays in its order.
    private Polynomial ReadElementwise(Product product)
    {
        Term before = Term.Constant(Rational.One);
        List<Expression> arrays = [];
        foreach (Polynomial factor in product.Factors.Select(Read))
        {
            if (factor.IsZero)
                return factor;
            Term term = AsTerm(factor);
            before = before.Times(term.WithChain([]));
            if (term.Chain.Count > 0 && term.Chain is not [Symbol { Alphabet: Alphabet.Bold, Letter: "1" }])
                arrays.Add(Functions.Times([.. term.Chain]));
        }
        Expression[] flat = [.. arrays.SelectMany(array =>
            array is Product { Sign: ProductSign.Hadamard } inner ? inner.Factors : [array])];
        return Polynomial.Of(flat.Length switch
        {
            0 => before.WithChain([Functions.Ones]),
            1 => before.WithChain(flat),
            _ => before.WithChain([new Product([.. flat], ProductSign.Hadamard)]),
        });
    }

    /// <summary>Row times column is a number: such a part of a chain commutes with the rest.</summary>
    private Polynomial Finished(Polynomial product)
    {
        if (product.Terms is not [{ Chain.Count: > 1 } term])
            return product;
        List<Expression> links = [];
        List<Factor> numbers = [.. term.Factors];
        foreach (Expression link in term.Chain.SelectMany(
            link => link is Product { Sign: ProductSign.None } inner ? inner.Factors : [link]))
        {
            if (link is Symbol { Alphabet: Alphabet.Bold, Letter: "I" })
                continue;
            links.Add(link);
            if (links.Count > 1 && ranks.FormOfChain(links) == Form.Scalar)
            {
                numbers.Add(new Factor(Functions.Times([.. links]), Polynomial.One));
                links.Clear();
            }
        }
        return Polynomial.Of(term.With(numbers).WithChain(links));
    }

    // (AB)ᵀ = BᵀAᵀ; a number is its own transpose.
    private Polynomial Transposed(Polynomial sum) => Polynomial.Sum(sum.Terms.Select(
        term => term.WithChain(term.Chain.Reverse().Select(link => link switch
        {
            Postfix { Sign: PostfixSign.Transpose } twice => twice.Operand,
            Symbol { Alphabet: Alphabet.Bold, Letter: "I" } => link,
            Product { Sign: ProductSign.Hadamard } product => product.WithChildren(
                [.. product.Factors.Select(factor => Simple(Functions.Transposed(factor)))]),
            Sum terms => Layout.Write(Transposed(Polynomial.Sum(terms.Terms.SelectMany(part => Read(part).Terms)))),
            _ => Functions.Transposed(link),
        }))));

    private Polynomial ReadCases(Cases cases)
    {
        Expression[] values = [.. cases.Values.Select(Simple)];
        return values.Length > 0 && values.All(value => TreeText.Of(value) == TreeText.Of(values[0]))
            ? Read(values[0]) : Atom(cases with { Values = [.. values] });
    }

    // Σ c·f(i) = c·Σ f(i) for what does not depend on i.
    private Polynomial ReadSum(BigOperator sum)
    {
        Polynomial body = Read(sum.Body);
        if (body.IsZero)
            return body;
        Term term = AsTerm(body);
        string[] running = [.. sum.Range.Variables.OfType<Symbol>().Select(symbol => symbol.Name)];
        if (running.Length == 0 || term.Chain.Count > 0)
            return Atom(sum with { Body = Layout.Write(body) });
        ILookup<bool, Factor> parts = term.Factors.ToLookup(factor => DependsOn(factor, running));
        Term outside = term.With(parts[false]), inside = Term.Constant(Rational.One).With(parts[true]);
        if (inside.IsConstant && Count(sum.Range) is { } count)
            return Multiply(Polynomial.Of(outside), count);
        return Multiply(Polynomial.Of(outside), Atom(sum with { Body = Layout.Write(Polynomial.Of(inside)) }));
    }

    // How many there are from 1 to n.
    private Polynomial? Count(Trees.Range range) =>
        range is { Variables.Count: 1, From: { } from, To: { } to, Domain: null, Condition: null }
        && Functions.Mentions(to, symbol => symbol.Letter is "infty" or "∞") is false
            ? Read(to) + -Read(from) + Polynomial.One : null;

    private static bool DependsOn(Factor factor, string[] names) =>
        Mentions(factor.Base, names) || factor.Exponent.Terms.Any(term =>
            term.Chain.Any(link => Mentions(link, names)) || term.Factors.Any(inner => DependsOn(inner, names)));

    private static bool Mentions(Expression tree, string[] names) =>
        Functions.Mentions(tree, symbol => names.Contains(symbol.Name, StringComparer.Ordinal));
}
