using System.Text;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Reading;

/// <summary>How =, ←, ∼, ≤ and their like are read.</summary>
internal static class Relations
{
    public static Phrase Read(English english, Relation relation)
    {
        if (relation.Members is [var low, var middle, var high]
            && relation.Operators is [{ Kind: RelationKind.Less } from, { Kind: RelationKind.Less } to])
            return new Phrase($"{english.Read(middle).Text} is {(from.Sign == "<" ? "greater than" : "at least")} "
                + $"{english.Read(low).Text} and {Adjective(to)} {english.Read(high).Text}", Binding.Clause);
        if (relation.Operators is [{ Sign: ":" }, { Kind: RelationKind.Maps }]) // f: X → Y
        {
            string[] parts = [.. relation.Members.Select(member => english.Read(member).Text)];
            return new Phrase($"{parts[0]} takes {parts[1]} to {parts[2]}", Binding.Clause);
        }
        var text = new StringBuilder(Left(english, relation));
        for (int i = 0; i < relation.Operators.Count; i++)
        {
            Expression member = relation.Members[i + 1];
            string verb = Verb(relation.Operators[i]);
            if (i > 0)
                text.Append(", which ").Append(verb);
            else
                text.Append(' ').Append(verb);
            text.Append(Object(english, relation.Operators[i].Kind, member, text));
        }
        return new Phrase(text.ToString(), Binding.Clause);
    }

    public static Phrase System(English english, FormulaSystem system) => new(
        string.Join("; ", system.Formulas.Select(formula => english.Read(formula).Text)), Binding.Clause);

    public static Phrase Qualified(English english, Qualified node)
    {
        string statement = english.Read(node.Statement).Text, condition = Condition(english, node.Condition);
        string word = node.Word is "s.t." or "st" ? "subject to" : node.Word.Length > 0 ? node.Word : "where";
        return new Phrase($"{statement}, {word} {condition}", Binding.Clause);
    }

    // "for i = 1, …, N" gives a range.
    private static string Condition(English english, Expression condition) => condition is Relation
    {
        Members: [Symbol index, Collection { Items: [var from, .., Ellipsis, var to] }],
        Operators: [{ Kind: RelationKind.Equal or RelationKind.Member }],
    } ? $"{english.Read(index).Text} from {english.Read(from).Text} to {english.Read(to).Text}"
        : english.Read(condition).Text;

    /// <summary>"less than" without its verb.</summary>
    public static string Adjective(RelationOperator sign)
    {
        string verb = Verb(sign);
        return verb.StartsWith("is ", StringComparison.Ordinal) ? verb[3..] : verb;
    }

    /// <summary>The verb of a sign: "is", "becomes", "is at most".</summary>
    public static string Verb(RelationOperator sign) => sign.Kind switch
    {
        RelationKind.Equal => "is",
        RelationKind.Definition => "is defined as",
        RelationKind.Assignment => "becomes",
        RelationKind.Approximate => "is approximately",
        RelationKind.Proportional => "is proportional to",
        RelationKind.Distributed => "is drawn from",
        RelationKind.Less => sign.Sign switch
        {
            "<" => "is less than",
            "≪" => "is much less than",
            _ => "is at most",
        },
        RelationKind.Greater => sign.Sign switch
        {
            ">" => "is greater than",
            "≫" => "is much greater than",
            _ => "is at least",
        },
        RelationKind.Unequal => "is not equal to",
        RelationKind.Member => "is in",
        RelationKind.NotMember => "is not in",
        RelationKind.Subset => "is a subset of",
        RelationKind.Maps => "goes to",
        RelationKind.Implies => "implies that",
        RelationKind.Equivalent => "holds exactly when",
        _ => sign.Sign is "⟂" or "⊥" ? "is independent of" : sign.Sign is "∥" ? "is parallel to" : sign.Sign,
    };

    // (x, y) ∼ D: the members of a pair are spoken of in the plural.
    private static string Left(English english, Relation relation) =>
        relation.Members[0] is Collection { Kind: CollectionKind.Tuple, Range: null } tuple
            ? english.List(tuple.Items)
            : relation.Members is [Call call, Call { } right, ..] && Distributions.IsDistribution(right)
                ? Calls.Plain(english, call).Text : english.Read(relation.Members[0]).Text;

    private static string Object(English english, RelationKind kind, Expression member, StringBuilder before)
    {
        if (kind == RelationKind.Member && Spaces.Read(english, member) is { } space)
        {
            before.Length -= "in".Length;
            return space;
        }
        return " " + english.Read(member).Text;
    }
}
