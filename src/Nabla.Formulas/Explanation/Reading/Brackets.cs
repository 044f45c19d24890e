using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Reading;

/// <summary>How |x|, ‖x‖, ⌊x⌋, listings, matrices and cases are read.</summary>
internal static class Brackets
{
    public static Phrase Delimited(English english, Delimited node) => node.Kind switch
    {
        DelimiterKind.Absolute when node.Items is [Symbol { IsVector: true }] => english.OfName("the length of",
            node.Items[0]),
        DelimiterKind.Absolute => english.OfName("the absolute value of", node.Items[0]),
        DelimiterKind.Cardinality when node.Items is [Collection { Kind: CollectionKind.Set, Range: { } range } set] =>
            Phrase.Open("the number of " + Members(english, set, range)),
        DelimiterKind.Cardinality when node.Items is [Call { Function: Symbol { Kind: SymbolKind.Set } } neighbours] =>
            Phrase.Open(english.Read(neighbours).Text.Replace("the ", "the number of ", StringComparison.Ordinal)),
        DelimiterKind.Cardinality => english.OfName("the size of", node.Items[0]),
        DelimiterKind.Determinant => english.OfName("the determinant of", node.Items[0]),
        DelimiterKind.Norm => Norm(english, node, ""),
        DelimiterKind.Floor => english.Of("the floor of", node.Items[0]),
        DelimiterKind.Ceiling => english.Of("the ceiling of", node.Items[0]),
        DelimiterKind.Round => english.Of("the nearest whole number to", node.Items[0]),
        DelimiterKind.InnerProduct => Phrase.Open("the inner product of " + english.List(node.Items)),
        DelimiterKind.Average => english.OfName("the average of", node.Items[0]),
        DelimiterKind.Indicator => Phrase.Open($"1 if {english.List(node.Items)} and otherwise 0"),
        _ => At(english, node),
    };

    /// <summary>The name of a norm by its subscript.</summary>
    public static Phrase Norm(English english, Delimited node, string squared)
    {
        string name = node.Subscript switch
        {
            null => "norm",
            Number { Value: 1 } => "1-norm",
            Number { Value: 2 } => "Euclidean norm",
            Number number => number.Text + "-norm",
            Symbol { Letter: "F" } => "Frobenius norm",
            Symbol { Letter: "infinity" or "infty" } => "maximum norm",
            Symbol { Letter: "star" or "*" } => "nuclear norm",
            { } other => english.Read(other).Text + "-norm",
        };
        return english.OfName($"the {squared}{name} of", node.Items[0]);
    }

    public static Phrase Collection(English english, Collection node)
    {
        string items = english.List(node.Items);
        if (node.Range is { } range)
            return Phrase.Open(node.Kind == CollectionKind.Set ? SetOver(english, node, range)
                : $"{items} for each {Ranges.Variables(english, range)}");
        return node.Kind switch
        {
            CollectionKind.Set when node.Items is [Collection { Kind: CollectionKind.Tuple, Items.Count: > 1 } tuple] =>
                Phrase.Open($"the set of {Tuple(tuple.Items.Count)}s {english.List(tuple.Items)}"),
            CollectionKind.Set => Phrase.Open(node.Items.Count == 0 ? "the empty set" : $"the set of {items}"),
            CollectionKind.List => Phrase.Open($"the list {items}"),
            CollectionKind.Concatenation => Phrase.Open($"the concatenation of {items}"),
            CollectionKind.ClosedInterval => Phrase.Open($"the interval from {Ends(english, node)}"),
            CollectionKind.OpenInterval or CollectionKind.LeftOpenInterval or CollectionKind.RightOpenInterval =>
                Phrase.Open($"the open interval from {Ends(english, node)}"),
            _ => node.Items.Count > 1 && !node.Items.Any(item => item is Ellipsis)
                ? Phrase.Open($"the {Tuple(node.Items.Count)} {items}") : new Phrase(items),
        };
    }

