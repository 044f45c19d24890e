using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Printing.Programs;

/// <summary>What would be computed otherwise if a letter were no number: what a program has to say of it.</summary>
internal static class Doubts
{
    /// <summary>The letters that are multiplied side by side, raised, or put between bars.</summary>
    public static HashSet<string> Numbers(Expression right)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (Expression node in right.All())
            switch (node)
            {
                case Product { Sign: not ProductSign.Hadamard } product:
                    OfFactors(product, found);
                    break;
                case Power { Base: Symbol raised, Exponent: Number { Value: >= 2 } } when IsCapital(raised):
                    found.Add(raised.Name);
                    break;
                case Delimited { Kind: DelimiterKind.Absolute, Items: [Symbol between] } when IsCapital(between):
                    found.Add(between.Name);
                    break;
            }
        return found;
    }

    /// <summary>The pairs a · b of two letters, which are dot products of vectors and products of numbers.</summary>
    public static HashSet<string> Dotted(Expression right) => right.All().OfType<Product>()
        .Where(IsDotOfLetters).SelectMany(product => product.Factors.Cast<Symbol>())
        .Select(symbol => symbol.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether a product is a · b of two letters.</summary>
    public static bool IsDotOfLetters(Product product) =>
        product is { Sign: ProductSign.Dot, Factors: [Symbol, Symbol] };

    // λ and its like before a letter are numbers by custom; of two Latin letters, or beside a dot, nobody knows.
    private static void OfFactors(Product product, HashSet<string> found)
    {
        Symbol[] letters = [.. product.Factors.Select(factor => (factor as Power)?.Base ?? factor).OfType<Symbol>()
            .Where(symbol => symbol.Kind == SymbolKind.Variable
                && (product.Sign == ProductSign.Dot || IsLatin(symbol)))];
        if (letters.Length > 1)
            found.UnionWith(letters.Select(symbol => symbol.Name));
    }

    private static bool IsLatin(Symbol symbol) => symbol.Letter.Length == 1;

    private static bool IsCapital(Symbol symbol) => symbol.Letter is [>= 'A' and <= 'Z'];
}
