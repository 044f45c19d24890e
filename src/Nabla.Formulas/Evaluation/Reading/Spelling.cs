namespace Nabla.Formulas.Evaluation.Reading;

/// <summary>Finds the name that somebody may have meant.</summary>
internal static class Spelling
{
    /// <summary>
    /// The name nearest to the one written, if one is near: by single letters changed (Levenshtein 1966).
    /// </summary>
    public static string? Nearest(string written, IEnumerable<string> names)
    {
        string? nearest = null;
        int smallest = written.Length == 1 ? 1 : Math.Max(1, written.Length / 3) + 1; // of one letter only the case
        foreach (string name in names.Where(name => name.Length <= 64 && written.Length <= 64))
        {
            int distance = string.Equals(name, written, StringComparison.OrdinalIgnoreCase) ? 0
                : Distance(written, name);
            if (distance < smallest)
                (nearest, smallest) = (name, distance);
        }
        return nearest;
    }

    private static int Distance(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (int j = 0; j < row.Length; j++)
            row[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, 1 + Math.Min(row[j], row[j - 1]));
            }
        }
        return row[b.Length];
    }
}
