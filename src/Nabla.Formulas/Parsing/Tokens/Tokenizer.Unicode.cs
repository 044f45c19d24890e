using System.Globalization;
using System.Text;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Tokens;

// Characters that are another one in a special form.
internal sealed partial class Tokenizer
{
    private bool ReadSpecialForm()
    {
        char c = text[at];
        if (UnicodeForms.TryRaised(c, out _))
            return ReadShifted(TokenKind.Sup, "^", UnicodeForms.TryRaised);
        if (UnicodeForms.TryLowered(c, out _))
            return ReadShifted(TokenKind.Sub, "_", UnicodeForms.TryLowered);
        if (UnicodeForms.TryAccented(c, out char letter, out string accent))
        {
            string plain = letter.ToString();
            AddLetter(Notation.TryFind(plain, out Meaning greek) ? greek.Value : plain, at, at + 1);
            return AddAt(TokenKind.CombiningAccent, accent, at - 1, at);
        }
        return ReadFraction() || ReadAlphabetLetter() || ReadForeignLetter() || ReadAnything();
    }

    // x_1, . . . , x_n
    private bool ReadSpacedDots()
    {
        const string Spaced = ". . .";
        return text.AsSpan(at).StartsWith(Spaced) && AddAt(TokenKind.Dots, "Dots", at, at + Spaced.Length);
    }

    // The dot of ||.|| and K(.): whatever stands there.
    private bool ReadAnything() => text[at] == '.' && at + 1 < end && text[at + 1] is '|' or ')'
        && tokens is [.., { Kind: TokenKind.Bar or TokenKind.DoubleBar or TokenKind.Open }]
        && AddAt(TokenKind.Letter, "·", at, at + 1);

    // ½ becomes \frac{1}{2}; 3½ is the number 3.5.
    private bool ReadFraction()
    {
        int start = at;
        if (!UnicodeForms.TryFraction(text[start], out string above, out string below))
            return false;
        int stop = start + 1;
        if (tokens.Count > 0 && tokens[^1] is { Kind: TokenKind.Number } whole && whole.End == start)
        {
            double value = ValueOf(whole.Value) + ValueOf(above) / ValueOf(below);
            tokens[^1] = whole with { Value = value.ToString("R", CultureInfo.InvariantCulture), End = stop };
            at = stop;
            return true;
        }
        AddAt(TokenKind.Structure, "frac", start, stop);
        foreach (string digit in (string[])[above, below])
        {
            AddAt(TokenKind.GroupOpen, "{", start, stop);
            AddAt(TokenKind.Number, digit, start, stop);
            AddAt(TokenKind.GroupClose, "}", start, stop);
        }
        return true;
    }

    private delegate bool Form(char c, out char plain);

    // ₜ₋₁ becomes _{t-1}.
    private bool ReadShifted(TokenKind kind, string sign, Form form)
    {
        int start = at;
        AddAt(kind, sign, start, start + 1);
        AddAt(TokenKind.GroupOpen, "{", start, start + 1);
        at = start;
        int bracket = StartOfRelationInBrackets(form);
        while (at < end && form(text[at], out char plain))
        {
            int from = at;
            if (from == bracket || bracket >= 0 && plain == ')')
            {
                at++;
                if (from == bracket)
                    ReadOne(); // x₍<ᵢ₎: there is no lowered <
                continue;
            }
            if (plain == 'γ' && sign == "_" && text.Contains('y') && !text.Contains('γ'))
                plain = 'y'; // there is no lowered y, so people take the γ
            if (char.IsAsciiDigit(plain))
            {
                if (sign == "^" && tokens[^1] is { Kind: TokenKind.Letter, Value: not ("⊤" or "T") })
                    AddAt(TokenKind.Sup, "^", at, at); // e⁻ˣ²
                AddShiftedNumber(form);
                continue;
            }
            Meaning meaning = default;
            if (!char.IsAsciiLetter(plain) && Notation.TryFind(plain.ToString(), out meaning)
                && meaning.Kind != TokenKind.Letter)
                AddMeaning(meaning, from, from + 1);
            else
                AddLetter(meaning.Value ?? plain.ToString(), from, from + 1, Alphabet.Plain);
            if (sign == "^" && char.IsAsciiLetter(plain))
                ReadRaisedIndex(plain, form);
        }
        int stop = at;
        AddAt(TokenKind.GroupClose, "}", stop - 1, stop);
        return true;
    }

    // eᶻⁱ where zᵢ stands as well: there is no lowered letter among raised ones.
    private void ReadRaisedIndex(char letter, Form form)
    {
        bool isIndex = at < end && form(text[at], out char index) && index is 'i' or 'j' or 'k'
            && "ᵢⱼₖ".Any(lowered => text.Contains($"{letter}{lowered}", StringComparison.Ordinal));
        if (!isIndex)
            return;
        form(text[at], out char below);
        choices.Add(new Choice(new SourceSpan(at - 1, 2), $"{letter} with the index {below}, as elsewhere",
            $"the product of {letter} and {below}"));
        AddAt(TokenKind.Sub, "_", at, at);
        AddLetter(below.ToString(), at, at + 1, Alphabet.Plain);
    }

    private int StartOfRelationInBrackets(Form form) => at + 1 < end && form(text[at], out char plain) && plain == '('
        && text[at + 1] is '<' or '>' or '≤' or '≥' ? at : -1;

    private void AddShiftedNumber(Form form)
    {
        int from = at;
        var digits = new StringBuilder();
        while (at < end && form(text[at], out char plain) && char.IsAsciiDigit(plain))
        {
            digits.Append(plain);
            at++;
        }
        AddAt(TokenKind.Number, digits.ToString(), from, at);
    }

    private bool ReadAlphabetLetter()
    {
        bool isPair = char.IsHighSurrogate(text[at]) && at + 1 < end && char.IsLowSurrogate(text[at + 1]);
        int codePoint = isPair ? char.ConvertToUtf32(text[at], text[at + 1]) : text[at];
        if (!UnicodeForms.TryAlphabet(codePoint, out char plain, out Alphabet alphabet))
            return false;
        int stop = at + (isPair ? 2 : 1);
        if (char.IsAsciiDigit(plain) && !(plain is '0' or '1' && alphabet is Alphabet.Blackboard or Alphabet.Bold))
            return AddAt(TokenKind.Number, plain.ToString(), at, stop);
        if (char.IsAscii(plain))
            AddLetter(plain.ToString(), at, stop, alphabet);
        else if (Notation.TryFind(plain.ToString(), out Meaning meaning) && meaning.Kind == TokenKind.Letter)
            AddLetter(meaning.Value, at, stop, alphabet);
        else
            AddMeaning(meaning, at, stop);
        return true;
    }

    // A letter of another script is a name by itself; letters in a row are one word.
    private bool ReadForeignLetter()
    {
        int stop = at;
        while (stop < end && char.IsLetter(text[stop]) && !char.IsAscii(text[stop])
               && !Notation.TryFind(text.AsSpan(stop, 1), out _))
            stop++;
        if (stop == at)
            return false;
        AddLetter(text[at..stop], at, stop, stop - at > 1 ? Alphabet.Upright : null);
        return true;
    }
}
