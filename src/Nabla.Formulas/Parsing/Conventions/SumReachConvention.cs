using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Conventions;

/// <summary>
/// −Σᵢ yᵢ log pᵢ + (1 − yᵢ) log(1 − pᵢ): a later term with the index of the sum, which nothing else says how far it
/// runs, belongs to the sum; so of Π, max and min.
/// </summary>
internal sealed class SumReachConvention
{
    private readonly string text;
    private readonly List<Choice> choices;
    private readonly HashSet<string> outside;

    private SumReachConvention(string text, List<Choice> choices, IEnumerable<string> outside)
    {
        (this.text, this.choices) = (text, choices);
        this.outside = new(outside, StringComparer.Ordinal);
    }

    /// <summary>The tree with the terms in the sums that they belong to.</summary>
    public static Expression Read(Expression tree, string text, List<Choice> choices)
    {
        if (!tree.All().Any(node => node is BigOperator))
            return tree;
        return tree switch
        {
            FormulaSystem system => system with
            {
                Formulas = [.. system.Formulas.Select(one => Read(one, text, choices))],
            },
            Qualified qualified => qualified with { Statement = Read(qualified.Statement, text, choices) },
            Relation relation => relation with
            {
                Members = [.. relation.Members.Select((member, i) => i == 0 ? member
                    : new SumReachConvention(text, choices, LettersOf(relation.Members[0])).Rewrite(member))],
            },
            _ => new SumReachConvention(text, choices, []).Rewrite(tree),
        };
    }

    // Π binds more tightly: Π 1 − pᵢ goes on, for Π 1 says nothing, and Π xᵢ + yᵢ does not.
    private static bool MayGoOn(BigOperator big, string index) =>
        big.Kind != BigOperatorKind.Product || !UsesFreely(big.Body, index);

    /// <summary>Whether a term that ends with a sum would take in the term after it.</summary>
    public static bool TakesIn(Expression term, Expression next) =>
        LastOperator(term) is { } big && IndexOf(big) is { } index && MayGoOn(big, index) && UsesFreely(next, index);

    private static IEnumerable<string> LettersOf(Expression left) =>
        left.All().OfType<Symbol>().Where(symbol => symbol.IsBare).Select(symbol => symbol.Letter);

    private Expression Rewrite(Expression tree) =>
        tree.Rewrite(node => node is Sum { Terms.Count: > 1 } sum ? Joined(sum) : node);

    private Expression Joined(Sum sum)
    {
        var terms = new List<Expression>();
        for (int i = 0; i < sum.Terms.Count; i++)
        {
            Expression term = sum.Terms[i];
            if (i > 0 && OverTheSame(sum.Terms[i - 1], term) is { } beside)
            {
                terms.Add(beside);
                continue;
            }
            int stop = i + 1;
            if (LastOperator(term) is { } big && IndexOf(big) is { } index && !outside.Contains(index)
                && MayGoOn(big, index))
                while (stop < sum.Terms.Count && IsLoose(sum.Terms[stop - 1], sum.Terms[stop])
                    && !(big.Kind is BigOperatorKind.Max or BigOperatorKind.Min && sum.Terms[stop] is Negation)
                    && UsesFreely(sum.Terms[stop], index))
                    stop++;
            else if (stop < sum.Terms.Count && IsOtherClass(term, sum.Terms[stop])
                && IsLoose(sum.Terms[stop - 1], sum.Terms[stop]))
                stop++;
            if (stop == i + 1)
            {
                terms.Add(term);
                continue;
            }
            BigOperator inner = LastOperator(term)!;
            Expression[] more = [.. sum.Terms.Skip(i + 1).Take(stop - i - 1)];
            SourceSpan span = SourceSpan.Cover(inner.Source, more[^1].Source);
            BigOperator whole = inner with
            {
                Body = new Sum([.. inner.Body is Sum body ? body.Terms : [inner.Body], .. more])
                {
                    Source = SourceSpan.Cover(inner.Body.Source, more[^1].Source),
                },
                Source = span,
            };
            string name = inner.Kind == BigOperatorKind.Sum ? "sum" : "operator";
            choices.Add(new Choice(more[0].Source, $"part of the {name} before it, because it has its index",
                "a term of its own"));
            terms.Add(WithLast(term, inner, whole));
            i = stop - 1;
        }
        return terms.SequenceEqual(sum.Terms) ? sum : terms.Count == 1 ? terms[0] : sum with { Terms = [.. terms] };
    }

