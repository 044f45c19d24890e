using System.Globalization;
using System.Text;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Printing.Pages;

/// <summary>Writes a page; nothing in it comes from a network and nothing runs in it.</summary>
internal sealed class PageWriter
{
    private readonly FormulaPage page;
    private readonly StringBuilder html = new();
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly List<SymbolNote> notes = [];

    public PageWriter(FormulaPage page)
    {
        this.page = page;
        foreach (SymbolNote note in page.Symbols)
            Add(note);
        foreach (Symbol symbol in Outermost(page.Tree))
            Add(new SymbolNote(symbol.Name, "") { Symbol = symbol });
    }

    /// <summary>The page.</summary>
    public string Write()
    {
        string title = page.Title.Length > 0 ? page.Title : FormulaPrinter.Display(page.Tree);
        html.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.Append($"<title>{Text(title)}</title>\n<style>\n{PageStyle.Sheet}{Highlights()}</style>\n");
        html.Append("</head>\n<body>\n<main>\n");
        if (page.Title.Length > 0)
            html.Append($"<h1>{Text(page.Title)}</h1>\n");
        Formula();
        foreach (string paragraph in page.Paragraphs)
            html.Append($"<p>{Text(paragraph)}</p>\n");
        foreach (string warning in page.Warnings)
            html.Append($"<p class=\"warning\" role=\"note\">{Text(warning)}</p>\n");
        Facts();
        if (page.Picture.Length > 0)
            html.Append("<figure class=\"picture\">\n").Append(page.Picture).Append("</figure>\n");
        Symbols();
        Steps();
        return html.Append("<footer>Made by Nabla</footer>\n</main>\n</body>\n</html>\n").ToString();
    }

    private void Add(SymbolNote note)
    {
        if (numbers.TryAdd(note.Name, notes.Count))
            notes.Add(note);
    }

    // Subscripts belong to their symbol and have no note of their own, unless they run.
    private static IEnumerable<Symbol> Outermost(Expression node)
    {
        if (node is Symbol symbol)
        {
            if (symbol.Kind is not (SymbolKind.Label or SymbolKind.Constant)
                && KnownFunctions.Find(symbol.Letter) is null)
                yield return symbol;
            yield break;
        }
        foreach (Expression child in node.Children)
            foreach (Symbol inner in Outermost(child))
                yield return inner;
    }

    private string Attributes(Symbol symbol) =>
        numbers.TryGetValue(symbol.Name, out int number) && symbol.Kind != SymbolKind.Label
            ? $" class=\"s\" data-s=\"{number}\" tabindex=\"0\""
            : "";

    private void Formula()
    {
        string formula = MathmlPrinter.Write(page.Tree, Attributes);
        html.Append("<figure>\n<div class=\"formula\">").Append(formula).Append("</div>\n");
        html.Append("<div class=\"cards\" aria-hidden=\"true\"><span class=\"hint\">Point at a symbol</span>");
        for (int i = 0; i < notes.Count; i++)
            html.Append($"<span class=\"card\" id=\"c{i}\">{Mathematics(notes[i])} {Card(notes[i])}</span>");
        html.Append("</div>\n");
        if (page.Reading.Length > 0)
            html.Append($"<figcaption>{Text(page.Reading)}</figcaption>\n");
        html.Append("</figure>\n");
    }

    private static string Card(SymbolNote note)
    {
        string meaning = note.Meaning.Length > 0 ? note.Meaning : note.Name;
        var parts = new StringBuilder($"<b>{Text(meaning)}</b>");
        string shape = note.Shape.StartsWith('[') ? "shape " : "";
        foreach ((string label, string value) in new[] { ("", note.Role), (shape, note.Shape), ("= ", note.Value) })
            if (value.Length > 0 && !string.Equals(value, meaning, StringComparison.Ordinal))
                parts.Append($" <span class=\"detail\">{label}{Text(Short(value))}</span>");
        return parts.ToString();
    }

    private static string Short(string value) => Shortened.To(value, 80);

    private string Mathematics(SymbolNote note)
    {
        Expression? symbol = note.Symbol ?? page.Tree.All().FirstOrDefault(node =>
            node is Symbol found && string.Equals(found.Name, note.Name, StringComparison.Ordinal));
        return symbol is null ? $"<code>{Text(note.Name)}</code>" : MathmlPrinter.Write(symbol, isBlock: false);
    }

    private string Highlights()
    {
        var css = new StringBuilder();
        for (int i = 0; i < notes.Count; i++)
        {
            string pointed = string.Create(
                CultureInfo.InvariantCulture, $"main:has([data-s=\"{i}\"]:hover,[data-s=\"{i}\"]:focus)");
            css.Append($"{pointed} [data-s=\"{i}\"]{{color:var(--accent);background:var(--glow)}}\n");
            css.Append($"{pointed} #c{i}{{display:inline}}{pointed} .hint{{display:none}}\n");
        }
        return css.ToString();
    }

    private void Facts()
    {
        if (page.Facts.Count == 0)
            return;
        html.Append("<dl>\n");
        foreach (PageFact fact in page.Facts)
            html.Append($"<dt>{Text(fact.Name)}</dt><dd>{Text(fact.Text)}</dd>\n");
        html.Append("</dl>\n");
    }

    private void Symbols()
    {
        bool hasMeaning = notes.Any(note => note.Meaning.Length > 0);
        if (!hasMeaning)
            return;
        bool hasShape = notes.Any(note => note.Shape.Length > 0), hasValue = notes.Any(note => note.Value.Length > 0);
        html.Append("<h2>Symbols</h2>\n<div class=\"wide\"><table>\n<thead><tr>");
        html.Append("<th>symbol</th><th>name</th><th>meaning</th>");
        html.Append(hasShape ? "<th>shape</th>" : "").Append(hasValue ? "<th>value</th>" : "");
        html.Append("</tr></thead>\n<tbody>\n");
        for (int i = 0; i < notes.Count; i++)
        {
            SymbolNote note = notes[i];
            if (note.Meaning.Length == 0)
                continue;
            string meaning = string.Join("; ", new[] { note.Meaning, note.Role }.Where(text => text.Length > 0)
                .Distinct(StringComparer.Ordinal));
            html.Append($"<tr data-s=\"{i}\"><th scope=\"row\">{Mathematics(note)}</th>");
            html.Append($"<td><code>{Text(note.Name)}</code></td>");
            html.Append($"<td>{Text(meaning)}</td>");
            html.Append(hasShape ? $"<td class=\"shape\">{Text(note.Shape)}</td>" : "");
            html.Append(hasValue ? $"<td class=\"number\">{Text(note.Value)}</td>" : "").Append("</tr>\n");
        }
        html.Append("</tbody>\n</table></div>\n");
    }

    private void Steps()
    {
        if (page.Steps.Count == 0)
            return;
        html.Append("<h2>Step by step</h2>\n<ol>\n");
        foreach (PageStep step in page.Steps)
        {
            html.Append("<li><div class=\"step\">").Append(MathmlPrinter.Write(step.Part, Attributes, isBlock: false));
            if (step.Shape.Length > 0)
                html.Append($"<span class=\"detail\">{Text(step.Shape)}</span>");
            html.Append($"</div><div>{Text(step.Reading)}</div>");
            if (step.Value.Length > 0)
                html.Append($"<div class=\"number\">= {Text(step.Value)}</div>");
            html.Append("</li>\n");
        }
        html.Append("</ol>\n");
    }

    private static string Text(string words) => MathmlWriter.Escaped(words);
}
