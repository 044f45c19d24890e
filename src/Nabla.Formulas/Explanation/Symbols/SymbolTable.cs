using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Explanation.Reading;
using Nabla.Formulas.Knowledge;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Symbols;

/// <summary>Lists the symbols of a formula with what each is in it.</summary>
internal sealed partial class SymbolTable
{
    // From here on a recognised formula, or a part of one, says what letters of other names are.
    private const double Likely = 0.6, Sure = 0.7, Surer = 0.9;

    private readonly FormulaContext context;
    private readonly English english;
    private readonly Origins origins;
    private readonly Func<string, NumberArray?> value;

    private SymbolTable(FormulaContext context, English english, Func<string, NumberArray?> value)
    {
        (this.context, this.english, this.value) = (context, english, value);
        origins = new Origins(context, english);
    }

    /// <summary>All symbols, in the order in which they are met.</summary>
    /// <param name="context">The formula and what is known about it.</param>
    /// <param name="english">The reader of the formula.</param>
    /// <param name="value">What a name is bound to, or null.</param>
    public static List<ExplainedSymbol> Of(FormulaContext context, English english, Func<string, NumberArray?> value)
    {
        var table = new SymbolTable(context, english, value);
        var symbols = new List<ExplainedSymbol>();
        foreach (IGrouping<string, SymbolUse> uses in table.Listed().GroupBy(
            use => use.Symbol.Name, StringComparer.Ordinal))
            symbols.AddRange(table.Explain([.. uses]));
        symbols.AddRange(table.Expectations(symbols));
        symbols.AddRange(table.Bases(symbols));
        return symbols;
    }

    // Labels such as "min" in η_min are no symbols of their own, nor are indices that say only which one is meant.
    private IEnumerable<SymbolUse> Listed()
    {
        var free = context.Uses.Where(use => !use.IsMark).Select(use =>
            use.Symbol.Name).ToHashSet(StringComparer.Ordinal);
        return context.Uses.Where(use => !IsSign(use) && (!use.IsMark
            || (use.Symbol.Kind != SymbolKind.Label
                && (free.Contains(use.Symbol.Name) || IsIndexOrParameter(use) || IsTold(use) || use.EndsList))));
    }

    // The a of xᵃ, of which the entry says that it is the anchor.
    private bool IsTold(SymbolUse use) => use.Parent is Symbol owner && owner.Superscripts.Contains(use.Symbol)
        && use.Symbol.Letter.Length == 1 && context.Named?.Found is { } entry
        && entry.Entry.Symbols.ContainsKey(use.Symbol.Name) && entry.RoleOf(use.Symbol) is not null;

    private bool IsIndexOrParameter(SymbolUse use)
    {
        string name = use.Symbol.Name;
        if (origins.Range(name) is not null || use.Symbol.Kind == SymbolKind.Index)
            return true;
        if (use.Parent is Symbol owner && Customs.Find(owner.Name, isApplied: false, context.Tags) is not null)
            return Spelling.Letter(name) != name;
        return Spelling.Letter(name) != name
            ? name is not ("infinity" or "star" or "plus" or "minus" or "prime" or "dagger")
            : name is "i" or "j" or "k" or "t" or "n" or "l" or "ell" or "m"
                || name == "c" && use.Parent is not Symbol { Letter: [>= 'A' and <= 'Z'] }; // N_c: the critical one
    }

    // One entry, or two where the letter is a function in one place and a quantity in another.
    private ExplainedSymbol[] Explain(List<SymbolUse> uses)
    {
        if (ByAlphabet(uses) is { } apart)
            return apart;
        SymbolUse? applied = uses.Find(use => use.IsApplied), plain = uses.Find(use => !use.IsApplied && !use.IsMark);
        ExplainedSymbol first = Explain(uses[0], uses);
        if (applied is null || plain is null)
            return [first];
        ExplainedSymbol asFunction = Explain(applied, [applied]), asQuantity = Explain(plain, [plain]);
        if (asFunction.Name == asQuantity.Name || !IsTwofold(applied.Symbol))
            return [first];
        return
        [
            asFunction with { Note = "where it is applied to something" },
            asQuantity with { Note = "where it stands alone" },
        ];
    }

