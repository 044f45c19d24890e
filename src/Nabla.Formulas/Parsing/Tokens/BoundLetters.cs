namespace Nabla.Formulas.Parsing.Tokens;

/// <summary>The letters that run over a range somewhere in a formula: i of Σ_{i=1}^N.</summary>
internal static class BoundLetters
{
    private static readonly string[] Signs =
        ["sum_", "prod_", "∑_", "Σ_", "∏_", "product_", "limits_", "sum _", "prod _"];

    /// <summary>The letters right after a sum's or a product's subscript begins.</summary>
    public static IReadOnlySet<char> In(string text)
    {
        var letters = new HashSet<char>();
        foreach (string sign in Signs)
        {
            for (int i = text.IndexOf(sign, StringComparison.Ordinal); i >= 0;
                 i = text.IndexOf(sign, i + 1, StringComparison.Ordinal))
            {
                AddFirst(text, i + sign.Length, letters);
            }
        }
        return letters;
    }

    // i of {i=1}, i and j of {i,j}.
    private static void AddFirst(string text, int start, HashSet<char> letters)
    {
        int at = start;
        while (at < text.Length && text[at] is '{' or ' ' or '(')
            at++;
        while (at < text.Length && char.IsAsciiLetter(text[at]))
        {
            letters.Add(text[at++]);
            while (at < text.Length && text[at] is ',' or ' ')
                at++;
            if (text[start] != '{')
                return;
        }
    }
}
