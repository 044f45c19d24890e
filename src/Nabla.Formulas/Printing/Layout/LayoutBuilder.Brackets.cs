using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Printing.Layout;

/// <content>What stands between signs that mean something, and listings.</content>
internal sealed partial class LayoutBuilder
{
    private Box DelimitedBox(Delimited delimited)
    {
        Box inner = List(delimited.Items);
        (string open, string close) = delimited.Kind switch
        {
            DelimiterKind.Norm => ("‖", "‖"),
            DelimiterKind.Floor => ("⌊", "⌋"),
            DelimiterKind.Ceiling => ("⌈", "⌉"),
            DelimiterKind.Round => ("⌊", "⌉"),
            DelimiterKind.InnerProduct or DelimiterKind.Average => ("⟨", "⟩"),
            DelimiterKind.Indicator => ("[", "]"),
            DelimiterKind.EvaluatedAt => ("", "|"),
            _ => ("|", "|"),
        };
        Box box = new FenceBox(open, inner, close);
        Box? below = delimited.Subscript is null ? null : At(delimited.Subscript, Level.Relation);
        if (delimited.Kind == DelimiterKind.Indicator)
        {
            Box one = new LetterBox("1", Alphabet.Blackboard);
            return Row(below is null ? one : new ScriptBox(one, below, null), box);
        }
        return below is null ? box : new ScriptBox(box, below, null);
    }

    // Words under a brace keep their blanks.
    private Box Caption(Expression note) => note is Symbol { Alphabet: Alphabet.Upright, IsBare: true } words
        && words.Letter.Contains(' ', StringComparison.Ordinal) && !linear ? new WordsBox(words.Letter) : Inside(note);

    private Box CollectionBox(Collection collection)
    {
        (string open, string close) = collection.Kind switch
        {
            CollectionKind.List or CollectionKind.Concatenation or CollectionKind.ClosedInterval => ("[", "]"),
            CollectionKind.Set => ("{", "}"),
            CollectionKind.RightOpenInterval => ("[", ")"),
            CollectionKind.LeftOpenInterval => ("(", "]"),
            _ => ("(", ")"),
        };
        SignBox? separator = collection.Kind == CollectionKind.Concatenation ? new(";", SignRole.Separator) : null;
        Box inner = List(collection.Items, separator);
        if (collection.Range is not { } range)
            return new FenceBox(open, inner, close);
        if (range.From is null && range.To is null && (range.Condition ?? range.Domain) is not null)
            return new FenceBox(open, Row(inner, new SignBox("|", SignRole.Bar), Under(range, "=", null)!), close);
        return new ScriptBox(new FenceBox(open, inner, close), Under(range, "=", range.From),
            range.To is null ? null : Inside(range.To));
    }
}
