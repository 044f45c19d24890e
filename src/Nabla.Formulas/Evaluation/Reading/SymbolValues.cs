using Nabla.Formulas.Evaluation.Quantities;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Evaluation.Reading;

/// <summary>
/// The value of a symbol that is no element of a list: bound, defined, known, or what follows from sizes.
/// </summary>
internal sealed class SymbolValues(Interpreter interpreter)
{
    private readonly Dictionary<string, Quantity> defined = new(StringComparer.Ordinal);
    private readonly HashSet<string> underWay = new(StringComparer.Ordinal);
    private readonly InferredSizes sizes = new(interpreter);

    /// <summary>Sizes that were not given but follow from the lengths of lists.</summary>
    public IReadOnlyDictionary<string, Quantity> Inferred => sizes.Found;

    /// <summary>What a symbol stands for.</summary>
    /// <exception cref="FormulaException">It is not bound.</exception>
    public Quantity Value(Symbol symbol, Scope scope)
    {
        string name = symbol.Name;
        if (scope.Find(name) is { } running)
            return running.Value;
        if (interpreter.Definitions.IsUpdated(name) && !underWay.Contains(name) && Defined(name) is { } updated)
            return updated; // m = βm + g; w = w − ηm
        if (interpreter.Store.Find(name) is { } stored)
            return stored.Quantity();
        return DefinedElement(symbol, scope)
            ?? Defined(name)
            ?? Constant(symbol)
            ?? (interpreter.IsLeftIndex(name) ? null : Size(name))
            ?? (interpreter.Lookup.MayRun(symbol) ? interpreter.RunFreely(name)?.Value : null)
            ?? KroneckerDelta(symbol, scope)
            ?? Power(symbol, scope)
            ?? Slices.Value(interpreter, symbol, scope)
            ?? Stem(symbol)
            ?? Mean(symbol)
            ?? MeanOfColumn(symbol, scope)
            ?? Median(symbol)
            ?? Ones(symbol)
            ?? Transposed(symbol)
            ?? Step(symbol, scope)
            ?? throw Unbound(symbol);
    }

    /// <summary>A size that a range ends with, from the lengths of the lists in it; or null.</summary>
    public Quantity? Size(string name) => sizes.Find(name);

    /// <summary>Computes without what was computed before of definitions.</summary>
    public T Anew<T>(Func<T> compute)
    {
        (string Name, Quantity Value)[] before = [.. defined.Select(pair => (pair.Key, pair.Value))];
        defined.Clear();
        try
        {
            return compute();
        }
        finally
        {
            defined.Clear();
            foreach ((string name, Quantity value) in before)
                defined[name] = value;
        }
    }

    /// <summary>
    /// A list that the formula itself defines, p = softmax(x), as a table whose elements can be taken; or null.
    /// </summary>
    public Stored? DefinedTable(string name) => !underWay.Contains(name) && Defined(name)
        is { Axes: [], Rank: > 0 } value
        ? new Stored(name, value.Own, () => value) : null;

    // d_j with d_i = Σ_k A_ik: the body at this index.
    private Quantity? DefinedElement(Symbol symbol, Scope scope)
    {
        if (interpreter.Definitions.FindElement(symbol) is not { } element)
            return null;
        Scope inner = scope;
        Expression body = element.Body;
        for (int i = 0; i < element.Indices.Count; i++)
        {
            Expression place = symbol.Subscripts[i];
            if (place is Number || place is Symbol bound && interpreter.Store.Find(bound.Name) is { Shape.Rank: 0 })
            {
                body = body.Rewrite(node => node.Equals(element.Indices[i]) ? place : node); // p_1, p_k with a k
                continue;
            }
            if (place is not Symbol { IsBare: true } at
                || (scope.Find(at.Name) ?? (interpreter.Store.Find(at.Name) is null && interpreter.Lookup.MayRun(at)
                    ? interpreter.RunFreely(at.Name) : null)) is not { Axis: not null } running)
                return null;
            inner = inner.With(running with { Name = ((Symbol)element.Indices[i]).Name });
        }
        if (!underWay.Add(symbol.StemName + "_"))
            throw new FormulaException($"{symbol.Name} is defined by itself and not bound; give its value.");
        try
        {
            return interpreter.Invoke(body, inner);
        }
        finally
        {
            underWay.Remove(symbol.StemName + "_");
        }
    }

