using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Reading;

/// <summary>How names, numbers and words are read.</summary>
internal static class Atoms
{
    // 𝟙_{k≠i} is an indicator without brackets.
    public static Phrase Symbol(English english, Symbol symbol) => Condition(symbol) is { } condition
        ? Phrase.Open($"1 if {english.Read(condition).Text} and otherwise 0")
        : Ones(symbol) is { } ones ? new(ones)
        : new(Slice(symbol) ?? Spelling.Of(symbol));

    // A bold 1 is a vector whose entries are all 1, and with a size below it has so many.
    private static string? Ones(Symbol symbol) => symbol is { Letter: "1", Alphabet: not Alphabet.Plain } ones
        ? ones.Subscripts is [var count] ? $"the vector of {Spelling.Compact(count)} ones" : "the vector of ones"
        : null;

    private static string? Slice(Symbol symbol) => symbol.Subscripts.Count == 0 ? null
        : Slice(symbol.Subscripts, Spelling.Of(symbol with { Subscripts = [] }), index =>
            Spelling.Of(symbol with { Subscripts = [index] }));

    // W_{:,j} is a column, A_{i,:} a row, x_{1:t−1} and x_{<t} parts of a list.
    private static string? Slice(NodeList<Expression> marks, string whole, Func<Expression, string> at) => marks switch
    {
        [Symbol { Letter: ":" }, not Symbol { Letter: ":" } and var column] => $"{Lines("column", column)} of {whole}",
        [not Symbol { Letter: ":" } and var row, Symbol { Letter: ":" }] => $"{Lines("row", row)} of {whole}",
        [Relation { Operators: [{ Sign: ":" }], Members: [var from, Trees.Words] }] =>
            $"all {whole} from {Spelling.Compact(from)} on",
        [Relation { Operators: [{ Sign: ":" }], Members: [var from, var to] }] => $"{at(from)} to {at(to)}",
        [Infix { Sign: "∖", Operands: [var other] }] => $"all {whole} but {Spelling.Compact(other)}",
        [Infix { Sign: "<", Operands: [var end] }] => $"all {whole} before {Spelling.Compact(end)}",
        [Infix { Sign: "≤" or ":", Operands: [var last] }] => $"all {whole} up to {Spelling.Compact(last)}",
        _ => null,
    };

    private static string Lines(string line, Expression which) =>
        which switch
        {
            Relation { Operators: [{ Sign: ":" }], Members: [var from, Trees.Words] } =>
                $"{line}s from {Spelling.Compact(from)} on",
            Relation { Operators: [{ Sign: ":" }], Members: [var from, var to] } =>
                $"{line}s {Spelling.Compact(from)} to {Spelling.Compact(to)}",
            Infix { Sign: ":", Operands: [var last] } => $"{line}s up to {Spelling.Compact(last)}",
            _ => $"{line} {Spelling.Compact(which)}",
        };

    private static Relation? Condition(Symbol symbol) => symbol is not { Letter: "1", Subscripts: [var below] } ? null
        : below as Relation ?? (below is Collection { Items: [Relation only] } ? only : null);

    public static Phrase Number(English english, Number number) => new(number.Text);

    public static Phrase Words(English english, Words words) => new(words.Value.Trim());

    public static Phrase Ellipsis(English english, Ellipsis dots) => new("and so on");

    public static Phrase Element(English english, Element element)
    {
        string whole = element.Target is Symbol name ? Spelling.Of(name)
            : english.Read(element.Target).Bracketed().Text;
        if (Slice(element.Indices, whole, index => $"{whole}_{Spelling.Compact(index)}") is { } slice)
            return new Phrase(slice);
        if (element.Target is Expectation { Kind: ExpectationKind.Mean, Over.Count: 0, Arguments: [var mean] }
            && element.Indices is [var step])
            return english.Of($"the running average at step {Spelling.Compact(step)} of", mean);
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
