using System.Text.RegularExpressions;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>
/// Numbers in thousands and more: a K may have 1024, in a size in bytes all may, and a letter may stand for something
/// else.
/// </summary>
internal static partial class Thousands
{
    private const int Levels = 4;

    /// <summary>Why a number that is printed with a letter may be right all the same, or null.</summary>
    public static string? Doubt(double actual, PrintedNumber printed, string line)
    {
        PrintedNumber near = printed with { IsApproximate = true };
        int level = (int)Math.Round(Math.Log10(printed.Scale) / 3);
        double binary = actual * Math.Pow(1000.0 / 1024, level);
        bool mayBeBinary = level > 0 && (binary == printed.Value || (level == 1 || Bytes().IsMatch(line))
            && Judgement.Of(binary, near) != Verdict.Wrong);
        if (mayBeBinary)
            return "the letter may stand for a power of 1024";
        for (int i = 1; i <= Levels; i++)
            if (Judgement.Of(actual * Math.Pow(1000, i), near) != Verdict.Wrong
                || Judgement.Of(actual / Math.Pow(1000, i), near) != Verdict.Wrong)
                return "thousands, millions … on one side may be meant on the other side too";
        return null;
    }

    [GeneratedRegex(@"\b(?:bytes?|memory|RAM|VRAM|disk|files?|cache|storage|buffer|"
        + @"[KMGT]i?B)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Bytes();
}
