using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Conventions;

/// <summary>What only the finished parts show: differentials by themselves, intervals.</summary>
internal static class LateConvention
{
    /// <summary>The node with what is settled late, its parts being so already.</summary>
    public static Expression Read(Expression node) => node switch
    {
        Product { Sign: ProductSign.None } product => WithDifferentials(product),
        Sum sum => BlendConvention.Read(sum),
        Element { Target: Call scores } element when ScoreConvention.IsElement(node) =>
            element with { Target = ScoreConvention.AsSoftmax(scores) },
        Relation { Members: [Product { Factors: [Symbol { Letter: "d", IsBare: true }, Symbol] }, ..] } equation =>
            WithPrefixed(equation),
        Relation { Members: [Symbol { Prefix: "d" }, ..] } equation => WithPrefixed(equation),
        Relation { Members: [Element { Target: Call { Function: Symbol { Letter: "sigma" } } }, ..] } definition =>
            WithOwnSigma(definition),
        Relation { Operators: [{ Kind: RelationKind.Distributed } sign], Members: [var left, var right] } about
            when IsAmount(right) || left is Derivative or Call { Function: Symbol { Primes: > 0 } } => about with
            {
                Operators = [sign with { Kind = RelationKind.Approximate }],
            },
        Relation { Operators: [.., { Kind: RelationKind.Distributed }] } drawn
            when drawn.Members[^1] is Call { Function: Symbol } => WithDistribution(drawn),
        Relation { Operators: [{ Kind: RelationKind.Definition } sign], Members: [Symbol left, var right] } update
            when right.All().Contains(left) => update with // θ := θ − η∇L gives θ a new value
            {
                Operators = [sign with { Kind = RelationKind.Assignment }],
            },
        Relation relation => WithIntervals(relation),
        Call call when call.Arguments.Any(argument => IsSequence(argument, call)) => WithSequences(call),
        Call call when call.Arguments.Any(IsPi) && KnownFunctions.Find(call.Letter) is null => WithPolicies(call),
        _ => node,
    };

    // N ∼ 8.8 × 10¹³, C ∼ 6ND: about so much; nothing is drawn from a number.
    private static bool IsAmount(Expression right) => right is Number or Power { Base: Number }
        or Product { Factors: [Number, ..] } or Negation { Operand: Number };

    // X ∼ Exp(λ), s ∼ U(D): what something is drawn from is a distribution, whatever else is called so.
    private static Relation WithDistribution(Relation drawn)
    {
        var call = (Call)drawn.Members[^1];
        var source = (Symbol)call.Function;
        return source.Kind == SymbolKind.Set ? drawn : drawn with
        {
            Members =
            [
                .. drawn.Members.SkipLast(1), call with { Function = source with { Kind = SymbolKind.Distribution } },
            ],
        };
    }

    // ∂f by itself is one thing.
    private static Expression WithDifferentials(Product product)
    {
        bool any = product.Factors.SkipLast(1).Any(factor => factor is Symbol { Letter: "partial", Prefix: "" });
        if (!any)
            return product;
        var factors = new List<Expression>();
        for (int i = 0; i < product.Factors.Count; i++)
        {
            if (product.Factors[i] is not Symbol { Letter: "partial", Prefix: "", Subscripts: var below } sign
                || i + 1 == product.Factors.Count)
            {
                factors.Add(product.Factors[i]);
                continue;
            }
            Expression of = product.Factors[++i];
            factors.Add(below.Count > 0
                ? new Derivative(true, of, below) { Source = SourceSpan.Cover(sign.Source, of.Source) }
                : of is Symbol symbol ? symbol with { Prefix = "partial" }
                : Applied(sign, of));
        }
        return factors.Count == 1 ? factors[0] : new Product([.. factors]) { Source = product.Source };
    }

    private static Call Applied(Symbol sign, Expression of) =>
        new(sign with { Kind = SymbolKind.Function }, of) { Source = SourceSpan.Cover(sign.Source, of.Source) };

    // dx = f dt + g dw: the differentials of a differential equation.
    private static Relation WithPrefixed(Relation equation) =>
        (Relation)equation.Rewrite(part => part is Product product ? WithPrefixed(product) : part);

    /// <summary>The product with every d and the name behind it as one.</summary>
    public static Expression WithPrefixed(Product product)
    {
        var factors = new List<Expression>();
        for (int i = 0; i < product.Factors.Count; i++)
        {
            bool isDifferential = product.Factors[i] is Symbol { Letter: "d", IsBare: true, Prefix: "" }
                && i + 1 < product.Factors.Count;
            if (isDifferential && Prefixed(product.Factors[i + 1]) is { } differential)
            {
                factors.Add(differential);
                i++;
            }
            else
            {
                factors.Add(product.Factors[i]);
            }
        }
        return factors.Count == 1 ? factors[0] : product with { Factors = [.. factors] };
    }

