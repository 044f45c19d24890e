using System.Text;
using Nabla.Formulas.Articles.Reading;
using Nabla.Formulas.Printing;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Articles;

/// <summary>
/// Writes an article as one page that needs nothing else: the claims are coloured and carry what a recomputation says,
/// the formulas are set and say themselves in words.
/// </summary>
public static class ArticlePage
{
    private const int MostCharacters = 2_000_000;

    // Nobody reads the words of a longer formula where a pointer rests.
    private const int LongestSpoken = 300;

    private const string Style = """
        :root { color-scheme: light dark; --ground: #fcfcfa; --ink: #1c1e21; --dim: #6b7078; --line: #d9dad5; --code:
          #f1f1ec;
          --good: #1a7f4b; --round: #2f6fb0; --bad: #c02b2b; --open: #8a6d1d; }
        @media (prefers-color-scheme: dark) { :root { --ground: #17191c; --ink: #e6e7e4; --dim: #9aa0a8; --line:
          #34383e;
          --code: #1f2226; --good: #5ccf93; --round: #7fb6ee; --bad: #ff7b72; --open: #d9b95b; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--ground); color: var(--ink); font: 17px/1.6 Georgia, "DejaVu Serif", serif; }
        header, main { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1.2rem 0; }
        h1 { font-size: 1.35rem; margin: 0 0 .3rem; overflow-wrap: anywhere; } h2 { font-size: 1.2rem; margin: 2rem 0
          .5rem; }
        .counts { color: var(--dim); font: 15px/1.5 system-ui, sans-serif; margin: 0; }
        .counts b { font-weight: 600; } .row { display: grid; grid-template-columns: minmax(0, 1fr) 17rem; gap: 1.4rem;
          }
        .row > :first-child { min-width: 0; margin: .55rem 0; overflow-wrap: anywhere; white-space: pre-wrap; }
        pre { background: var(--code); border: 1px solid var(--line); border-radius: 6px; padding: .7rem .9rem;
          overflow-x: auto;
          font: 13.5px/1.55 ui-monospace, "DejaVu Sans Mono", monospace; }
        table { border-collapse: collapse; white-space: normal; } td { border: 1px solid var(--line); padding: .25rem
          .6rem; }
        .formula { display: block; padding: .4rem 0; font-size: 1.15em; } .math { cursor: help; border-bottom: 1px
          dotted var(--dim); }
        mark { background: none; color: inherit; border-bottom: 2px solid; padding-bottom: 1px; cursor: help; }
        mark.right { border-color: var(--good); } mark.rounding { border-color: var(--round); }
        mark.wrong { border-color: var(--bad); background: color-mix(in srgb, var(--bad) 16%, transparent); }
        mark.open { border-color: var(--open); border-bottom-style: dotted; }
        mtr.wrong { background: color-mix(in srgb, var(--bad) 16%, transparent); } mtr.right { color: var(--good); }
        mtr.rounding { color: var(--round); } mtr.open { color: var(--open); }
        mark .math { border: 0; } mark:has(math) { display: inline-block; }
        header mark { cursor: auto; font-weight: 600; }
        aside { font: 13.5px/1.45 system-ui, sans-serif; color: var(--dim); padding: .6rem 0; }
        aside p { margin: 0 0 .5rem; padding-left: .6rem; border-left: 3px solid var(--line); overflow-wrap: anywhere; }
        aside p.wrong { border-color: var(--bad); color: var(--ink); } aside p.wrong b { color: var(--bad); }
        @media (max-width: 48rem) { .row { grid-template-columns: minmax(0, 1fr); gap: 0; } aside:empty { display: none;
          } }
        """;

    /// <summary>The page.</summary>
    public static string Write(ArticleCheck check)
    {
        ArgumentNullException.ThrowIfNull(check);
        var page = new StringBuilder();
        string title = Escape(Path.GetFileName(check.Article.Name));
        page.Append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>").Append(title)
            .Append(" · checked by Nabla</title>\n<style>\n").Append(Style)
            .Append("\n</style></head><body>\n<header><h1>")
            .Append(title).Append("</h1>\n<p class=\"counts\">").Append(Counts(check))
            .Append("</p>").AppendJoin("", check.Notes.Select(note => $"<p class=\"counts\">{Escape(note)}.</p>"))
            .Append("</header>\n<main>\n");
        foreach (ArticleBlock block in check.Article.Blocks)
        {
            if (page.Length > MostCharacters)
            {
                page.Append("<p>… the rest is left out.</p>\n");
                break;
            }
            Append(page, block, check);
        }
        return page.Append("</main></body></html>\n").ToString();
    }

