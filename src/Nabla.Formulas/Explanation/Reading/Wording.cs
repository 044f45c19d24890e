using System.Globalization;

namespace Nabla.Formulas.Explanation.Reading;

/// <summary>Small pieces of English.</summary>
internal static class Wording
{
    private static readonly string[] Ordinals =
        ["zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"];

    private static readonly Dictionary<(double, double), string> Fractions = new()
    {
        [(1, 2)] = "one half",
        [(1, 3)] = "one third",
        [(2, 3)] = "two thirds",
        [(1, 4)] = "one quarter",
        [(3, 4)] = "three quarters",
    };

    /// <summary><c>a</c>, <c>a and b</c>, <c>a, b and c</c>.</summary>
    public static string List(IReadOnlyList<string> items, string last = "and") => items.Count switch
    {
        0 => "",
        1 => items[0],
        _ => string.Join(", ", items.Take(items.Count - 1))
            + $" {last} ".Replace(" ,", ",", StringComparison.Ordinal)
            + items[^1],
    };

    /// <summary>
    /// The words before arguments with the arguments: in the places {0}, {1}, … of the pattern, or as a list behind it.
    /// </summary>
    public static string Filled(string pattern, IReadOnlyList<string> arguments)
    {
        if (!pattern.Contains("{0}", StringComparison.Ordinal))
            return $"{pattern} {List(arguments)}".TrimEnd();
        for (int i = 0; i < arguments.Count; i++)
            pattern = pattern.Replace($"{{{i}}}", arguments[i], StringComparison.Ordinal);
        return pattern;
    }

    /// <summary>The fraction as a word, or null where people say "a over b".</summary>
    public static string? Fraction(double numerator, double denominator) =>
        Fractions.GetValueOrDefault((numerator, denominator));

    /// <summary>Second for 2; for larger numbers 12-th.</summary>
    public static string Ordinal(int number) =>
        number >= 0 && number < Ordinals.Length ? Ordinals[number]
            : number.ToString(CultureInfo.InvariantCulture) + "-th";

    /// <summary>The text with a capital, if it begins with a word; a symbol keeps its letter.</summary>
    public static string Sentence(string text)
    {
        string trimmed = text.Trim();
        if (trimmed.Length == 0)
            return "";
        int end = trimmed.IndexOf(' ', StringComparison.Ordinal);
        string first = end < 0 ? trimmed : trimmed[..end].TrimEnd(',');
        bool isWord = (first.Length > 1 || first == "a") && end > 0 && first.All(c => c is >= 'a' and <= 'z');
        string begun = isWord ? char.ToUpperInvariant(trimmed[0]) + trimmed[1..] : trimmed;
        return begun[^1] is '.' or '!' or '?' ? begun : begun + ".";
    }

    /// <summary>The plural of a noun, with what follows it: "indices", "numbers of examples".</summary>
    public static string Plural(string noun)
    {
        int end = noun.IndexOf(" of ", StringComparison.Ordinal);
        if (end > 0)
            return Plural(noun[..end]) + noun[end..];
        return noun switch
        {
            _ when noun.EndsWith("matrix", StringComparison.Ordinal) => noun[..^1] + "ces",
            _ when noun.EndsWith("ss", StringComparison.Ordinal) => noun + "es",
            _ when noun.EndsWith('s') || noun.EndsWith("data", StringComparison.Ordinal) => noun,
            _ when noun.EndsWith('y') && !"aeo".Contains(noun[^2], StringComparison.Ordinal) => noun[..^1] + "ies",
            _ when noun.EndsWith('x') || noun.EndsWith("ch", StringComparison.Ordinal) => noun + "es",
            _ => noun + "s",
        };
    }

    /// <summary>A description as it goes on after a colon.</summary>
    public static string Continued(string sentence)
    {
        int end = sentence.IndexOf(' ', StringComparison.Ordinal);
        string first = end < 0 ? sentence : sentence[..end];
        bool isName = first == "Adam" || first.Skip(1).Any(c => !char.IsLower(c) && c is not ('-' or ','));
        bool isPlain = first == "A" || (first.Length > 1 && !isName);
        return isPlain ? char.ToLowerInvariant(sentence[0]) + sentence[1..] : sentence;
    }

    /// <summary>"a" or "an" before a word.</summary>
    public static string Article(string word) =>
        word.Length > 0 && "aeiouAEIOU".Contains(word[0], StringComparison.Ordinal) ? "an " + word : "a " + word;
}
