using System.Collections.Frozen;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Tokens;

// Math.Sqrt(x), MathF.Exp(-x), 1.0f: what C#, Java and JavaScript call the functions of formulas.
internal sealed partial class Tokenizer
{
    private static readonly string[] MathClasses = ["System.Math.", "Math.", "MathF."];

    private static readonly FrozenSet<string> OfMathClass = FrozenSet.Create(StringComparer.Ordinal, "exp", "sqrt",
        "pow", "abs", "max", "min", "log", "log2", "log10", "log1p", "expm1", "sin", "cos", "tan", "asin", "acos",
        "atan", "atan2", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "floor", "ceil", "round", "sign", "clamp");

    private bool ReadMathClass()
    {
        if (isLatex || text[at] is not ('M' or 'S') || at > 0 && char.IsAsciiLetterOrDigit(text[at - 1]))
            return false;
        string? owner = Array.Find(MathClasses, name => text.AsSpan(at, end - at).StartsWith(name));
        if (owner is null)
            return false;
        int start = at + owner.Length, stop = EndOfMember(start);
        string name = text[start..stop].ToLowerInvariant() is var lower && lower == "ceiling" ? "ceil" : lower;
        if (name == "pi")
        {
            AddLetter(name, start, stop, Alphabet.Plain);
            return true;
        }
        if (name == "e")
            return AddAt(TokenKind.Function, "exp", start, stop) && AddAt(TokenKind.Open, "(", stop, stop)
                && AddAt(TokenKind.Number, "1", stop, stop) && AddAt(TokenKind.Close, ")", stop, stop);
        if (stop >= end || text[stop] != '(' || !OfMathClass.Contains(name))
            return false;
        if (Notation.TryFind(name, out Meaning meaning))
            return AddMeaning(meaning, start, stop);
        AddLetter(name, start, stop, Alphabet.Upright);
        return true;
    }

    // The f of 1.0f and the d of 2d beside them.
    private void SkipSuffix()
    {
        bool isSuffix = !isLatex && at < end && text[at] is 'f' or 'F' or 'd' or 'm'
            && (at + 1 == end || !char.IsAsciiLetterOrDigit(text[at + 1]) && text[at + 1] is not ('_' or '('))
            && Array.Exists(MathClasses, owner => text.Contains(owner, StringComparison.Ordinal));
        if (isSuffix)
            at++;
    }
}