    // Σ_ij |u_{i+1,j} − u_ij| + |u_{i,j+1} − u_ij|: a sum of its own over the same i and j, as far as each goes.
    private Expression? OverTheSame(Expression before, Expression term)
    {
        if (LastOperator(before) is not { Kind: BigOperatorKind.Sum, Range: { To: null, Variables.Count: > 1 } } big
            || !IsLoose(before, term) || LastOperator(term) is not null)
            return null;
        string[] indices = [.. big.Range.Variables.OfType<Symbol>().Select(symbol => symbol.Letter)];
        if (!Array.Exists(indices, index => UsesFreely(term, index)) || Array.Exists(indices, outside.Contains))
            return null;
        choices.Add(new Choice(term.Source, "a sum of its own, over the indices of the sum before it",
            "a term for each of them"));
        return WithLast(before, big, big with { Body = term, Source = term.Source });
    }

    // Σ y log p + (1 − y) log(1 − p): the two classes of one sum.
    private static bool IsOtherClass(Expression term, Expression next) =>
        LastOperator(term) is { Kind: BigOperatorKind.Sum, Range.Variables: [] } big
        && big.Body is Product { Factors: [var y, Call] }
        && next is Product { Factors: [Sum { Terms: [Number { Value: 1 }, Negation { Operand: var part }] }, Call log] }
        && part.Equals(y) && log.Letter is "log" or "ln";

    // The sum with which a term ends: −(1/N) Σ …
    private static BigOperator? LastOperator(Expression term) => term switch
    {
        BigOperator
        {
            Kind: BigOperatorKind.Sum or BigOperatorKind.Product or BigOperatorKind.Max or BigOperatorKind.Min,
        } big => big,
        Negation negation => LastOperator(negation.Operand),
        Product { Sign: ProductSign.None or ProductSign.Dot or ProductSign.Times } product =>
            LastOperator(product.Factors[^1]),
        _ => null,
    };

    private static Expression WithLast(Expression term, BigOperator inner, BigOperator whole) => term switch
    {
        Negation negation => negation with { Operand = WithLast(negation.Operand, inner, whole) },
        Product product => product with
        {
            Factors = [.. product.Factors.SkipLast(1), WithLast(product.Factors[^1], inner, whole)],
        },
        _ => whole,
    };

    private static string? IndexOf(BigOperator big) => big.Range switch
    {
        { Variables: [Symbol { IsBare: true, Primes: 0, Letter.Length: 1 } index] } => index.Letter,
        { Variables: [], Domain: null, Condition: null } when IndicesIn(big.Body) is [var only] => only,
        _ => null,
    };

    // The i of Σ y_i log p_i.
    private static string[] IndicesIn(Expression body) =>
    [
        .. body.All().OfType<Symbol>().SelectMany(symbol => symbol.Subscripts).OfType<Symbol>()
            .Where(mark => mark is { IsBare: true, Letter: "i" or "j" or "k" or "n" or "t" })
            .Select(mark => mark.Letter).Distinct(StringComparer.Ordinal),
    ];

    // Nothing that closes a bracket stands between them.
    private bool IsLoose(Expression term, Expression next)
    {
        int from = term.Source.End, to = next.Source.Start;
        return from <= to && to <= text.Length && text.AsSpan(from, to - from).IndexOfAny(")]}") < 0;
    }

    private static bool UsesFreely(Expression node, string index) => node switch
    {
        BigOperator big when big.Range.Variables.Any(variable => variable is Symbol own && own.Letter == index) =>
            false,
        BigOperator { Range.Variables.Count: 0 } big when IndexOf(big) == index => false, // Σ x_i Σ y_i
        Symbol symbol => symbol.Subscripts.Concat(symbol.Superscripts).Any(mark => mark.All().Any(part =>
            part is Symbol { IsBare: true, Primes: 0 } letter && letter.Letter == index)),
        _ => node.Children.Any(child => UsesFreely(child, index)),
    };
}
