using System.Text;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Evaluation.Reading;

/// <summary>
/// Puts together again what the names that are bound show to be one name: TP, which a formula reads as T times P, and
/// h_t-1, which it reads as h_t minus 1.
/// </summary>
internal sealed class BoundWords
{
    private readonly HashSet<string> names;
    private readonly HashSet<string> words;
    private readonly List<string> notes = [];

    public BoundWords(Bindings bindings)
    {
        names = [.. bindings.Names.Concat(bindings.Names.Select(Bindings.NameOf).OfType<string>())];
        words = [.. names.Select(name => name.Split('_')[0])
            .Where(word => word.Length > 1 && word.All(char.IsAsciiLetter))];
    }

    /// <summary>What was parted.</summary>
    public IReadOnlyList<string> Notes => notes;

    /// <summary>The tree with such names in it.</summary>
    public Expression Settle(Expression tree) => Join(tree)
        .Rewrite(node => node is Power { Base: Symbol whole } power && Parts(whole) is { } parts
            ? Told(whole, parts, [.. parts.SkipLast(1), power with { Base = parts[^1] }], power.Source) : node)
        .Rewrite(node => node is Symbol whole && Parts(whole) is { } parts
            ? Told(whole, parts, [.. parts], whole.Source) : node);

    private Product Told(Symbol whole, Symbol[] parts, NodeList<Expression> factors, SourceSpan source)
    {
        string note = $"{whole.Name} is not bound; it is {string.Join(" times ", parts.Select(part => part.Name))}.";
        if (!notes.Contains(note, StringComparer.Ordinal))
            notes.Add(note);
        return new Product(factors) { Source = source };
    }

    // k_BT where k_B and T are bound, and FP_k where F and P_k are: TeX takes one letter below, and it is a product.
    private Symbol[]? Parts(Symbol whole)
    {
        if (names.Contains(whole.Name) || whole.Superscripts.Count + whole.Primes > 0)
            return null;
        string letters = whole.Letter;
        if (letters.Length is 2 or 3 && letters.All(char.IsAsciiLetterUpper) && !words.Contains(letters)
            && whole with { Letter = letters[^1..] } is var last && names.Contains(last.Name)
            && letters.SkipLast(1).All(letter => names.Contains(letter.ToString())))
            return [.. letters.SkipLast(1).Select(letter => new Symbol(letter.ToString())), last];
        string below = string.Concat(whole.Subscripts.Select(mark => mark is Symbol { IsBare: true } name
            && name.Letter.All(char.IsAsciiLetter) ? name.Letter : " "));
        if (below.Length < 2 || !below[1..].All(char.IsAsciiLetterUpper)
            || !below[1..].All(letter => names.Contains(letter.ToString())))
            return null;
        Symbol first = whole with { Subscripts = [new Symbol(below[..1])] };
        return names.Contains(first.Name)
            ? [first, .. below[1..].Select(letter => new Symbol(letter.ToString()))] : null;
    }

    private Expression Join(Expression tree)
    {
        bool differences = names.Any(name => name.Contains('-', StringComparison.Ordinal));
        bool labels = names.Any(name => name.Contains('_', StringComparison.Ordinal));
        return words.Count == 0 && !differences && !labels ? tree : tree.Rewrite(node => node switch
        {
            Symbol { Subscripts.Count: > 1 } symbol when labels => WithLabel(symbol),
            Product { Sign: ProductSign.None } product when words.Count > 0 => Join(product),
            Collection { Kind: CollectionKind.Tuple } tuple when words.Count > 0 && IsOneWord(tuple) =>
                Join(new Product(tuple.Items) { Source = tuple.Source }),
            Sum sum when differences => Join(sum),
            _ => node,
        });
    }

    // W_xh: one label where W_xh is bound and W_x_h is not.
    private Symbol WithLabel(Symbol symbol)
    {
        bool areLetters = symbol.Subscripts.All(mark => mark is Symbol { IsBare: true, Letter.Length: 1 });
        if (!areLetters || names.Contains(symbol.Name))
            return symbol;
        string label = string.Concat(symbol.Subscripts.Select(mark => ((Symbol)mark).Letter));
        Symbol labelled = symbol with { Subscripts = [new Symbol(label) { Kind = SymbolKind.Label }] };
        return names.Contains(labelled.Name) ? labelled : symbol;
    }