    private static string Counts(ArticleCheck check) =>
        $"<b>{check.Claims.Count}</b> numbers found: {Legend(check, Verdict.Wrong, "wrong")}, "
        + $"{Legend(check, Verdict.Right, "right")}, "
        + $"{Legend(check, Verdict.RightAfterRounding, "right after rounding")}, "
        + $"{Legend(check, Verdict.NotCheckable, "not checkable")}; <b>{check.Formulas.Count}</b> formulas. "
        + "Point at what is underlined.";

    // The counts stand in the colours of the marks, which explains them.
    private static string Legend(ArticleCheck check, Verdict verdict, string words) =>
        $"<mark class=\"{ClassOf(verdict)}\">{check.Count(verdict)} {words}</mark>";

    private static void Append(StringBuilder page, ArticleBlock block, ArticleCheck check)
    {
        List<Claim> claims = ClaimsIn(block, check);
        string tag = block.Kind switch { BlockKind.Heading => "h2", BlockKind.Code => "pre", _ => "div" };
        page.Append("<div class=\"row\"><").Append(tag).Append('>');
        if (block.Kind == BlockKind.Table)
            AppendTable(page, block, check, claims);
        else if (block.Kind == BlockKind.Formula)
        {
            page.Append("<span class=\"formula\">");
            AppendFormula(page, block.Text, new Inline(block, check, claims), isBlock: true);
            page.Append("</span>");
        }
        else
            AppendText(page, block.Text, new Inline(block, check, claims));
        page.Append("</").Append(tag).Append("><aside>");
        foreach (Claim claim in claims.Where(claim => claim.Verdict == Verdict.Wrong))
            page.Append("<p class=\"wrong\"><b>").Append(Escape(claim.Printed)).Append("</b> → ")
                .Append(Escape(claim.Recomputed)).Append("<br>").Append(Escape(claim.Why)).Append("</p>");
        page.Append("</aside></div>\n");
    }

    private static List<Claim> ClaimsIn(ArticleBlock block, ArticleCheck check)
    {
        int from = int.MaxValue, to = -1;
        foreach (MappedText text in block.Formulas.Append(block.Text))
        {
            if (text.Length == 0)
                continue;
            from = Math.Min(from, text.Place(0));
            to = Math.Max(to, text.Place(text.Length - 1));
        }
        List<Claim> claims = [];
        for (int i = FirstFrom(check.Claims, from); i < check.Claims.Count && check.Claims[i].Start <= to; i++)
            claims.Add(check.Claims[i]);
        return claims;
    }

