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
    private const int LongestName = 80, MostListed = 20, NarrowestFormula = 20;

    public int? TryExplain(Session session, string text, ExplainOptions options)
    {
        string name = text.Trim();
        bool isValue = options.With.Any(value => value.StartsWith(name + "=", StringComparison.Ordinal));
        if (isValue || name.Length > LongestName || !name.All(IsOfName))
            return null;
        IReadOnlyList<Entry> found = KnowledgeBase.Named(name);
        if (found is [var only])
            return new FormulaGiven().TryExplain(session, only.Formulas[0], options);
        if (found.Count == 0 || session.Json || options.IsForFormula)
            return null;
        List(session.Screen, name, found);
        return 0;
    }

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
