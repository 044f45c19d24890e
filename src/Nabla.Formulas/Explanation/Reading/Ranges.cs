using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Reading;

/// <summary>How "from where to where" is read.</summary>
internal static class Ranges
{
    /// <summary>"over i from 1 to N", "over all x in S", "over all j other than i".</summary>
    public static string Over(English english, Trees.Range range)
    {
        if (range.Variables.Count == 0)
            return range.Condition is { } only ? $"where {english.Read(only).Text}"
                : range.Domain is { } set ? $"over {english.Read(set).Text}"
                : range is { From: { } from, To: { } to } ? $"from {english.Read(from).Text} to {english.Read(to).Text}"
                    : "";
        bool isInterval = range.From is not null || (range.To is not null && range.Domain is null);
        return $"over {(isInterval ? "" : "all ")}{Variables(english, range)}";
    }

    /// <summary>"i from 1 to N", "x in S".</summary>
    public static string Variables(English english, Trees.Range range)
    {
        string variables = english.List(range.Variables);
        string text = (range.From, range.To) switch
        {
            ({ } from, { } to) when IsInfinite(to) && !IsInfinite(Positive(from)) =>
                $"{variables} from {english.Read(from).Text} to infinity",
            ({ } from, { } to) => $"{variables} from {english.Read(from).Text} to {english.Read(to).Text}",
            ({ } from, null) => $"{variables} from {english.Read(from).Text} on",
            (null, { } to) => $"{variables} up to {english.Read(to).Text}",
            _ => variables,
        };
        if (range.Domain is { } domain)
            text += $" in {Spaces.All(english, domain) ?? english.Read(domain).Text}";
        return range.Condition is { } condition ? $"{text} {Condition(english, condition, range)}".Trim() : text;
    }

    // "all j other than i" where the condition speaks of the variable itself.
    private static string Condition(English english, Expression condition, Trees.Range range)
    {
        if (condition is Relation { Members: [var left, var right], Operators: [var sign] }
            && range.Variables.Contains(left))
        {
            string said = sign.Kind switch
            {
                RelationKind.Unequal => "other than",
                RelationKind.Distributed => "drawn from",
                RelationKind.Member => "in",
                _ => Relations.Adjective(sign),
            };
            string which = range.Variables.Contains(right) ? $"with {english.Read(left).Text} " : "";
            return $"{which}{said} {english.Read(right).Text}";
        }
        return $"with {english.Read(condition).Text}";
    }

    private static Expression Positive(Expression node) => node is Negation negation ? negation.Operand : node;

    private static bool IsInfinite(Expression node) => node is Symbol { Letter: "infinity" or "infty" or "inf" };
}