    private Quantity? Defined(string name)
    {
        if (defined.TryGetValue(name, out Quantity known))
            return known;
        if (interpreter.Definitions.Find(name) is not { } body)
            return null;
        if (!underWay.Add(name))
            throw new FormulaException($"{name} is defined by itself and not bound; give its value, {name}=….");
        try
        {
            return defined[name] = interpreter.Invoke(body, Scope.Empty);
        }
        finally
        {
            underWay.Remove(name);
        }
    }

    private Quantity? Constant(Symbol symbol) => symbol.Name switch
    {
        "pi" => Pi(symbol),
        "e" => interpreter.Algebra.Number(Math.E),
        "infinity" or "infty" or "inf" or "∞" => interpreter.Algebra.Number(double.PositiveInfinity),
        "I" or "I_d" or "I_n" or "I_k" or "I_m" => interpreter.Algebra.Number(1) with { IsIdentity = true },
        _ => null,
    };

    // 1 − π, and π beside ρ, are shares and not the number of the circle.
    private Quantity Pi(Symbol symbol)
    {
        var formula = interpreter.Target.All().ToList();
        bool isShare = formula.Exists(node =>
                node is Sum { Terms: [Number { Value: 1 }, Negation { Operand: var part }] } && part.Equals(symbol))
            || formula.Exists(node => node is Symbol { Name: "rho" })
                && formula.Exists(node => node is Product product && product.Factors.Contains(symbol)
                    && !product.Factors.Any(factor => factor is Number));
        if (isShare)
            interpreter.Warn("pi is not bound and is taken as the number 3.14159…; if it is a precision, a policy or "
                + "a weight, give it as pi=VALUE.");
        return interpreter.Algebra.Number(Math.PI);
    }

    /// <summary>δᵢⱼ that nobody bound: 1 where both indices are equal, else 0.</summary>
    private Quantity? KroneckerDelta(Symbol symbol, Scope scope)
    {
        if (symbol is not { Letter: "delta", Accents.Count: 0, Superscripts.Count: 0, Subscripts: [var i, var j] }
            || interpreter.Store.Find("delta") is not null)
            return null;
        var isEqual = new Relation(i, RelationOperator.EqualSign, j);
        return interpreter.Evaluate(new Delimited(DelimiterKind.Indicator, [isEqual]), scope);
    }

    /// <summary>θᵏ with numbers θ and k is a power, where a superscript could have been a label.</summary>
    private Quantity? Power(Symbol symbol, Scope scope)
    {
        if (symbol.Superscripts is not [var exponent] || exponent is Words)
            return null;
        Symbol root = symbol with { Superscripts = [] };
        bool isKnown = exponent.All().OfType<Symbol>().All(
            letter => scope.Find(letter.Name) is not null || interpreter.Store.Find(letter.Name) is not null);
        if (!isKnown || interpreter.Store.Find(root.Name) is not { Shape.Rank: 0 })
            return null;
        interpreter.Note($"{symbol.Name} is not bound, but {root.Name} is: the superscript is a power.");
        return interpreter.Evaluate(new Power(root, exponent), scope);
    }

    /// <summary>x_i where only a number x is bound.</summary>
    private Quantity? Stem(Symbol symbol)
    {
        if (symbol.IsBare || interpreter.Store.Find(symbol.StemName) is not { Shape.Rank: 0 } stem)
            return null;
        interpreter.Note($"{symbol.Name} is not bound; the number {stem.Name} stands for it.");
        return stem.Quantity();
    }

    /// <summary>x̄ beside a list x is its mean; of a matrix, whose rows are samples, the mean row.</summary>
    private Quantity? Mean(Symbol symbol)
    {
        if (symbol is not { Accents: ["bar"], Subscripts: [], Superscripts: [], Primes: 0 }
            || interpreter.Store.Find((symbol with { Accents = [] }).Name) is not { Shape.Rank: 1 or 2 } stored)
            return null;
        interpreter.Note($"{symbol.Name} is not bound; it is the mean of {stored.Name}.");
        Quantity list = stored.Quantity();
        Algebra algebra = interpreter.Algebra;
        if (list.Rank == 1)
            return algebra.Mean(list);
        Quantity ones = algebra.Vector([.. Enumerable.Repeat(1.0, list.Own[0])]);
        return algebra.Divide(algebra.MatrixProduct(ones, list), algebra.Number(list.Own[0]));
    }

