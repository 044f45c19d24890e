using System.Buffers;

namespace Nabla.Formulas.Parsing.Tokens;

/// <summary>
/// Whether letters that stand together outside of LaTeX macros are one name, as <c>loss</c> and <c>LayerNorm</c> are,
/// or factors, as <c>QK</c> and <c>BAx</c> are.
/// </summary>
internal static class LetterRun
{
    private static readonly SearchValues<char> Matrices = SearchValues.Create("QKVWXUS");

    /// <summary>Whether the letters are one name.</summary>
    /// <param name="letters">Two or more ASCII letters that are no known word.</param>
    /// <param name="isApplied">Whether an opening bracket follows at once.</param>
    public static bool IsName(ReadOnlySpan<char> letters, bool isApplied)
    {
        int capitals = 0;
        foreach (char letter in letters)
            capitals += char.IsAsciiLetterUpper(letter) ? 1 : 0;
        if (capitals == 0)
            return letters.Length >= 4 || letters.Length == 3 && (isApplied || HasVowel(letters));
        if (capitals == letters.Length)
            return letters.Length >= 4 && !AllMatrices(letters) || isApplied && letters.Length == 3;
        if (capitals == 1 && char.IsAsciiLetterUpper(letters[0]))
            return letters.Length >= 4 || letters.Length == 3 && (isApplied || HasVowel(letters[1..]));
        return letters.Length >= 4;
    }

    private static bool HasVowel(ReadOnlySpan<char> letters) => letters.ContainsAny("aeiou");

    private static bool AllMatrices(ReadOnlySpan<char> letters) => !letters.ContainsAnyExcept(Matrices);

    /// <summary>How many letters before an accent written out: 1 of <c>yhat</c>, 5 of <c>thetahat</c>, or 0.</summary>
    public static int LengthBeforeAccent(ReadOnlySpan<char> letters, out string accent)
    {
        foreach (string candidate in new[] { "hat", "bar", "tilde", "star" })
        {
            accent = candidate;
            if (!letters.EndsWith(candidate, StringComparison.Ordinal))
                continue;
            int before = letters.Length - candidate.Length;
            if (before == 1 || before > 1 && Notation.IsGreek(letters[..before].ToString()))
                return before;
        }
        accent = "";
        return 0;
    }

}
