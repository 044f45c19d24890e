using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Evaluation.Reading;

/// <summary>
/// Finds what a name stands for. The full name comes first (<c>x_t</c>, <c>beta_1</c>); then the last subscripts are
/// indices of a list that has the rest of the name: y_{i,c} is an element of <c>y</c>.
/// </summary>
internal sealed class Lookup(Interpreter interpreter)
{
    private const string IndexLetters = "ijklmnthcrsbuvpqadxy";

    /// <summary>Elements of something bound that a symbol with subscripts means, or null.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="runs">Whether a letter is an index that runs here.</param>
    public Access? Find(Symbol symbol, Func<string, bool> runs)
    {
        if (symbol.IsBare)
            return null;
        List<Expression> subscripts = Flat(symbol.Subscripts, runs);
        string whole = symbol.Name;
        if (interpreter.Store.Find(whole) is { } exact)
            return ExactTable(whole, exact, symbol, subscripts, runs);
        if (Slices.Find(interpreter.Store, symbol) is { } slice)
        {
            WarnOfFree(symbol, runs);
            return slice;
        }
        if (DigitsOf(symbol) is { } element)
            return element;
        foreach ((string name, List<Expression> indices) in Readings(symbol, subscripts))
            if (indices.All(index => IsIndex(index, runs))
                && (interpreter.Store.Find(name) ?? interpreter.Store.FindFamily(name, indices.Count)
                    ?? interpreter.Symbols.DefinedTable(name)) is { } stored
                && stored.Shape.Rank >= indices.Count)
                return Table(stored, indices);
        return Multiple(symbol, runs);
    }

    // The 2i of x_{2i} is one index where x has one dimension.
    private Access? Multiple(Symbol symbol, Func<string, bool> runs) =>
        symbol is { Superscripts: [], Subscripts: [Product { Sign: ProductSign.None, Factors: [Number, ..] } index] }
        && IsIndex(index, runs)
        && interpreter.Store.Find((symbol with { Subscripts = [] }).Name) is { Shape.Rank: 1 } stored
            ? Table(stored, [index]) : null;

    // A_{i,:} with an i that nothing binds is all rows, one after the other.
    private void WarnOfFree(Symbol symbol, Func<string, bool> runs)
    {
        foreach (Symbol index in symbol.Subscripts.OfType<Symbol>())
            if (index.Letter != ":" && !runs(index.Name) && interpreter.Store.Find(index.Name) is null
                && !interpreter.IsLeftIndex(index.Name))
                interpreter.Warn($"{index.Name} is not bound: the value is a list over all {index.Name}; "
                    + $"give {index.Name}=NUMBER for one of them.");
    }

    /// <summary>A_{12} of a table with two dimensions below 10 is its element 1, 2; or null.</summary>
    private Access? DigitsOf(Symbol symbol)
    {
        if (symbol is not { Superscripts: [], Subscripts: [Number { Text: { Length: > 1 } digits }] }
            || !digits.All(digit => digit is >= '1' and <= '9')
            || interpreter.Store.Find((symbol with { Subscripts = [] }).Name) is not { } stored
            || stored.Shape.Rank != digits.Length || stored.Shape.Any(size => size > 9))
            return null;
        return Table(stored, [.. digits.Select(digit => new Number(digit - '0', digit.ToString()))]);
    }

    /// <summary>Elements of something bound that a call means: p(x) with a list p; or null.</summary>
    public Access? Find(Call call, Stored stored, Func<string, bool> runs)
    {
        int rank = stored.Shape.Rank;
        if (rank == 0)
            return null;
        foreach (Symbol letter in call.Arguments.OfType<Symbol>().SelectMany(argument => argument.Subscripts)
            .SelectMany(mark => mark.All()).OfType<Symbol>())
            if (!runs(letter.Name) && MayRun(letter) && (IndexesElsewhere(letter.Name) || IsTakenApart(call)))
                interpreter.RunFreely(letter.Name); // h(x_i) − y_i, f(x_{i+1}) − f(x_i)
        var indices = new List<(int At, Expression Index, int Preference)>();
        for (int i = 0; i < call.Arguments.Count; i++)
            foreach ((Expression index, int preference) in ArgumentIndices(
                call.Arguments[i], call.Arguments.Count == rank ? i : 0, stored, runs))
                if (call.Arguments.Count == rank && indices.TrueForAll(other => other.At != i)
                    || indices.TrueForAll(other => !other.Index.Equals(index)))
                    indices.Add((i, index, preference));
        if (indices.Count > rank)
            indices = [.. indices.OrderBy(index => index.Preference).Take(rank).OrderBy(index => index.At)];
        if (indices.Count == 0)
            return null;
        bool one = call.Arguments.Count == rank
            && indices.Select(index => index.At).Distinct().Count() == indices.Count;
        int turn = one && GivenFirst(call, stored) ? 1 : 0;
        return new Access(stored.Name, stored.Shape, stored.Quantity,
            [.. indices.Select((index, i) => (((one ? index.At : i) - turn + rank) % rank, index.Index))]);
    }