    // ℒ, the loss, and L, how many there are.
    private ExplainedSymbol[]? ByAlphabet(List<SymbolUse> uses)
    {
        List<SymbolUse> script = uses.FindAll(use => use.Symbol.Alphabet == Alphabet.Calligraphic);
        List<SymbolUse> plain = uses.FindAll(use => use.Symbol.Alphabet == Alphabet.Plain && !use.IsMark);
        if (script.Count == 0 || plain.Count == 0)
            return null;
        ExplainedSymbol one = Explain(script[0], script), other = Explain(plain[0], plain);
        return one.Name == other.Name ? null :
        [
            one with { Note = "where it is set in calligraphic letters" },
            other with { Note = "where it is set in plain letters" },
        ];
    }

    private static bool IsTwofold(Symbol symbol) => KnownFunctions.Find(symbol.Letter) is not null
        || symbol.Letter is "pi" or "phi" or "e";

    private ExplainedSymbol Explain(SymbolUse use, List<SymbolUse> all)
    {
        Symbol symbol = use.Symbol;
        SymbolMeaning meaning = Meaning(use, all);
        NumberArray? number = use.IsApplied && KnownFunctions.Find(symbol.Letter) is not null ? null
            : value(symbol.Name);
        return new ExplainedSymbol(symbol.Name, meaning.Name!, Role(symbol, meaning))
        {
            Text = Spelling.Of(symbol),
            Type = number is null ? meaning.Type ?? Type(use) : Type(number),
            Defined = Origin(use),
            Value = number,
            UsualShape = meaning.Shape,
        };
    }

    private SymbolMeaning Meaning(SymbolUse use, List<SymbolUse> all)
    {
        // The order of authority: the entry that the formula is, the place in the formula, an entry that a part of it
        // is, what the letter means in formulas of the subject, what such a place hints at, what the letter means in
        // general, a guess.
        var names = new NamesOfCode(context, origins);
        var found = Filled(new SymbolMeaning(null, null), names.Result(use) ?? names.Instead(use, OfEntry(use, all)));
        if (found.Name is null)
            foreach (SymbolUse one in all)
                if (!IsBoundConstant(one.Symbol))
                    found = Filled(found, StructureRules.Find(one, context));
        if (found.Name is null)
            found = Filled(found, OfPart(use.Symbol));
        if (found.Name is null)
            found = Filled(found, names.Alone(use));
        if (found.Name is null && use.IsApplied)
            found = Filled(found, OfFunction(use));
        if (found.Name is null && Running(use.Symbol) is { } running)
            return Filled(found, running);
        if (found.Name is null)
            found = Filled(found, OfCustom(use, all));
        return Filled(found, Guesses.Of(use, context, origins));
    }

    // A π or an e to which a number is given is not the one that everybody knows.
    private bool IsBoundConstant(Symbol symbol) =>
        symbol.Letter is "pi" or "e" && value(symbol.Name) is not null;

    private SymbolMeaning? OfEntry(SymbolUse use, List<SymbolUse> all)
    {
        if (context.Named?.Found is not { } entry)
            return null;
        if ((entry.RoleOf(use.Symbol) ?? OfEnd(use.Symbol, entry.Entry)) is not { } role)
            return null;
        if (origins.Range(use.Symbol.Name) is not null && role.Name.StartsWith("number of ", StringComparison.Ordinal))
            return null; // the entry's k counts what this k runs over
        if (origins.IsEnd(use.Symbol.Name) && origins.Defined == use.Symbol.Name
            && use.Symbol.Alphabet == Alphabet.Plain)
            return null; // what is computed does not end its own sum
        if (context.Named.Confidence < Likely && context.Uses.Where(one => one.Symbol.Name == use.Symbol.Name)
            .Select(one => one.IsApplied).Distinct().Count() > 1)
            return null; // one letter for two things, and hardly this formula
        if (use.IsMark && role.Name == "imaginary unit")
            return null; // the i of q_{2i}
        if (role.Shape is not (null or "[]") && use.Symbol is { IsBare: true, Letter.Length: 1 }
            && all.TrueForAll(one => one.IsMark && one.Parent is Symbol owner && owner.Subscripts.Contains(one.Symbol)))
            return null; // an index is no matrix
        // Where the entry has another letter, what ours means in formulas of its subject is surer.
        bool isRenamed = entry.CounterpartOf(use.Symbol) is { } theirs
            && !string.Equals(theirs.Letter, use.Symbol.Letter, StringComparison.OrdinalIgnoreCase);
        bool isWord = use.Symbol.Letter.Length > 1 && !Printing.GreekLetters.IsNamed(use.Symbol.Letter)
            && !use.IsApplied; // lr_max says what it is, whatever stands there in the entry
        if (isRenamed && context.Named.Confidence < (isWord ? Surer : Sure))
            return null;
        bool isSame = entry.Entry.Symbols.GetValueOrDefault(use.Symbol.Name)?.Name == role.Name;
        return isRenamed && !isSame
            && Customs.Find(use.Symbol, use.IsApplied, context.Tags) is { When: { } subject } custom
            && subject == Tags.OfTopic(entry.Entry.Topic)
            ? new(custom.Name, custom.Role, custom.Type, ShapeOf(custom))
            : new(role.Name, role.Role, Shape: entry.ShapeOf(use.Symbol));
    }

