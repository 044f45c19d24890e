using System.Collections.Frozen;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Grammar;

/// <summary>What each relation sign says.</summary>
internal static class RelationSigns
{
    private static readonly FrozenDictionary<string, RelationOperator> Signs = new (RelationKind Kind, string Signs)[]
    {
        (RelationKind.Equal, "= ≡"),
        (RelationKind.Definition, "≜ := ≐"),
        (RelationKind.Assignment, "← += -="),
        (RelationKind.Approximate, "≈ ≃ ≅ ≍"),
        (RelationKind.Proportional, "∝"),
        (RelationKind.Distributed, "∼"),
        (RelationKind.Less, "< ≤ ≪ ≲"),
        (RelationKind.Greater, "> ≥ ≫ ≳"),
        (RelationKind.Unequal, "≠"),
        (RelationKind.Member, "∈"),
        (RelationKind.NotMember, "∉"),
        (RelationKind.Subset, "⊂ ⊆"),
        (RelationKind.Maps, "→ ↦"),
        (RelationKind.Implies, "⇒"),
        (RelationKind.Equivalent, "⇔"),
    }.SelectMany(row => row.Signs.Split(' '), (row, sign) => new RelationOperator(sign, row.Kind))
        .ToFrozenDictionary(sign => sign.Sign, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Negations = new Dictionary<string,
        string>(StringComparer.Ordinal)
    {
        ["="] = "≠",
        ["∈"] = "∉",
        ["⊂"] = "⊄",
        ["<"] = "≥",
        [">"] = "≤",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static RelationOperator Find(string sign) =>
        Signs.TryGetValue(sign, out RelationOperator? known) ? known : new RelationOperator(sign, RelationKind.Other);

    /// <summary>The sign that \not makes of another.</summary>
    public static RelationOperator Negated(string sign) =>
        Negations.TryGetValue(sign, out string? negated)
            ? Find(negated) : new RelationOperator("¬" + sign, RelationKind.Other);
}
