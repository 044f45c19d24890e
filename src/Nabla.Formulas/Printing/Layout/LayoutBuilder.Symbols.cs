using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Printing.Layout;

/// <content>Names with their accents, subscripts and labels; elements.</content>
internal sealed partial class LayoutBuilder
{
    private NamedBox SymbolBox(Symbol symbol)
    {
        Box bare = Undecorated(symbol);
        Box? below = Subscript(symbol.Subscripts), above = Superscript(symbol.Superscripts);
        return new NamedBox(symbol, below is null && above is null ? bare : new ScriptBox(bare, below, above));
    }

    /// <summary>The letter with prefix, accents and primes.</summary>
    private static Box Undecorated(Symbol symbol)
    {
        Box box = new LetterBox(symbol.Letter, symbol.Alphabet, symbol.Kind == SymbolKind.Function)
        {
            IsVariant = symbol.IsVariant,
        };
        foreach (string accent in symbol.Accents)
            box = new AccentBox(box, accent);
        if (symbol.Primes > 0)
            box = new ScriptBox(box, null, new SignBox(new string('′', symbol.Primes), SignRole.Postfix));
        return symbol.Prefix.Length == 0 ? box : Row(new LetterBox(symbol.Prefix, Alphabet.Plain), box);
    }

    private Box? Subscript(NodeList<Expression> marks) => marks.Count == 0 ? null : List(marks);

    // A capital letter or a star stands alone, W^Q and θ*; anything else would be read as a power.
    private Box? Superscript(NodeList<Expression> marks) => marks switch
    {
        [] => null,
        [Symbol { Letter: "star" }] or [Words { Value: "star" }] => new SignBox("*", SignRole.Ordinary),
        [Symbol { Letter: "plus" }] or [Words { Value: "plus" }] => new SignBox("+", SignRole.Ordinary),
        [Symbol { Letter: "minus" }] or [Words { Value: "minus" }] => new SignBox("−", SignRole.Ordinary),
        [Symbol { IsBare: true, Letter: [>= 'A' and <= 'Z' and not 'T'], Accents.Count: 0, Primes: 0 } capital] =>
            SymbolBox(capital),
        [Symbol { IsBare: true, Letter.Length: > 1, Accents.Count: 0, Primes: 0, Prefix: "" } word]
            when !linear && !GreekLetters.IsNamed(word.Letter) && word.Letter.All(char.IsAsciiLetter) =>
            SymbolBox(word),
        [Negation or Call { Function: Symbol { Alphabet: Alphabet.Upright } }] => Inside(marks[0]),
        _ => Bracketed(List(marks)),
    };

    private ScriptBox ElementBox(Element element) => new(
        element.Target is Symbol symbol ? Bracketed(SymbolBox(symbol)) : At(element.Target, Level.Atom),
        List(element.Indices), null);
}
