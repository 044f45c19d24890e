using Nabla.Formulas.Explanation;
using Nabla.Formulas.Explanation.Reading;
using Nabla.Formulas.Printing;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Spreadsheets.Graphs;

/// <summary>What a sheet says about a formula and its parts.</summary>
internal sealed class FormulaWords
{
    private const int LongestTitle = 60, LongestReading = 100;

    private readonly ExplainedFormula explained;
    private readonly English english;

    public FormulaWords(Formula formula)
    {
        explained = Explainer.Explain(formula);
        english = new English(formula.Tree);
        Title = Cut(Written(formula.Tree), LongestTitle);
    }

    /// <summary>The formula on one line.</summary>
    public string Title { get; }

    /// <summary>The formula in words.</summary>
    public string Reading => explained.Reading;

    /// <summary>What people call the formula and what it says, or null.</summary>
    public string? About => explained.Recognised.FirstOrDefault(known => !known.IsPart) is { } known
        ? $"{known.Name}: {known.Meaning}" : null;

    /// <summary>A part of the formula on one line.</summary>
    public static string Short(Expression part) => Cut(Written(part), LongestTitle);

    /// <summary>A part of the formula in words; empty where that would be long.</summary>
    public string Read(Expression part) => english.Words(part) is { Length: <= LongestReading } words ? words : "";

    /// <summary>What a given name is called and what it is for: η, learning rate; how far one step goes.</summary>
    public (string Title, string Meaning) Of(string name)
    {
        ExplainedSymbol? symbol = explained.Symbols.FirstOrDefault(symbol => symbol.Symbol == name)
            ?? explained.Symbols.FirstOrDefault(
                symbol => symbol.Symbol.StartsWith(name + "_", StringComparison.Ordinal));
        if (symbol is null)
            return (name, "");
        string letter = symbol.Symbol == name ? symbol.Text : Cut(symbol.Text, symbol.Text.LastIndexOf('_') + 1, "");
        return (symbol.Name.Length == 0 || symbol.Name == letter ? letter : $"{letter}, {symbol.Name}", symbol.Role);
    }

    private static string Written(Expression expression) => TextPrinter.Write(expression)
        .Replace(@"\begin{cases} ", "{ ", StringComparison.Ordinal)
        .Replace(@" \end{cases}", " }", StringComparison.Ordinal)
        .Replace(@" & \text{if }", " if ", StringComparison.Ordinal)
        .Replace(@" & \text{otherwise}", " otherwise", StringComparison.Ordinal)
        .Replace(@" \\ ", "; ", StringComparison.Ordinal);

    private static string Cut(string text, int longest, string mark = "…") =>
        text.Length <= longest ? text : text[..(longest - 1)] + mark;
}
