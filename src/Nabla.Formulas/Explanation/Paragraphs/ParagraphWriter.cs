using Nabla.Formulas.Explanation.Reading;
using Nabla.Formulas.Explanation.Symbols;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Paragraphs;

/// <summary>Writes the paragraph: what the formula is, how it is computed, and what its symbols stand for.</summary>
internal static class ParagraphWriter
{
    private const int MostSymbols = 8;

    /// <summary>The paragraph.</summary>
    public static string Write(FormulaContext context, English english, IReadOnlyList<ExplainedSymbol> symbols)
    {
        List<string> sentences = [.. Opening(context, english), .. Order(context, english)];
        if (Symbols(symbols) is { Length: > 0 } meanings)
            sentences.Add(meanings);
        return string.Join(' ', sentences.Select(Wording.Sentence));
    }

    private static IEnumerable<string> Opening(FormulaContext context, English english)
    {
        if (context.Named is { } named)
        {
            yield return $"This is {Named(named.Name)}";
            if (named.Meaning.Length > 0)
                yield return named.Meaning;
            yield break;
        }
        if (context.Formula.Main is not Relation relation)
            yield break;
        string left = english.Words(relation.Members[0]);
        switch (relation.Operators[0].Kind)
        {
            case RelationKind.Assignment:
                yield return $"this is an update: {left} gets a new value, made from the old one";
                break;
            case RelationKind.Less or RelationKind.Greater:
                yield return $"this compares two things: {english.Words(relation)}";
                break;
            case RelationKind.Distributed:
                yield return english.Words(relation);
                break;
            case RelationKind.Equal or RelationKind.Definition when relation.Members[0] is Symbol or Call:
                yield return $"this says how {left} is computed";
                break;
        }
    }

    private static IEnumerable<string> Order(FormulaContext context, English english)
    {
        Expression computed = context.Formula.Right;
        if (computed is Symbol or Number
            || context.Formula.Main is Relation { Operators: [{ Kind: RelationKind.Distributed }] })
            yield break;
        List<string> moves = Moves.Of(english, computed);
        for (int i = 0; i < moves.Count; i++)
        {
            string start = moves.Count == 1 ? "" : i == 0 ? "first, " : i == moves.Count - 1 ? "finally, " : "then ";
            string end = i == moves.Count - 1 && context.Formula.Main is Relation relation ? Ending(relation, english)
                : "";
            yield return start + moves[i] + end;
        }
    }

    private static string Ending(Relation relation, English english)
    {
        if (relation.Members[0] is not (Symbol or Call { Function: Symbol }))
            return "";
        string left = english.Words(relation.Members[0]);
        return relation.Operators[0].Kind switch
        {
            RelationKind.Assignment => $"; that is the new {left}",
            RelationKind.Equal or RelationKind.Definition or RelationKind.Approximate => $"; that is {left}",
            _ => "",
        };
    }

    private static string Symbols(IReadOnlyList<ExplainedSymbol> symbols)
    {
        ExplainedSymbol[] told = [.. symbols.Where(IsWorthTelling).Take(MostSymbols)];
        if (told.Length == 0)
            return "";
        IEnumerable<string> parts = told.Select((symbol, i) =>
            $"{symbol.Text} {(i == 0 ? "stands " : "")}for {Definite(symbol.Name)}"
            + (symbol.Role.Length > 0 && symbol.Role.Length < 70 && !symbol.Role.Contains(',', StringComparison.Ordinal)
                && !symbol.Role.Contains(';', StringComparison.Ordinal) ? $" ({symbol.Role})" : ""));
        return "Here " + Wording.List([.. parts]);
    }

    private static bool IsWorthTelling(ExplainedSymbol symbol) => symbol.Name is not ("quantity" or "index" or "result"
        or "function" or "vector" or "matrix" or "set" or "pi" or "number of terms") && symbol.Type != "index"
        && symbol.Defined is not ("known number" or "known function" or "computed") && symbol.Role != "given"
        && symbol.Name != symbol.Text;

    private static string Definite(string name) =>
        name.StartsWith("all ", StringComparison.Ordinal) || name.StartsWith("the ", StringComparison.Ordinal)
            || name.Contains('\'', StringComparison.Ordinal) ? name : "the " + name;

    private static string Named(string name) => name.Length > 1 && char.IsUpper(name[0]) && char.IsLower(name[1])
        && !name.Contains('-', StringComparison.Ordinal) ? char.ToLowerInvariant(name[0]) + name[1..] : name;
}