    // x̄_j beside a matrix x.
    private Quantity? MeanOfColumn(Symbol symbol, Scope scope) =>
        symbol is { Accents: ["bar"], Subscripts: [Symbol { IsBare: true } column], Superscripts: [], Primes: 0 }
        && interpreter.Store.Find((symbol with { Accents = [], Subscripts = [] }).Name) is { Shape.Rank: 2 }
        && Mean(symbol with { Subscripts = [] }) is { } row
            ? Rules.BracketRules.Elements(interpreter, symbol.StemName, row, [column], scope) : null;

    // x̃ beside a list x is its median, where medians are spoken of.
    private Quantity? Median(Symbol symbol)
    {
        if (symbol is not { Accents: ["tilde"], Letter: "x" or "X" or "y" or "Y", Subscripts: [], Primes: 0 }
            || interpreter.Store.Find((symbol with { Accents = [] }).Name) is not { Shape.Rank: 1 } stored
            || !interpreter.Target.All().Any(node => node is Call { Letter: "median" or "med" or "MAD" }))
            return null;
        interpreter.Note($"{symbol.Name} is not bound; it is the median of {stored.Name}.");
        var median = new Symbol("median") { Kind = SymbolKind.Function };
        return interpreter.Evaluate(new Call(median, symbol with { Accents = [] }), Scope.Empty);
    }

    // μ − r𝟏: ones that are added to a vector are as many as it has entries, and so is the number 1.
    private Quantity? Ones(Symbol symbol)
    {
        if (symbol is not { Letter: "1", Alphabet: Alphabet.Bold or Alphabet.Blackboard, IsBare: true }
            || !interpreter.Target.All().Any(node => node is Sum sum && sum.Terms.Any(term => EndsWith(term, symbol))))
            return null;
        interpreter.Note("1 in a sum is the vector of ones, as long as what it is added to.");
        return interpreter.Algebra.Number(1);
    }

    private static bool EndsWith(Expression term, Symbol ones) => term switch
    {
        Negation negation => EndsWith(negation.Operand, ones),
        Product { Factors: [.., var before, var last] } => last.Equals(ones) && before is not Symbol { Letter: "1" },
        _ => term.Equals(ones),
    };

    /// <summary>A′ beside a matrix A, or the w′ of w′x beside a list w, is its transpose, as in statistics.</summary>
    private Quantity? Transposed(Symbol symbol)
    {
        if (symbol is not { Primes: 1, Letter: [var letter], Superscripts: [] }
            || interpreter.Store.Find((symbol with { Primes = 0 }).Name) is not { } stored
            || !(stored.Shape.Rank == 2 && char.IsAsciiLetterUpper(letter)
                || stored.Shape.Rank == 1 && IsBeforeFactor(symbol)))
            return null;
        interpreter.Note($"{symbol.Name} is not bound; it is {stored.Name} transposed.");
        return interpreter.Algebra.Transpose(stored.Quantity());
    }

    private bool IsBeforeFactor(Symbol symbol) => interpreter.Target.All().Any(node =>
        node is Product { Sign: ProductSign.None } product && product.Factors.SkipLast(1).Contains(symbol));

    /// <summary>Δx where a step Δ and an x are given.</summary>
    private Quantity? Step(Symbol symbol, Scope scope)
    {
        Symbol plain = symbol with { Prefix = "" };
        if (symbol.Prefix != "Delta" || interpreter.Store.Find("Delta") is null
            || interpreter.Store.Find(plain.Name) is null)
            return null;
        interpreter.Note($"{symbol.Name} is not bound; it is Delta times {plain.Name}.");
        return interpreter.Evaluate(new Product([new Symbol("Delta"), plain]), scope);
    }

    private FormulaException Unbound(Symbol symbol)
    {
        // head_1, …, head_h: the index between the dots is none that anybody wrote.
        string name = symbol.Subscripts.Any(mark => mark.All().Any(part => part.Equals(Rules.Series.Index)))
            ? symbol.StemName : symbol.Name;
        var names = interpreter.Store.Names;
        string bound = names.Count == 0 ? "nothing is" : string.Join(", ", names.Take(20))
            + (names.Count > 1 ? " are" : " is");
        string? near = Spelling.Nearest(name, names);
        string remedy = near is null ? interpreter.Store.Remedy(name) : $"did you mean {near}?";
        return new FormulaException(
            $"{name} is not bound ({bound}); {remedy}", symbol.Source.Start, $"a value for {name}");
    }
}
