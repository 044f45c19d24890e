using Nabla.Formulas.Parsing.Tokens;
using Nabla.Formulas.Printing.Layout;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Printing;

/// <summary>Which words can stand in a line as they are.</summary>
internal static class ReadableWords
{
    /// <summary>Whether the word is read as this one name.</summary>
    public static bool IsOne(LetterBox letter)
    {
        string word = letter.Letter;
        if (GreekLetters.IsNamed(word) || UnicodeLetters.Letter(letter).Length != word.Length)
            return true;
        if (KnownFunctions.Find(word) is not null)
            return letter.IsFunction;
        if (Notation.TryFind(word, out Meaning meaning))
            return meaning.Kind == TokenKind.Letter && meaning.Value == word || letter.Alphabet == Alphabet.Upright
                && letter.IsFunction;
        foreach (char character in word)
            if (!char.IsAsciiLetter(character) && character != '_')
                return false;
        return word.Contains('_', StringComparison.Ordinal) || LetterRun.IsName(word, isApplied: false);
    }
}
