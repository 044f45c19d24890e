using System.Buffers;
using System.Text.RegularExpressions;

namespace Nabla.Formulas.Parsing.Tokens;

/// <summary>What programs set in a call of std, sum or mean: ddof=1, unbiased=False, dim=-1, keepdim=True.</summary>
internal static partial class CallSettings
{
    // How far the settings of a call are looked for.
    private const int Longest = 80;

    private static readonly SearchValues<string> ByLess =
        SearchValues.Create(["unbiased=True", "correction=1", "ddof=1"], StringComparison.Ordinal);

    private static readonly SearchValues<string> ByAll =
        SearchValues.Create(["unbiased=False", "correction=0", "ddof=0"], StringComparison.Ordinal);

    private static readonly SearchValues<string> OfTorch =
        SearchValues.Create(["dim=", "keepdim="], StringComparison.Ordinal);

    /// <summary>The text from a place up to the bracket that closes the call; empty where it is far away.</summary>
    public static ReadOnlySpan<char> From(string text, int start)
    {
        int close = text.IndexOf(')', start, Math.Min(Longest, text.Length - start));
        return close < 0 ? [] : text.AsSpan(start, close - start);
    }

    /// <summary>Whether a variance is divided by the number of entries.</summary>
    public static bool DivideByAll(ReadOnlySpan<char> settings) => settings.ContainsAny(ByAll);

    /// <summary>Whether a variance is divided by one less than the number of entries.</summary>
    public static bool DivideByLess(ReadOnlySpan<char> settings) => settings.ContainsAny(ByLess);

    /// <summary>Whether they have the names of PyTorch, whose variance divides by one less by default.</summary>
    public static bool AreOfTorch(ReadOnlySpan<char> settings) => settings.ContainsAny(OfTorch);

    /// <summary>Whether a dimension is among them: dim=0, axis=1, (0, True).</summary>
    public static bool HaveDimension(ReadOnlySpan<char> settings) => Dimension().IsMatch(settings);

    [GeneratedRegex(@"(?<!keep)dim=|axis=|[(,]\s*-?\d\s*(?:[,)]|$)")]
    private static partial Regex Dimension();
}