    // The k above a sum of which the entry says that it is the number of clusters.
    private EntrySymbol? OfEnd(Symbol symbol, Entry entry) => origins.IsEnd(symbol.Name)
        && entry.Symbols.GetValueOrDefault(symbol.Name) is { } role
        && role.Name.StartsWith("number of ", StringComparison.Ordinal) ? role : null;

    // What a recognised part says of its own letters: the critic D of a gradient penalty.
    private SymbolMeaning? OfPart(Symbol symbol)
    {
        foreach (RecognisedFormula part in context.Recognised)
            if (part is { IsPart: true, Confidence: > Sure, Found: { } entry }
                && entry.CounterpartOf(symbol)?.Letter == symbol.Letter && entry.RoleOf(symbol) is { } role)
                return new(role.Name, role.Role);
        return null;
    }

    private SymbolMeaning? OfFunction(SymbolUse use)
    {
        if (Customs.Find(use.Symbol, isApplied: true, context.Tags) is { Kind: "function", When: not null } custom)
            return new(custom.Name, custom.Role, custom.Type);
        return use.Parent is Call call && english.Functions.Find(call) is { } word
            ? new(word.Title ?? Stripped(word.Of), word.Does is { } does ? does : null, "function") : null;
    }

    // An index that counts something: "index of the class".
    private SymbolMeaning? Running(Symbol symbol)
    {
        if (origins.Range(symbol.Name) is not { } range
            || symbol.StemName.Length != 1 && !(symbol.IsBare && Printing.GreekLetters.IsNamed(symbol.Letter)))
            return null;
        string? binder = origins.Binder(symbol.Name);
        if (binder is "the limit" or "the integral")
            return new($"variable of {binder}", null, "number");
        bool isOpen = range.From is null && range.To is null;
        if (binder is "the maximum" or "the minimum" && !IsIndexLetter(symbol))
            return null; // min over w: w is what it is elsewhere
        if (isOpen && Customs.Find(symbol, isApplied: false, context.Tags) is { When: not null })
            return null;
        if (isOpen && range.Domain is not null && !IsIndexLetter(symbol))
            return IsMemberOf(symbol, range.Domain)
                || Customs.Find(symbol, isApplied: false, context.Tags) is { Type: "number" }
                ? new("member", null) : null;
        string? counted = range.To is Symbol end ? Customs.Find(end, isApplied: false, context.Tags)?.Name : null;
        return new(counted?.StartsWith("number of ", StringComparison.Ordinal) == true
            ? "index of the " + Singular(counted["number of ".Length..]) : "index", null, "index");
    }

    // x ∈ D is an example, i ∈ B an index; d ∈ D is called by the letter of the set.
    private static bool IsIndexLetter(Symbol symbol) => symbol.Letter is "i" or "j" or "k" or "l" or "m" or "n" or "t";

    private static bool IsMemberOf(Symbol symbol, Expression? domain) => domain is Symbol { IsBare: true } set
        && string.Equals(set.Letter, symbol.Letter, StringComparison.OrdinalIgnoreCase) && set.Letter != symbol.Letter;

    private string Role(Symbol symbol, SymbolMeaning meaning)
    {
        string role = meaning.Role ?? "";
        if (role.StartsWith("runs ", StringComparison.Ordinal))
            return role;
        string? extra = null;
        if (origins.Range(symbol.Name) is { } range && origins.Binder(symbol.Name) is { } binder)
            extra = binder is "the maximum" or "the minimum" && role.Length > 0 ? $"{binder} is taken over it"
                : Runs(symbol, range, binder);
        else if (origins.Source(symbol.Name) is { } source)
            extra = "drawn from " + source;
        return role.Length == 0 ? extra ?? "" : extra is null ? role : $"{role}; {extra}";
    }