    public static Phrase Matrix(English english, MatrixLiteral node)
    {
        string[] rows = [.. node.Rows.Select(row =>
            string.Join(", ", row.Children.Select(entry => english.Read(entry).Text)))];
        if (rows.Length > 1 && node.Rows.All(row => row.Children.Count == 1))
            return Phrase.Open($"the column {string.Join("; ", rows)}");
        return Phrase.Open(rows.Length == 1 ? $"the row {rows[0]}"
            : $"the matrix with the rows {string.Join("; ", rows)}");
    }

    public static Phrase Cases(English english, Cases node)
    {
        string[] parts = [.. node.Values.Select((value, i) =>
            Case(english, value, i < node.Conditions.Count ? node.Conditions[i] : null))];
        return new Phrase(parts.Length < 2 ? string.Concat(parts)
            : string.Join(", ", parts.SkipLast(1)) + ", and " + parts[^1], Binding.Clause);
    }

    private static string Case(English english, Expression value, Expression? condition)
    {
        string what = english.Read(value).Text;
        string when = condition is null ? "" : english.Read(condition).Text.Trim();
        return IsOtherwise(when) || when.Length == 0 ? $"otherwise {what}"
            : Begins(when) ? $"{what} {when}" : $"{what} if {when}";
    }

    private static bool IsOtherwise(string when) =>
        when.Trim('.', ',', ' ') is "otherwise" or "else" or "if otherwise" or "elsewhere" or "other";

    private static bool Begins(string when) => when.StartsWith("if ", StringComparison.Ordinal)
        || when.StartsWith("for ", StringComparison.Ordinal) || when.StartsWith("when ", StringComparison.Ordinal)
        || when.StartsWith("with ", StringComparison.Ordinal);

    private static string Ends(English english, Collection node) => node.Items.Count == 2
        ? $"{english.Read(node.Items[0]).Text} to {english.Read(node.Items[1]).Text}" : english.List(node.Items);

    private static string SetOver(English english, Collection node, Trees.Range range)
    {
        string items = node.Items is [Collection { Kind: CollectionKind.Tuple } tuple]
            ? $"the {Tuple(tuple.Items.Count)}s {english.List(tuple.Items)}" : $"all {english.List(node.Items)}";
        return "the set of " + (IsCondition(range) ? Members(english, node, range)
            : $"{items} for {Ranges.Variables(english, range)}");
    }

    private static bool IsCondition(Trees.Range range) =>
        range is { From: null, Condition: not null, Variables.Count: 0 };

    // {d ∈ D : t ∈ d}: "d in D for which t is in d"; {h_u : u ∈ N(v)}: "h_u for all u in N(v)".
    private static string Members(English english, Collection set, Trees.Range range)
    {
        if (!IsCondition(range))
            return $"{english.List(set.Items)} for {Ranges.Variables(english, range)}";
        string? condition = MemberOf(english, range.Condition!);
        if (set.Items is [Relation stated])
            return $"{MemberOf(english, stated) ?? english.Read(stated).Text} for which "
                + english.Read(range.Condition!).Text;
        string items = english.List(set.Items);
        return condition is not null ? $"{items} for all {condition}"
            : $"all {items} for which {english.Read(range.Condition!).Text}";
    }

    // d ∈ D: "d in D"
    private static string? MemberOf(English english, Expression node) => node is Relation
    {
        Members: [Symbol member, var set], Operators: [{ Kind: RelationKind.Member }],
    } ? $"{english.Read(member).Text} in {english.Read(set).Text}" : null;

    private static string Tuple(int count) => count switch { 2 => "pair", 3 => "triple", _ => "tuple" };

    private static Phrase At(English english, Delimited node)
    {
        string what = english.List(node.Items);
        return node.Subscript is { } at ? Phrase.Open($"{what} evaluated where {english.Read(at).Text}")
            : new Phrase(what);
    }
}
