using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Reading;

/// <summary>How names, numbers and words are read.</summary>
internal static class Atoms
{
    // 𝟙_{k≠i} is an indicator without brackets.
    public static Phrase Symbol(English english, Symbol symbol) => Condition(symbol) is { } condition
        ? Phrase.Open($"1 if {english.Read(condition).Text} and otherwise 0") : new(Spelling.Of(symbol));

    private static Relation? Condition(Symbol symbol) => symbol is not { Letter: "1", Subscripts: [var below] } ? null
        : below as Relation ?? (below is Collection { Items: [Relation only] } ? only : null);

    public static Phrase Number(English english, Number number) => new(number.Text);

    public static Phrase Words(English english, Words words) => new(words.Value.Trim());

    public static Phrase Ellipsis(English english, Ellipsis dots) => new("and so on");

    public static Phrase Element(English english, Element element)
    {
        string which = element.Indices.Count == 1 ? "element " : "the element at ";
        return english.OfName(which + english.List(element.Indices) + " of", element.Target);
    }

    public static Phrase Annotated(English english, Annotated annotated)
    {
        Phrase inner = english.Read(annotated.Inner);
        string note = english.Read(annotated.Note).Text;
        return new Phrase($"{inner.Text} ({note})", inner.Binding);
    }
}