    private string Runs(Symbol symbol, Trees.Range range, string binder)
    {
        if (range.From is null && range.To is null)
            return range.Domain is { } domain ? $"runs over {english.Words(domain)}" : "runs over all values";
        string words = Ranges.Variables(english, range with { Variables = [symbol], Domain = null, Condition = null });
        string rest = words[Spelling.Of(symbol).Length..].Trim();
        return binder == "the limit" ? $"goes to {english.Words(range.To!)}" : $"runs {rest}";
    }

    private string Origin(SymbolUse use)
    {
        Symbol symbol = use.Symbol;
        if (symbol.Name == origins.Defined && !context.Tags.Contains("update"))
            return "left-hand side";
        if (symbol.Name == origins.Defined)
            return "left-hand side: the value before and after";
        if (origins.IsHelper(symbol.Name))
            return "left-hand side of another formula";
        if (use.Symbol.Kind == SymbolKind.Constant)
            return "known number";
        if (origins.Binder(symbol.Name) is { } binder)
            return "bound by " + binder;
        if (origins.Source(symbol.Name) is { } source)
            return "drawn from " + source;
        if (use.IsApplied && KnownFunctions.Find(symbol.Letter) is not null)
            return "known function";
        return origins.LeftArguments.Contains(symbol.Name, StringComparer.Ordinal) && context.Left is Call call
            ? "argument of " + english.Words(call.Function) : "given";
    }

    // E[x] and Var[x] are named as they are written.
    private IEnumerable<ExplainedSymbol> Expectations(List<ExplainedSymbol> listed)
    {
        var names = listed.Select(symbol => symbol.Symbol).ToHashSet(StringComparer.Ordinal);
        foreach (Expectation node in context.Nodes.OfType<Expectation>())
        {
            if (!node.Arguments.Concat(node.Given).All(argument => argument is Symbol))
                continue;
            string given = node.Given.Count > 0 ? "|" + string.Join(",", node.Given.Cast<Symbol>().Select(x => x.Name))
                : "";
            string name = ExpectationWords.Letters(node.Kind) + "["
                + string.Join(",", node.Arguments.Cast<Symbol>().Select(argument => argument.Name)) + given + "]";
            if (!names.Add(name))
                continue;
            string words = english.Words(node);
            string title = words.StartsWith("the ", StringComparison.Ordinal) ? words[4..] : words;
            yield return new ExplainedSymbol(name, title, ExpectationWords.Purpose(node.Kind))
            {
                Text = name,
                Type = "number",
                Defined = "computed",
            };
        }
    }

    // Values are bound to the letter without its indices.
    private IEnumerable<ExplainedSymbol> Bases(List<ExplainedSymbol> listed)
    {
        var names = listed.Select(symbol => symbol.Symbol).ToHashSet(StringComparer.Ordinal);
        foreach (SymbolUse use in context.Uses.Where(use => !use.IsMark && !use.Symbol.IsBare))
        {
            string stem = use.Symbol.StemName;
            if (names.Contains(stem) || value(stem) is not { } number)
                continue;
            names.Add(stem);
            ExplainedSymbol one = listed.First(symbol => symbol.Symbol == use.Symbol.Name);
            yield return one with
            {
                Symbol = stem,
                Text = Spelling.Stem(use.Symbol),
                Role = $"all {one.Text} together",
                Type = Type(number),
                Defined = "given",
                Value = number,
            };
        }
    }

    private static string Type(SymbolUse use) => use.IsApplied ? "function" : use.Symbol.Kind switch
    {
        SymbolKind.Index => "index",
        SymbolKind.Set => "set",
        SymbolKind.Distribution => "distribution",
        _ when use.Symbol.Alphabet == Alphabet.Bold => char.IsUpper(use.Symbol.Letter[0]) ? "matrix" : "vector",
        _ => "",
    };

    private static string Type(NumberArray number) => number.Shape.Rank switch
    {
        0 => "number",
        1 => "vector",
        2 => "matrix",
        _ => "array",
    };

    private static SymbolMeaning Filled(SymbolMeaning found, SymbolMeaning? other) => other is null ? found
        : new(found.Name ?? other.Name, found.Role ?? other.Role, found.Type ?? other.Type, found.Shape ?? other.Shape);

    private static string Stripped(string head)
    {
        string text = head.StartsWith("the ", StringComparison.Ordinal) ? head[4..] : head;
        return text.EndsWith(" of", StringComparison.Ordinal) ? text[..^3] : text;
    }

    private static string Singular(string plural) => plural switch
    {
        "classes" => "class",
        "training tokens" => "token",
        _ => plural.EndsWith('s') ? plural[..^1] : plural,
    };
}
