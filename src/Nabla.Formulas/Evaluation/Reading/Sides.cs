using System.Globalization;
using Nabla.Formulas.Printing;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Evaluation.Reading;

/// <summary>Whether what a formula states holds, where both of its sides have a value.</summary>
internal static class Sides
{
    private const int LongestStatement = 60;

    // Sums in another order and float32 differ so much.
    private const double Near = 1e-5;

    /// <summary>
    /// Whether the left side may have a value of its own: it is no name to which the right side is given, as in
    /// w = w − ηg.
    /// </summary>
    public static bool AreCompared(Relation relation) =>
        relation is { Members: [var left, var right], Operators: [var sign] }
        && (IsOrder(sign) || sign.Kind == RelationKind.Equal
            && left is not (Call or Derivative or Gradient or Expectation) && !right.All().Contains(left));

    /// <summary>
    /// Whether it is a condition, 0 ≤ p ≤ 1 or x &gt; 0, whose value is 1 or 0: no side of it is meant.
    /// </summary>
    public static bool IsCondition(Relation relation) => relation.Operators.All(IsOrder)
        && (relation.Members.Count > 2 || relation.Members is [not Trees.Number, Trees.Number or Negation]);

    /// <summary>What to say of both sides; null where they cannot be compared.</summary>
    public static (string Text, bool Holds)? Compared(Relation relation, NumberArray left, NumberArray right)
    {
        if (!left.Shape.Equals(right.Shape) || left.Count == 0)
            return null;
        RelationOperator sign = relation.Operators[0];
        int[] against = [.. Enumerable.Range(0, left.Count).Where(i => !Holds(sign, left.Values[i], right.Values[i]))];
        string statement = Shortened.To(FormulaPrinter.Text(relation), LongestStatement);
        if (against.Length == 0)
            return (!IsOrder(sign) ? "both sides have this value."
                : left.Count > 1 ? $"{statement} holds in every entry."
                : $"{statement} holds: the left side is {Number(left.Values[0])}.", true);
        string place = left.Count == 1 ? "" : $" in entry {against[0] + 1}";
        return ($"{statement} does not hold{place}: the left side is {Number(left.Values[against[0]])}, the right side "
            + $"{Number(right.Values[against[0]])}.", false);
    }

    /// <summary>Whether it compares: &lt;, ≥, ≠.</summary>
    public static bool IsOrder(RelationOperator sign) =>
        sign.Kind is RelationKind.Less or RelationKind.Greater or RelationKind.Unequal;

    private static bool Holds(RelationOperator sign, double a, double b) => sign.Kind switch
    {
        RelationKind.Less => a < b || sign.Sign != "<" && IsNear(a, b),
        RelationKind.Greater => a > b || sign.Sign != ">" && IsNear(a, b),
        RelationKind.Unequal => !IsNear(a, b),
        _ => IsNear(a, b),
    };

    private static bool IsNear(double a, double b) =>
        a.Equals(b) || double.IsFinite(a) && double.IsFinite(b)
            && Math.Abs(a - b) <= Near * Math.Max(Math.Abs(a), Math.Abs(b));

    private static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
