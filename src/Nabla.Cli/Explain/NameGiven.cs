using Nabla.Cli.Output;
using Nabla.Formulas;
using Nabla.Formulas.Knowledge;
using Nabla.Formulas.Printing;

namespace Nabla.Cli.Explain;

/// <summary>
/// The name of a formula: <c>softmax</c>, <c>batch normalization</c>, what stands under "related". A name of several is
/// answered by their list; what is nobody's name is left to be read as a formula.
/// </summary>
internal sealed class NameGiven : IGivenReader
{
    private const int LongestName = 80, MostListed = 20, MostNamed = 5, NarrowestFormula = 20;

    public int? TryExplain(Session session, string text, ExplainOptions options)
    {
        string name = text.Trim();
        IReadOnlyList<Entry> found = Find(name, options.With.Select(value => value.Split('=')[0].Trim()));
        if (found is [var only])
            return new FormulaGiven().TryExplain(session, only.Formulas[0], options);
        if (found.Count == 0)
            return null;
        if ((session.Json || options.IsForFormula) && !IsManyWords(name))
            return null;
        if (session.Json || options.IsForFormula)
            return FormulaError.Report(session, text, Several(name, found));
        List(session.Screen, name, found);
        return 0;
    }

    /// <summary>The entries of which the text is a name; none where it is a value's name or no name at all.</summary>
    public static IReadOnlyList<Entry> Find(string text, IEnumerable<string> values)
    {
        string name = text.Trim();
        return name.Length > LongestName || !name.All(IsOfName) || values.Contains(name, StringComparer.Ordinal)
            ? [] : KnowledgeBase.Named(name);
    }

    /// <summary>The formula of the only entry of that name, or the text itself where it is nobody's name.</summary>
    /// <exception cref="FormulaException">The text is the name of several, and no formula would be written so.
    /// </exception>
    public static string FormulaOf(string text, IEnumerable<string> values) => Find(text, values) switch
    {
        [var only] => only.Formulas[0],
        [_, ..] found when IsManyWords(text) => throw Several(text, found),
        _ => text,
    };

    private static bool IsManyWords(string name) => name.Trim().Contains(' ', StringComparison.Ordinal);

    private static FormulaException Several(string name, IReadOnlyList<Entry> found) => new(
        $"{found.Count} formulas go by '{name.Trim()}': "
        + string.Join(", ", found.Take(MostNamed).Select(one => one.Id))
        + (found.Count > MostNamed ? ", …" : "") + "; give one of these names.");

    private static bool IsOfName(char c) => char.IsLetterOrDigit(c) || c is ' ' or '_' or '-' or '\'' or '’';

    private static void List(Screen screen, string name, IReadOnlyList<Entry> found)
    {
        screen.Line(new InkedLine($"{found.Count} formulas go by '{name}'. Ask for one: ", Ink.Dim)
            .Add(Shell.Command("explain", found[0].Id), Ink.Model));
        screen.Line();
        Entry[] shown = [.. found.Take(MostListed)];
        int width = shown.Max(entry => entry.Id.Length) + 4;
        foreach (Entry entry in shown)
        {
            string formula = FormulaPrinter.Display(Formula.Parse(entry.Formulas[0]).Tree);
            screen.Line(new InkedLine("  ").Add(entry.Id, Ink.Strong).PadTo(width)
                .Add(Printable.OneLine(formula, Math.Max(NarrowestFormula, screen.Width - width)), Ink.Model));
        }
        if (found.Count > shown.Length)
            screen.Line($"  … and {found.Count - shown.Length} more", Ink.Dim);
    }
}
