namespace Nabla.Cli;

/// <summary>Finds what somebody meant to write.</summary>
internal static class Nearest
{
    /// <summary>The most similar of the known words, or null if none is similar.</summary>
    public static string? To(string word, IEnumerable<string> known)
    {
        (string Word, int Distance)[] ranked =
            [.. known.Select(candidate => (candidate, Difference(word, candidate))).OrderBy(pair => pair.Item2)];
        int most = Math.Max(Math.Min(2, word.Length / 2), word.Length / 3 + 1);
        return ranked.Length > 0 && ranked[0].Distance <= most ? ranked[0].Word : null;
    }

    // Somebody may have written the beginning only.
    private static int Difference(string word, string candidate) =>
        Math.Min(Distance(word, candidate), 1 + Distance(word, Beginning(candidate, word.Length)));

    private static string Beginning(string text, int length) => text[..Math.Min(text.Length, length)];

    // Levenshtein: characters to insert, delete or change.
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int change = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, 1 + Math.Min(row[j], row[j - 1]));
            }
        }
        return row[b.Length];
    }
}
