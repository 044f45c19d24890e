using System.Collections.Frozen;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Tokens;

/// <summary>What a macro, a sign or a word means.</summary>
internal readonly record struct Meaning(TokenKind Kind, string Value);

/// <summary>
/// Every notation, in whichever of the three styles it is written. A row is the value followed by its spellings: macros
/// with their backslash, signs, and words as typed.
/// </summary>
internal static class Notation
{
    private static readonly FrozenDictionary<string, Meaning> Meanings = Collect();

    private static readonly FrozenDictionary<string, Meaning>.AlternateLookup<ReadOnlySpan<char>> ByText =
        Meanings.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The longest sign made of several characters.</summary>
    public const int LongestSign = 3;

    /// <summary>What a macro with its backslash, a sign or a word means.</summary>
    public static bool TryFind(ReadOnlySpan<char> spelling, out Meaning meaning) =>
        ByText.TryGetValue(spelling, out meaning);

    /// <summary>Whether the word is the name of a Greek letter.</summary>
    public static bool IsGreek(string word) => GreekNames.Contains(word);

    private static readonly FrozenSet<string> GreekNames =
        Lines(NotationTables.Greek).Select(line => line.Split(' ')[0]).ToFrozenSet(StringComparer.Ordinal);

    private static FrozenDictionary<string, Meaning> Collect()
    {
        var meanings = new Dictionary<string, Meaning>(StringComparer.Ordinal);
        foreach (KnownFunction function in KnownFunctions.All)
        {
            foreach (string spelling in function.Spellings)
            {
                meanings[spelling] = new(TokenKind.Function, spelling);
                meanings["\\" + spelling] = new(TokenKind.Function, spelling);
            }
        }
        foreach ((TokenKind kind, string rows) in NotationTables.All)
        {
            foreach (string line in Lines(rows))
            {
                string[] parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                string value = parts[0].Length > 1 ? parts[0].Replace('_', ' ') : parts[0];
                foreach (string spelling in parts.Skip(1))
                    meanings[spelling.Replace('_', ' ')] = new(kind, value);
            }
        }
        return meanings.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static string[] Lines(string rows) =>
        rows.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
