namespace Nabla.Formulas.Parsing;

/// <summary>Errors of reading, all with the place, what was expected, and what had been understood before.</summary>
internal static class Errors
{
    private const int LongestQuote = 40;

    /// <summary>Something was expected and is not there.</summary>
    public static FormulaException Expected(string what, int position, string text, string why = "") =>
        At($"{what} expected{why}", position, what, text);

    /// <summary>Something is wrong at a position.</summary>
    public static FormulaException At(string message, int position, string expected, string text) =>
        new($"{message} at {position}{UpTo(position, text)}", position, expected);

    private static string UpTo(int position, string text)
    {
        int stop = Math.Clamp(position, 0, text.Length);
        int start = Math.Max(0, stop - LongestQuote);
        if (start > 0 && char.IsLowSurrogate(text[start]))
            start++;
        string before = text[start..stop].ReplaceLineEndings(" ").Trim();
        return before.Length == 0 ? "" : $"; read up to here: {(start > 0 ? "…" : "")}{before}";
    }
}
