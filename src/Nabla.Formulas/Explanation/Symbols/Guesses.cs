using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Symbols;

/// <summary>What can be said of a symbol of which nothing is known but how and where it is written.</summary>
internal static class Guesses
{
    /// <summary>A name and a role that are never null.</summary>
    public static SymbolMeaning Of(SymbolUse use, FormulaContext context, Origins origins)
    {
        Symbol symbol = use.Symbol;
        if (symbol.Accents.Count > 0 && Accented(symbol, context) is { } accented)
            return accented;
        if (symbol.Prefix.Length > 0)
            return Prefixed(symbol, context);
        if (symbol.Name == origins.Defined)
            return new(use.IsApplied ? "function" : "result", "what the formula defines", use.IsApplied ? "function"
                : null);
        if (origins.IsHelper(symbol.Name))
            return new(use.IsApplied ? "function" : "intermediate result", "what another of the formulas defines",
                use.IsApplied ? "function" : null);
        if (use.IsApplied)
            return new("function", "applied to "
                + (origins.Defined == symbol.Name ? "its arguments" : "what follows it"),
                "function");
        if (origins.IsEnd(symbol.Name))
            return new("number of terms", "where the range ends", "number");
        if (use.IsMark || use.Parent is Element element && !ReferenceEquals(element.Target, symbol))
            return new("index", "says which one is meant", "index");
        if (symbol.Letter.Length > 1 && symbol.Letter.All(c => char.IsLetter(c) || c == '_')
            && Reading.Spelling.Letter(symbol.Letter) == symbol.Letter)
            return new(symbol.Letter.Replace('_', ' '), "given");
        return symbol.Alphabet switch
        {
            Alphabet.Bold when char.IsUpper(symbol.Letter[0]) => new("matrix", "given", "matrix"),
            Alphabet.Bold => new("vector", "given", "vector"),
            Alphabet.Calligraphic => new("set", "given", "set"),
            _ when use.Parent is Postfix { Sign: PostfixSign.Transpose } => char.IsUpper(symbol.Letter[0])
                ? new("matrix", "given", "matrix") : new("vector", "given", "vector"),
            _ => new("quantity", "given"),
        };
    }

    // m̂ is an estimate of m, x̄ an average of x.
    private static SymbolMeaning? Accented(Symbol symbol, FormulaContext context)
    {
        var bare = symbol with { Accents = [], Subscripts = [], Superscripts = [] };
        Custom? custom = Customs.Find(bare, isApplied: false, context.Tags);
        if (custom?.Type == "set")
            custom = null; // D̃ of a data set D is no such thing
        string of = custom?.Name ?? Reading.Spelling.Of(bare);
        return symbol.Accents[^1] switch
        {
            "hat" => new($"estimated {of}", $"an estimate of {Reading.Spelling.Of(bare)}", custom?.Type),
            "bar" => new($"average {of}", $"an average of {Reading.Spelling.Of(bare)}", custom?.Type),
            "tilde" => new($"adjusted {of}", $"a changed version of {Reading.Spelling.Of(bare)}", custom?.Type),
            "vec" => new(custom?.Name ?? "vector", custom?.Role, "vector"),
            "dot" => new($"rate of change of {of}", "its derivative with respect to time"),
            _ => null,
        };
    }

    private static SymbolMeaning Prefixed(Symbol symbol, FormulaContext context)
    {
        var bare = symbol with { Prefix = "" };
        string name = Customs.Find(bare, isApplied: false, context.Tags) is { } custom ? "the " + custom.Name
            : Reading.Spelling.Of(bare);
        if (symbol is { Prefix: "d", Letter: "t" })
            return new("time step", "how much time passes in one step", "number");
        if (symbol.Prefix == "d" && !context.Has("dt") && !context.Contains<BigOperator>()
            && !context.Contains<Derivative>())
            return new("gradient by " + Reading.Spelling.Of(bare), "how the loss changes with it");
        return symbol.Prefix == "d" ? new($"small change of {name}", "the step of the integral or the derivative")
            : new($"change of {name}", $"by how much {Reading.Spelling.Of(bare)} changes");
    }
}