    /// <summary>Letters without anything between them.</summary>
    private bool IsOneWord(Collection tuple)
    {
        for (int i = 1; i < tuple.Items.Count; i++)
            if (tuple.Items[i].Source.Start != tuple.Items[i - 1].Source.End)
                return false;
        return tuple.Items.Count > 1 && Word(tuple.Items, 0, tuple.Items.Count) is { } word
            && words.Contains(word.Word);
    }

    private Expression Join(Product product)
    {
        var factors = new List<Expression>();
        bool any = false;
        for (int i = 0; i < product.Factors.Count; i++)
        {
            (Expression Word, int Length)? longest = null;
            for (int length = 2; i + length <= product.Factors.Count
                && Word(product.Factors, i, length) is { } candidate; length++)
                if (words.Contains(candidate.Word) && IsWritten(product.Factors, i, length))
                    longest = (candidate.Node, length);
            factors.Add(longest?.Word ?? product.Factors[i]);
            i += (longest?.Length ?? 1) - 1;
            any |= longest is not null;
        }
        return !any ? product : factors is [var only] ? only : product with { Factors = [.. factors] };
    }

    /// <summary>
    /// Whether letters are written as a word: without space, or not all of them have values of their own, as x x has
    /// where xx has one too.
    /// </summary>
    private bool IsWritten(NodeList<Expression> factors, int start, int length)
    {
        bool isOne = factors[start].Source.Length > 0;
        for (int i = start + 1; i < start + length; i++)
            isOne &= factors[i].Source.Start == factors[i - 1].Source.End;
        return isOne || Enumerable.Range(start, length).Any(i => !names.Contains(NameOf(factors[i])));
    }

    private static string NameOf(Expression factor) => factor switch
    {
        Power power => NameOf(power.Base),
        Call call => NameOf(call.Function),
        Symbol symbol => symbol.Name,
        _ => "",
    };

    /// <summary>Letters side by side as a word; only the last may have indices or a power, or be applied.</summary>
    private static (string Word, Expression Node)? Word(NodeList<Expression> factors, int start, int length)
    {
        var word = new StringBuilder();
        for (int i = start; i < start + length - 1; i++)
            if (factors[i] is Symbol { IsBare: true, Primes: 0, Accents.Count: 0, Letter: [var letter] }
                && char.IsAsciiLetter(letter))
                word.Append(letter);
            else
                return null;
        Expression last = factors[start + length - 1];
        Symbol? symbol = last switch
        {
            Power power => power.Base as Symbol,
            Call applied => applied.Function as Symbol,
            _ => last as Symbol,
        };
        if (symbol is not { Letter: [var end] } || !char.IsAsciiLetter(end))
            return null;
        Symbol joined = symbol with { Letter = word.Append(end).ToString() };
        return (joined.Letter, last switch
        {
            Power power => power with { Base = joined },
            Call call => call with { Function = joined },
            _ => joined,
        });
    }

    /// <summary>a h_t − 1 where only h_t-1 is bound.</summary>
    private Expression Join(Sum sum)
    {
        var terms = new List<Expression>();
        foreach (Expression term in sum.Terms)
            if (terms.Count > 0 && term is Negation { Operand: Number number }
                && Earlier(terms[^1], number) is { } joined)
                terms[^1] = joined;
            else
                terms.Add(term);
        return terms.Count == sum.Terms.Count ? sum : terms is [var only] ? only : sum with { Terms = [.. terms] };
    }

    private Expression? Earlier(Expression term, Number number)
    {
        switch (term)
        {
            case Symbol { Subscripts: [.., var last], Superscripts.Count: 0 } symbol
                when !names.Contains(symbol.Name) && names.Contains($"{symbol.Name}-{number.Text}"):
                Expression index = new Sum([last, new Negation(number)]);
                return symbol with { Subscripts = [.. symbol.Subscripts.SkipLast(1), index] };
            case Product product when Earlier(product.Factors[^1], number) is { } factor:
                return product with { Factors = [.. product.Factors.SkipLast(1), factor] };
            default:
                return null;
        }
    }
}
