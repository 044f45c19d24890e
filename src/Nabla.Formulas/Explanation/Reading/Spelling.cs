using System.Collections.Frozen;
using System.Text;
using Nabla.Formulas.Printing;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Reading;

/// <summary>
/// How symbols look inside English: letters of any alphabet with their marks, indices after <c>_</c>: ŷ_i, θ*, d_k,
/// ᾱ_(t−1).
/// </summary>
internal static class Spelling
{
    // Where a word reads better than the sign, or where a label stands for one.
    private static readonly FrozenDictionary<string, string> Letters = NameTable.Of(
        """
        infinity infinity  infty infinity  inf infinity  star *  plus +  minus −  dagger †
        prime ′
        """);

    /// <summary>The symbol as one writes it into a sentence.</summary>
    public static string Of(Symbol symbol)
    {
        if (symbol.IsBare && symbol.Accents.Count + symbol.Primes + symbol.Prefix.Length == 0)
            return Letter(symbol.Letter);
        var text = new StringBuilder(Stem(symbol));
        if (symbol.Subscripts.Count > 0)
            text.Append('_').Append(Marked(symbol.Subscripts));
        if (symbol.Superscripts.Count > 0)
            text.Append(IsWhichOne(symbol) ? $"^({Marked(symbol.Superscripts)})" : Above(symbol.Superscripts));
        return text.ToString();
    }

    /// <summary>The symbol without its indices.</summary>
    public static string Stem(Symbol symbol)
    {
        var text = new StringBuilder();
        if (symbol.Prefix.Length > 0)
            text.Append(Letter(symbol.Prefix));
        string letter = Letter(symbol.Letter);
        text.Append(letter);
        foreach (string accent in symbol.Accents)
            if (letter.Length > 1 || !AccentMarks.TryAppend(text, accent))
                text.Append(' ').Append(accent);
        text.Append('′', symbol.Primes);
        return text.ToString();
    }

    /// <summary>A letter by its sign: θ of theta.</summary>
    public static string Letter(string letter) => Letters.GetValueOrDefault(letter) ?? GreekLetters.Character(letter);

    /// <summary>An index or a label in as few characters as possible.</summary>
    public static string Compact(Expression mark) => mark switch
    {
        Symbol symbol => Of(symbol),
        Number number => number.Text,
        Words words => Letter(words.Value.Trim()),
        Negation negation => "−" + Compact(negation.Operand),
        Sum sum => string.Concat(sum.Terms.Select((term, i) =>
            i > 0 && term is not Negation ? "+" + Compact(term) : Compact(term))),
        Relation relation => string.Concat(relation.Members.Select((member, i) =>
            (i > 0 ? relation.Operators[i - 1].Sign : "") + Compact(member))),
        Quotient quotient => $"{Compact(quotient.Numerator)}/{Compact(quotient.Denominator)}",
        Infix { Operands: [var only] } prefixed => prefixed.Sign + Compact(only),
        Infix infix => string.Join(infix.Sign, infix.Operands.Select(Compact)),
        Power power => $"{Compact(power.Base)}^{Compact(power.Exponent)}",
        Ellipsis => "…",
        Call call => $"{Compact(call.Function)}({string.Join(',', call.Arguments.Select(Compact))})",
        _ => string.Concat(mark.Children.Select(Compact)),
    };

    // x⁽ⁱ⁾, W⁽ˡ⁾: which one, and no power.
    private static bool IsWhichOne(Symbol symbol) => symbol.Subscripts.Count == 0
        && symbol.Superscripts is [Symbol { IsBare: true, Letter: "i" or "j" or "k" or "l" or "t" }];

    private static string Above(NodeList<Expression> marks)
    {
        string text = Marked(marks);
        return text is "*" or "†" or "+" or "−" or "′" ? text : "^" + text;
    }

    private static string Marked(NodeList<Expression> marks)
    {
        if (marks.Count == 1)
            return marks[0] is Symbol { IsBare: true } or Number or Words or Call ? Compact(marks[0])
                : $"({Compact(marks[0])})";
        if (marks.Skip(1).Any(mark => mark is Symbol { Letter: ['-', ..] }))
            return string.Concat(marks.Select(Compact)); // β-VAE
        bool areLetters = marks.All(mark => Compact(mark).Length == 1);
        return areLetters ? string.Join(",", marks.Select(Compact)) : $"({string.Join(", ", marks.Select(Compact))})";
    }
}