    // dz, dz^T, dz²: the d belongs to the letter, not to its power.
    private static Expression? Prefixed(Expression factor) => factor switch
    {
        Symbol symbol => symbol with { Prefix = "d" },
        Postfix { Operand: Symbol symbol } postfix => postfix with { Operand = symbol with { Prefix = "d" } },
        Power { Base: Symbol symbol } power => power with { Base = symbol with { Prefix = "d" } },
        _ => null,
    };

    // P(w₃ | w₁w₂), C(w₁w₂), p(s₀a₀s₁…), P(AB): one after the other, or together; nobody asks how likely a product is.
    private static bool IsSequence(Expression argument, Call call)
    {
        bool isCount = call.Letter is "c" or "C" or "count";
        bool isLikely = isCount || call.Letter is "P" or "p" or "q" or "Pr";
        if (argument is Collection { Kind: CollectionKind.Tuple, Items: [Symbol, Ellipsis, Symbol] })
            return isLikely; // p(wᵢ | w₁..wᵢ₋₁)
        if (argument is Power { Base: Symbol { Letter: "w", Subscripts: [Number] }, Exponent: not Number })
            return isLikely; // P(w₁ⁿ), as textbooks write the words 1 to n
        if (argument is not Product { Sign: ProductSign.None } product)
            return false;
        bool isOfWords = KnownFunctions.Find(call.Letter) is null; // sin(w₁w₂) is that of a product
        return product.Factors.All(factor => factor is Ellipsis
                || factor is Symbol { Subscripts.Count: 1 } item && (isLikely || isOfWords && item.Letter == "w")
                || isCount && factor is Symbol { IsBare: true, Letter: [>= 'a' and <= 'z'] })
            || call.Letter is "P" or "Pr" && product.Factors.All(factor =>
                factor is Symbol { IsBare: true, Letter: [>= 'A' and <= 'Z'] });
    }

    private static NodeList<Expression> ItemsOf(Expression sequence) =>
        sequence is Power { Base: Symbol first, Exponent: var last }
            ? [first, new Ellipsis(), first with { Subscripts = [last] }] : [.. sequence.Children];

    private static Call WithSequences(Call call)
    {
        var arguments = new List<Expression>();
        var separators = new List<string>();
        for (int i = 0; i < call.Arguments.Count; i++)
        {
            if (i > 0)
                separators.Add(call.Separators[i - 1]);
            NodeList<Expression> items = IsSequence(call.Arguments[i], call)
                ? ItemsOf(call.Arguments[i]) : [call.Arguments[i]];
            separators.AddRange(Enumerable.Repeat(",", items.Count - 1));
            arguments.AddRange(items);
        }
        return call with { Arguments = [.. arguments], Separators = [.. separators] };
    }

    // σ(z)ᵢ = …: a sigmoid has no element i, a softmax has.
    private static Relation WithOwnSigma(Relation definition) => definition with
    {
        Members =
        [
            definition.Members[0].Rewrite(node => node is Call { Function: Symbol { Letter: "sigma" } sigma } call
                ? call with { Function = sigma with { Kind = SymbolKind.Variable } } : node),
            .. definition.Members.Skip(1),
        ],
    };

    private static bool IsPi(Expression argument) => argument is Symbol { Letter: "pi", Kind: SymbolKind.Constant };

    // J(π): nobody asks for the value at 3.14….
    private static Call WithPolicies(Call call) => call with
    {
        Arguments = [.. call.Arguments.Select(argument =>
            IsPi(argument) ? (Symbol)argument with { Kind = SymbolKind.Variable } : argument)],
    };

    // x ∈ (0, 1), t ∼ [1, T]
    private static Relation WithIntervals(Relation relation)
    {
        if (!relation.Operators.Any(IsOfSet))
            return relation;
        var members = relation.Members.ToList();
        for (int i = 1; i < members.Count; i++)
        {
            if (IsOfSet(relation.Operators[i - 1])
                && members[i] is Collection { Items.Count: 2 } pair)
                members[i] = Interval(pair);
        }
        return relation with { Members = [.. members] };
    }

    private static bool IsOfSet(RelationOperator sign) =>
        sign.Kind is RelationKind.Member or RelationKind.NotMember or RelationKind.Distributed;

    private static Collection Interval(Collection pair) => pair.Kind switch
    {
        CollectionKind.List => pair with { Kind = CollectionKind.ClosedInterval },
        CollectionKind.Tuple => pair with { Kind = CollectionKind.OpenInterval },
        _ => pair,
    };
}
