using Nabla.Formulas.Printing.Layout;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Printing;

/// <summary>Letters as Unicode characters, also those of other alphabets.</summary>
internal static class UnicodeLetters
{
    // The letters that stood in Unicode before the others of their alphabet were added.
    private const string OldScript = "BℬEℰFℱHℋIℐLℒMℳRℛeℯgℊoℴ";
    private const string OldBlackboard = "CℂHℍNℕPℙQℚRℝZℤ";
    private const string OldFraktur = "CℭHℌIℑRℜZℨ";

    /// <summary>A letter as it is set on a line: bold and upright ones as ordinary letters.</summary>
    public static string Letter(LetterBox letter) => letter switch
    {
        { Letter: "1", Alphabet: Alphabet.Blackboard } => "𝟙",
        { Letter: "Sigma" } => "𝛴", // Σ and Π are read as a sum and a product
        { Letter: "Pi" } => "𝛱",
        { Letter.Length: 1, Alphabet: Alphabet.Calligraphic } => Styled(letter.Letter[0], OldScript, 0x1D49C),
        { Letter.Length: 1, Alphabet: Alphabet.Blackboard } => Styled(letter.Letter[0], OldBlackboard, 0x1D538),
        { Letter.Length: 1, Alphabet: Alphabet.Fraktur } => Styled(letter.Letter[0], OldFraktur, 0x1D504),
        _ => GreekLetters.Character(letter.Letter),
    };

    /// <summary>A letter in mathematical bold, a word unchanged.</summary>
    public static string Bold(string letter)
    {
        const string greek = "αβγδεζηθικλμνξοπρςστυφχψω";
        string character = GreekLetters.Character(letter);
        if (character is not [var only])
            return character;
        return only switch
        {
            >= 'A' and <= 'Z' => char.ConvertFromUtf32(0x1D400 + only - 'A'),
            >= 'a' and <= 'z' => char.ConvertFromUtf32(0x1D41A + only - 'a'),
            >= '0' and <= '9' => char.ConvertFromUtf32(0x1D7CE + only - '0'),
            >= 'Α' and <= 'Ω' => char.ConvertFromUtf32(0x1D6A8 + only - 'Α'),
            _ when greek.IndexOf(only) is >= 0 and var at => char.ConvertFromUtf32(0x1D6C2 + at),
            _ => character,
        };
    }

    private static string Styled(char letter, string old, int first)
    {
        if (!char.IsAsciiLetter(letter))
            return letter.ToString();
        int at = old.IndexOf(letter);
        if (at >= 0 && at % 2 == 0)
            return old[at + 1].ToString();
        int offset = char.IsAsciiLetterUpper(letter) ? letter - 'A' : letter - 'a' + 26;
        return char.ConvertFromUtf32(first + offset);
    }
}
