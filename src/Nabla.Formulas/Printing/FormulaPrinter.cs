using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Printing;

/// <summary>Writes formulas in the languages that there are.</summary>
/// <example><code>
/// FormulaPrinter.Print(Formula.Parse("a/b").Tree, "latex")   // \frac{a}{b}
/// </code></example>
public static class FormulaPrinter
{
    private static readonly Lazy<IReadOnlyDictionary<string, OutputLanguage>> Table = new(Find);

    /// <summary>The languages by name.</summary>
    public static IReadOnlyDictionary<string, OutputLanguage> Languages => Table.Value;

    /// <summary>The formula in a language.</summary>
    /// <param name="tree">The formula.</param>
    /// <param name="language">The name of the language, <c>latex</c>.</param>
    /// <param name="options">What is known beyond the formula; nothing if left out.</param>
    /// <exception cref="FormulaException">There is no such language, or it cannot say it.</exception>
    public static string Print(Expression tree, string language, PrintOptions? options = null) =>
        Languages.TryGetValue(language, out OutputLanguage? printer)
            ? printer.Print(tree, options ?? PrintOptions.Default)
            : throw new FormulaException(
                $"no formula can be written in \"{language}\"; there are {string.Join(", ", Languages.Keys)}");

    /// <summary>The formula in LaTeX.</summary>
    public static string Latex(Expression tree) => LatexPrinter.Write(tree);

    /// <summary>The formula in presentation MathML.</summary>
    public static string Mathml(Expression tree) => MathmlPrinter.Write(tree);

    /// <summary>The formula on one line of Unicode; reading it again gives the same tree.</summary>
    public static string Text(Expression tree) => TextPrinter.Write(tree);

    /// <summary>
    /// The formula on one line of Unicode for people to look at: words, tables and cases stand there without the macros
    /// that <see cref="Text"/> needs to be read again.
    /// </summary>
    public static string Display(Expression tree) => TextPrinter.WriteForPeople(tree);

    private static SortedDictionary<string, OutputLanguage> Find()
    {
        var table = new SortedDictionary<string, OutputLanguage>(StringComparer.Ordinal);
        foreach (Type type in typeof(OutputLanguage).Assembly.GetTypes())
            if (type.IsSubclassOf(typeof(OutputLanguage)) && !type.IsAbstract)
            {
                var language = (OutputLanguage)Activator.CreateInstance(type)!;
                table.Add(language.Name, language);
            }
        return table;
    }
}