    /// <summary>The entry of |S_v| bound as a list, where v runs; or null.</summary>
    public Access? Within(Expression node, Stored stored, Func<string, bool> runs)
    {
        Symbol[] letters =
        [
            .. node.All().OfType<Symbol>().SelectMany(symbol => symbol.Subscripts).OfType<Symbol>()
                .Where(mark => mark.IsBare && runs(mark.Name) && !IsFree(mark.Name)).Distinct(),
        ];
        return letters.Length > 0 && letters.Length == stored.Shape.Rank ? Table(stored, [.. letters]) : null;
    }

    private bool IsTakenApart(Call call) => interpreter.Target.All().Any(node => node is Call other
        && other.Function.Equals(call.Function) && !other.Arguments.SequenceEqual(call.Arguments));

    private bool IndexesElsewhere(string letter) => interpreter.Target.All().Any(node => node is Symbol symbol
        && symbol.Subscripts.Any(mark => mark is Symbol { IsBare: true } index && index.Name == letter)
        && interpreter.Store.Find(symbol.Name) is null
        && interpreter.Store.Find(symbol.StemName) is { Shape.Rank: > 0 });

    private bool GivenFirst(Call call, Stored stored)
    {
        bool isTurned = ConditionalTables.IsTable(call, stored.Shape)
            && ConditionalTables.GivenFirst(stored.Shape, stored.Quantity().Node.Values);
        if (isTurned)
            interpreter.Note($"the numbers of {stored.Name} add up to 1 over its last index, so that is the one before "
                + "the bar, and what is given comes first.");
        return isTurned;
    }

    /// <summary>
    /// Whether an expression can be an index: made of whole numbers, bound numbers and letters that run.
    /// </summary>
    public bool IsIndex(Expression expression, Func<string, bool> runs) => expression switch
    {
        Number number => number.Value == Math.Floor(number.Value),
        Symbol symbol => runs(symbol.Name) || IsBoundNumber(symbol) || MayRun(symbol) || Find(symbol, runs) is not null,
        Sum or Negation or Product or Quotient or Delimited
        {
            Kind: DelimiterKind.Floor or DelimiterKind.Ceiling or DelimiterKind.Absolute,
        } => expression.Children.All(child => IsIndex(child, runs)),
        Call { Letter: "min" or "max" } call => call.Arguments.All(argument => IsIndex(argument, runs)),
        Infix { Sign: "mod" } mod => mod.Operands.All(child => IsIndex(child, runs)),
        _ => false,
    };

    /// <summary>Whether a letter that nothing defines may be an index that runs over the whole formula.</summary>
    public bool MayRun(Symbol symbol) => symbol is { IsBare: true, Prefix: "" } && symbol.Accents.Count == 0
        && interpreter.Store.Find(symbol.Name) is null
        && !interpreter.Dotted.Any(dots => ((Symbol)dots.Range.To!).Name == symbol.Name) // a size
        && (interpreter.IsLeftIndex(symbol.Name)
            || symbol.Letter.Length == 1 && IndexLetters.Contains(symbol.Letter[0], StringComparison.Ordinal));

    /// <summary>Products of letters in a subscript, W_{ij}, are several indices.</summary>
    private List<Expression> Flat(NodeList<Expression> marks, Func<string, bool> runs)
    {
        var flat = new List<Expression>();
        foreach (Expression mark in marks)
            if (mark is Product { Sign: ProductSign.None } product
                && product.Factors.All(factor => factor is Symbol or Number))
                flat.AddRange(product.Factors);
            else if (mark is Collection { Kind: CollectionKind.Tuple } tuple)
                flat.AddRange(tuple.Items);
            else if (mark is Symbol { IsBare: true, Letter.Length: > 1 } word && !runs(word.Name)
                && word.Letter.All(letter => runs(letter.ToString()) || MayRun(new Symbol(letter.ToString()))))
                flat.AddRange(word.Letter.Select(letter => new Symbol(letter.ToString())));
            else
                flat.Add(mark);
        return flat;
    }

    private Access? ExactTable(
        string name, Stored stored, Symbol symbol, List<Expression> subscripts, Func<string, bool> runs)
    {
        List<Expression> running =
            [.. symbol.Superscripts.Concat(subscripts)
                .Where(mark => Runs(mark, letter => runs(letter) && !IsFree(letter)))];
        return running.Count > 0 && running.Count <= stored.Shape.Rank && stored.Name == name
            ? Table(stored, running)
            : null;
    }

