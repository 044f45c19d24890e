using System.Text.RegularExpressions;

namespace Nabla.Formulas.Articles.Claims.Lists;

/// <summary>Words that say that what a name stands for is another one from there on.</summary>
internal static partial class ChangeWords
{
    private const int Longest = 600;

    /// <summary>The first such word between where a value was given and what is said of it; or null.</summary>
    public static string? Between(string article, int given, int start, int end)
    {
        int to = Math.Min(end, article.Length), from = Math.Max(given, start - Longest);
        return from < to && Verbs().Match(article[from..to]) is { Success: true } change ? change.Value : null;
    }

    [GeneratedRegex(@"\b(?:after|new|becomes?|next|instead|previous|old|twice|unit length|(?:updat|swap|replac|doubl|"
        + @"tripl|quadrupl|halv|normali[sz]|multipl|divid|shift|subtract|permut|revers|clip|drop|remov|delet|append|"
        + @"insert|increment|decrement|increas|decreas|scal|add|chang|squar|negat|flip|mask|perturb|modif|stretch|"
        + @"shrink|rotat|reflect|standardi[sz])(?:e|es|ed|ing|s|y|ies|ied|ping|ped)?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Verbs();
}
