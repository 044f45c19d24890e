using Nabla.Formulas.Explanation.Reading;
using Nabla.Formulas.Knowledge;
using Nabla.Formulas.Knowledge.Gists;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Symbols;

/// <summary>
/// When a name that says what it is speaks before, instead of, or after the entry that the formula is.
/// </summary>
internal sealed class NamesOfCode(FormulaContext context, Origins origins)
{
    /// <summary>The name of what the formula computes, where the left side says it: MSE, lse, accuracy.</summary>
    public SymbolMeaning? Result(SymbolUse use)
    {
        Symbol symbol = use.Symbol;
        if (symbol.Name != origins.Defined || use.IsApplied || !IsWord(symbol)
            || context.Named?.Found is not { } found || found.Entry.Symbols.ContainsKey(symbol.Name)
            || Customs.Find(symbol.Name, isApplied: false, context.Tags) is not null)
            return null;
        SymbolMeaning? said = CodeNames.Find("n_" + symbol.Name) ?? CodeNames.Find(symbol);
        if (said is not null)
            return said.Name == "loss" || IsToldBetter(use, said) ? null : said;
        return IsNameOf(symbol, found.Entry)
            ? new(Wording.Continued(found.Entry.Name), "what the formula defines") : null;
    }

    /// <summary>What is said instead of what the entry says of the place, where the name says another thing.</summary>
    public SymbolMeaning? Instead(SymbolUse use, SymbolMeaning? ofEntry)
    {
        if (ofEntry is null || use.IsApplied || !IsWord(use.Symbol)
            || context.Named!.Found!.Entry.Symbols.ContainsKey(use.Symbol.Name))
            return ofEntry;
        SymbolMeaning? said = CodeNames.Find(use.Symbol);
        if (said is null)
            return Labelled(use.Symbol) is { } labelled
                && !IsLike(CodeNames.LabelOf(use.Symbol)!, ofEntry.Name + " " + ofEntry.Role) ? labelled : ofEntry;
        return IsLike(said.Name!, ofEntry.Name!) ? ofEntry : said with { Shape = null };
    }

    /// <summary>What the name says where nothing else is known, or null.</summary>
    public SymbolMeaning? Alone(SymbolUse use) => use.IsApplied || !IsWord(use.Symbol)
        || Customs.Find(use.Symbol.Name, isApplied: false, context.Tags) is not null
        ? null : CodeNames.Find(use.Symbol) ?? Labelled(use.Symbol);

    private SymbolMeaning? Labelled(Symbol symbol) => CodeNames.Labelled(symbol, rest => rest switch
    {
        "r" => new("reward", "how good the reward model holds it to be"),
        "eps" or "epsilon" => new("noise", "what the network guesses"),
        _ when CodeNames.Find(rest) is { } said => said,
        _ => Customs.Find(rest, isApplied: false, context.Tags) is { } custom
            ? new(custom.Name, custom.Role, custom.Type) : null,
    });

    // The entry says more of a result that both call alike.
    private bool IsToldBetter(SymbolUse use, SymbolMeaning said) =>
        context.Named!.Found!.RoleOf(use.Symbol) is { } role && IsLike(said.Name!, role.Name);

    private static bool IsNameOf(Symbol symbol, Entry entry)
    {
        string name = Small(symbol.Name);
        return name == Small(entry.Id) || entry.Aliases.Any(alias => Small(alias) == name);
    }

    private static string Small(string name) =>
        name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    private static bool IsWord(Symbol symbol) => symbol.Letter.Length > 1
        && !Printing.GreekLetters.IsNamed(symbol.Letter) || Labels.HasWord(symbol);

    // Parameters are called weights as well.
    private static bool IsLike(string one, string other) => one == other
        || (one is "parameters" && other.EndsWith("weights", StringComparison.Ordinal))
        || SpokenNames.Agree(Telling(one), Telling(other));

    private static string[] Telling(string name) => [.. name.ToLowerInvariant().Split(' ', '-', '\'')
        .Where(word => word.Length > 2 && word is not ("the" or "number" or "size" or "model"))];
}