    /// <summary>x_t that is bound as a whole is one value where t only runs over the whole formula.</summary>
    private bool IsFree(string letter) => interpreter.IsLeftIndex(letter) || interpreter.Free.ContainsKey(letter);

    private static Access Table(Stored stored, List<Expression> indices) =>
        new(stored.Name, stored.Shape, stored.Quantity, [.. indices.Select((index, i) => (i, index))]);

    /// <summary>A shorter name and the marks that are then indices, the longest name first.</summary>
    private static IEnumerable<(string Name, List<Expression> Indices)> Readings(
        Symbol symbol, List<Expression> subscripts)
    {
        for (int taken = 1; taken <= subscripts.Count; taken++)
            yield return (
                (symbol with { Subscripts = [.. subscripts.SkipLast(taken)] }).Name, [.. subscripts.TakeLast(taken)]);
        if (symbol.Superscripts is [] or [Symbol { IsBare: true, Letter.Length: > 2 }, ..])
            yield break; // a word above is a label, no index
        for (int taken = 0; taken <= subscripts.Count; taken++)
            yield return (
                (symbol with { Subscripts = [.. subscripts.SkipLast(taken)], Superscripts = [] }).Name,
                [.. symbol.Superscripts, .. subscripts.TakeLast(taken)]);
    }

    private static bool Runs(Expression mark, Func<string, bool> runs) =>
        mark.All().Any(node => node is Symbol symbol && runs(symbol.Name));

    private bool IsBoundNumber(Symbol symbol) => interpreter.Store.Find(symbol.Name) is { Shape.Rank: 0 };

    /// <summary>
    /// What of an argument can be an index of a table: the argument itself, or its running subscripts, as in p(xᵢ).
    /// A smaller preference is surer.
    /// </summary>
    private IEnumerable<(Expression Index, int Preference)> ArgumentIndices(
        Expression argument, int dimension, Stored table, Func<string, bool> runs)
    {
        if (argument is Number)
        {
            if (IsIndex(argument, runs))
                yield return (argument, 1);
        }
        else if (argument is Symbol bare && runs(bare.Name))
        {
            if (!interpreter.Free.ContainsKey(bare.Name) && !interpreter.IsLeftIndex(bare.Name))
                yield return (argument, 0);
            else if (interpreter.IsLeftArgument(bare.Name))
                yield return (argument, 2);
        }
        else if (argument is Symbol { Name: var name } && interpreter.Store.Find(name) is { } stored)
        {
            if (stored.Shape.Rank == 0 && stored.IsWhole())
                yield return (argument, 1);
            else if (argument is Symbol { Subscripts: [Symbol { IsBare: true } mark] } && runs(mark.Name)
                && !IsFree(mark.Name))
                yield return (mark, 0); // H(S_v) with a list S_v
        }
        else if (argument is Symbol symbol && interpreter.IsLeftArgument(symbol.Name))
            yield return (argument, 2);
        else if (argument is Symbol { Subscripts.Count: 1 } token && PicksBy(token, dimension, table, runs))
            yield return (argument, 0);
        else if (argument is Symbol { Subscripts: [Sum next] } && Runs(next, runs) && IsIndex(next, runs))
            yield return (next, next.All().OfType<Symbol>().Any(letter => runs(letter.Name) && !IsFree(letter.Name))
                ? 0 : 1); // V(s_{t+1})
        else if (argument is not Symbol && Runs(argument, runs) && IsIndex(argument, runs))
            yield return (argument, 0);
        else if (argument is Sum && IsIndex(argument, runs) && argument.All().OfType<Symbol>()
            .All(symbol => interpreter.Store.Find(symbol.Name)?.IsWhole() == true))
            yield return (argument, 1); // e(t − 1) with a number t
        else
            foreach (Symbol inner in argument.All().OfType<Symbol>().Where(inner => inner.IsBare && runs(inner.Name)))
                if (!IsFree(inner.Name) || IsSubscript(inner, argument))
                    yield return (inner, IsFree(inner.Name) ? 1 : 0);
    }

    // p(x_t) with as many p as there are x is the p of each; else x_t is the number of an entry of p.
    private bool PicksBy(Symbol token, int dimension, Stored table, Func<string, bool> runs) =>
        Find(token, runs) is { Shape: { Rank: 1 } sizes } list
        && (table.Shape.Rank > 1 || sizes[0] != table.Shape[0])
        && Array.TrueForAll(list.Table().Node.Values, value =>
            value >= 1 && value <= table.Shape[dimension] && value == Math.Floor(value));

    /// <summary>The t of V(s_t) is an index, the l of σ(z⁽ˡ⁾) a label.</summary>
    private static bool IsSubscript(Symbol letter, Expression argument) =>
        argument.All().OfType<Symbol>().Any(symbol => symbol.Subscripts.Any(mark => mark.All().Contains(letter)));
}
