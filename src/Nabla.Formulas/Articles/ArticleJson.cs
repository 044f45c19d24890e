using System.Text.Json.Nodes;
using Nabla.Formulas.Printing;

namespace Nabla.Formulas.Articles;

/// <summary>Writes what was found in an article as JSON.</summary>
public static class ArticleJson
{
    /// <summary>
    /// <c>{file, format, claims: [{text, position, line, column, kind, printed, recomputed, verdict, why}], formulas:
    /// [{text, position, line, column, ok, latex, reading, error}], counts: {right, …}, notes}</c>; a position is a
    /// number of characters from the start of the file, lines and columns count from 1; notes say what was left out.
    /// </summary>
    public static JsonObject Write(ArticleCheck check)
    {
        ArgumentNullException.ThrowIfNull(check);
        return new JsonObject
        {
            ["file"] = check.Article.Name,
            ["format"] = check.Article.Format.ToString().ToLowerInvariant(),
            ["claims"] = new JsonArray([.. check.Claims.Select(claim => Write(check.Article, claim))]),
            ["formulas"] = new JsonArray([.. check.Formulas.Select(formula => Write(check.Article, formula))]),
            ["counts"] = new JsonObject
            {
                ["right"] = check.Count(Verdict.Right),
                ["right after rounding"] = check.Count(Verdict.RightAfterRounding),
                ["wrong"] = check.Count(Verdict.Wrong),
                ["not checkable"] = check.Count(Verdict.NotCheckable),
            },
            ["notes"] = new JsonArray([.. check.Notes.Select(note => JsonValue.Create(note))]),
        };
    }

    private static JsonObject Write(Article article, Claim claim)
    {
        (int line, int column) = article.Locate(claim.Start);
        return new JsonObject
        {
            ["text"] = claim.Text,
            ["position"] = claim.Start,
            ["line"] = line,
            ["column"] = column,
            ["kind"] = claim.Kind,
            ["printed"] = claim.Printed,
            ["recomputed"] = claim.Recomputed,
            ["verdict"] = claim.VerdictText,
            ["why"] = claim.Why,
        };
    }

    private static JsonObject Write(Article article, FoundFormula formula)
    {
        (int line, int column) = article.Locate(formula.Start);
        var node = new JsonObject
        {
            ["text"] = formula.Text,
            ["position"] = formula.Start,
            ["line"] = line,
            ["column"] = column,
            ["ok"] = formula.Formula is not null,
        };
        if (formula.Formula is { } read)
        {
            node["latex"] = FormulaPrinter.Latex(read.Tree);
            node["reading"] = formula.Reading;
        }
        else
        {
            node["error"] = formula.Error;
        }
        return node;
    }
}
