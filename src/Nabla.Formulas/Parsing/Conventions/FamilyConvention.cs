using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Conventions;

/// <summary>What one place in a formula says of the same letter in another place.</summary>
internal static class FamilyConvention
{
    /// <summary>The tree with labels and determinants as the whole formula says.</summary>
    public static Expression Read(Expression tree, string text, List<Choice> choices)
    {
        if (text.Contains('|', StringComparison.Ordinal) && text.Contains('1', StringComparison.Ordinal))
            tree = WithDeterminants(tree);
        return CountPairs(text) > 1 ? WithLabels(tree, choices) : tree;
    }

    // How often two small letters stand below another: _{hf}.
    private static int CountPairs(string text)
    {
        int count = 0;
        for (int i = 0; i + 4 < text.Length; i++)
            if (text[i] == '_' && text[i + 1] == '{' && char.IsAsciiLetterLower(text[i + 2])
                && char.IsAsciiLetterLower(text[i + 3]) && text[i + 4] == '}')
                count++;
        return count;
    }

    // |K| beside K⁻¹ is a determinant.
    private static Expression WithDeterminants(Expression tree)
    {
        HashSet<Symbol> inverted = [.. tree.All().Select(Inverted).OfType<Symbol>()];
        return inverted.Count == 0 ? tree : tree.Rewrite(node => node is Delimited
        {
            Kind: DelimiterKind.Absolute or DelimiterKind.Cardinality, Items: [Symbol matrix],
        } bars && inverted.Contains(matrix) ? bars with { Kind = DelimiterKind.Determinant } : node);
    }

    private static Symbol? Inverted(Expression node) => node is Postfix
    {
        Sign: PostfixSign.Inverse, Operand: Symbol { Letter: [>= 'A' and <= 'Z', ..] } matrix,
    } ? matrix : null;

    // Beside W_{hf} and W_{hg} the two letters of W_{hi} and W_{if} name a weight, too.
    private static Expression WithLabels(Expression tree, List<Choice> choices)
    {
        HashSet<string> families = [.. tree.All().OfType<Symbol>().Where(symbol =>
                symbol.Subscripts is [Symbol { IsBare: true, Letter: [>= 'a' and <= 'z', >= 'a' and <= 'z'] }])
            .GroupBy(symbol => symbol.Letter, StringComparer.Ordinal)
            .Where(group => group.Distinct().Count() > 1).Select(group => group.Key)];
        if (families.Count > 0)
            choices.RemoveAll(choice => choice.Source.Length == 2 && choice.Taken.Contains(": the indices "));
        return families.Count == 0 ? tree : tree.Rewrite(node => node is Symbol
        {
            Subscripts:
            [
                Symbol { IsBare: true, Letter: [>= 'a' and <= 'z'] } one,
                Symbol { IsBare: true, Letter: [>= 'a' and <= 'z'] } other,
            ],
        } symbol && families.Contains(symbol.Letter) && one.Source.End == other.Source.Start
            ? symbol with { Subscripts = [Label(one, other)] } : node);
    }

    private static Symbol Label(Symbol one, Symbol other) => new(one.Letter + other.Letter)
    {
        Kind = SymbolKind.Label,
        Alphabet = Alphabet.Upright,
        Source = SourceSpan.Cover(one.Source, other.Source),
    };
}