    // The claims are in the order of the file.
    private static int FirstFrom(IReadOnlyList<Claim> claims, int place)
    {
        int low = 0, high = claims.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (claims[middle].Start < place)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    private static void AppendTable(StringBuilder page, ArticleBlock block, ArticleCheck check, List<Claim> claims)
    {
        page.Append("<table>");
        foreach (IReadOnlyList<MappedText> row in block.Rows)
        {
            page.Append("<tr>");
            foreach (MappedText cell in row)
            {
                page.Append("<td>");
                AppendText(page, cell, new Inline(block, check, claims));
                page.Append("</td>");
            }
            page.Append("</tr>");
        }
        page.Append("</table>");
    }

    private static void AppendText(StringBuilder page, MappedText text, Inline inline)
    {
        Claim? open = null;
        int formula = 0, next = 0;
        for (int i = 0; i < text.Length && page.Length < MostCharacters; i++)
        {
            int place = text.Place(i);
            if (open is not null && place >= open.Start + open.Length)
            {
                page.Append("</mark>");
                open = null;
            }
            while (next < inline.Claims.Count && inline.Claims[next].Start + inline.Claims[next].Length <= place)
                next++;
            if (open is null && next < inline.Claims.Count && inline.Claims[next] is var begins
                && begins.Start <= place)
            {
                open = begins;
                AppendMark(page, begins);
            }
            if (text.Text[i] == ArticleBlock.FormulaMark && formula < inline.Block.Formulas.Count)
                AppendFormula(page, inline.Block.Formulas[formula++], inline, isBlock: false);
            else
                AppendEscaped(page, text.Text[i]);
        }
        page.Append(open is null ? "" : "</mark>");
    }

    private static void AppendFormula(StringBuilder page, MappedText text, Inline inline, bool isBlock)
    {
        FoundFormula? found = inline.Check.FormulaAt(text.Trim().Place(0));
        FormulaSystem? rows = isBlock ? found?.Formula?.Tree as FormulaSystem : null;
        Claim? claim = rows is not null ? null : WorstOf(inline, text.Place(0), text.Place(text.Length) + 1);
        if (claim is not null)
            AppendMark(page, claim);
        page.Append("<span class=\"math\" title=\"");
        AppendEscaped(page, found switch
        {
            { Formula: null } => found.Error,
            { Text.Length: <= LongestSpoken } => found.Reading,
            _ => "",
        });
        page.Append("\">");
        if (found?.Formula is { } formula)
        {
            page.Append(MathmlPrinter.Write(formula.Tree, isBlock: isBlock,
                rowAttributes: rows is null ? null : row => RowAttributes(rows.Formulas[row], text.Trim(), inline)));
        }
        else
        {
            page.Append("<code>");
            AppendEscaped(page, text.Text);
            page.Append("</code>");
        }
        page.Append("</span>").Append(claim is null ? "" : "</mark>");
    }

    private static string RowAttributes(Expression row, MappedText text, Inline inline)
    {
        int end = Math.Min(row.Source.End, text.Length), start = Math.Min(row.Source.Start, end);
        return WorstOf(inline, text.Place(start), text.Place(end)) is { } claim
            ? $" class=\"{ClassOf(claim.Verdict)}\" title=\"{Escape(Title(claim))}\"" : "";
    }

    // Of several numbers in a formula the wrong one counts.
    private static Claim? WorstOf(Inline inline, int from, int to) => inline.Claims
        .Skip(FirstFrom(inline.Claims, from)).TakeWhile(claim => claim.Start < to)
        .MinBy(claim => claim.Verdict == Verdict.Wrong ? -1 : (int)claim.Verdict);

    private static void AppendMark(StringBuilder page, Claim claim) =>
        page.Append("<mark class=\"").Append(ClassOf(claim.Verdict)).Append("\" title=\"")
            .Append(Escape(Title(claim))).Append("\">");

    private static string Title(Claim claim) =>
        $"{claim.VerdictText}: {claim.Why}{(claim.Recomputed.Length > 0 ? $" [{claim.Recomputed}]" : "")}";

    private static string ClassOf(Verdict verdict) => verdict switch
    {
        Verdict.Right => "right",
        Verdict.RightAfterRounding => "rounding",
        Verdict.Wrong => "wrong",
        _ => "open",
    };

    private static string Escape(string text)
    {
        if (text.AsSpan().IndexOfAny(HtmlSigns) < 0 && !text.Any(IsControl))
            return text;
        var escaped = new StringBuilder(text.Length + 16);
        AppendEscaped(escaped, text);
        return escaped.ToString();
    }

    private static void AppendEscaped(StringBuilder page, string text)
    {
        foreach (char c in text)
            AppendEscaped(page, c);
    }

    private static void AppendEscaped(StringBuilder page, char c)
    {
        if (HtmlSigns.Contains(c))
            page.Append(c switch { '<' => "&lt;", '>' => "&gt;", '&' => "&amp;", _ => "&quot;" });
        else
            page.Append(IsControl(c) ? '\ufffd' : c);
    }

    private static readonly System.Buffers.SearchValues<char> HtmlSigns = System.Buffers.SearchValues.Create("<>&\"");

    private static bool IsControl(char c) => char.IsControl(c) && c is not ('\n' or '\t');

    private sealed record Inline(ArticleBlock Block, ArticleCheck Check, List<Claim> Claims);
}
