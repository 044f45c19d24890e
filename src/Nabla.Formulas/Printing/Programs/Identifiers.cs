using System.Text;

namespace Nabla.Formulas.Printing.Programs;

/// <summary>Names of formulas as names in programs.</summary>
internal static class Identifiers
{
    /// <summary>
    /// Letters, digits and <c>_</c>, the first no digit: <c>theta_t-1</c> becomes <c>theta_t_minus_1</c>.
    /// </summary>
    public static string Of(string name)
    {
        if (name.StartsWith("index ", StringComparison.Ordinal))
            name = name[6..];
        var text = new StringBuilder();
        foreach (char letter in name)
            text.Append(letter switch
            {
                '-' or '−' => "_minus_",
                '+' => "_plus_",
                '*' => "_star",
                '/' => "_",
                '=' => "_is_",
                '<' => "_below_",
                _ when char.IsAsciiLetterOrDigit(letter) || letter == '_' || char.IsLetter(letter) => $"{letter}",
                _ => "_",
            });
        string joined = string.Join('_', text.ToString().Split('_', StringSplitOptions.RemoveEmptyEntries));
        if (joined.Length == 0)
            return "value";
        return char.IsDigit(joined[0]) ? "x" + joined : joined;
    }

    /// <summary>In camel case: <c>alpha_bar_t</c> becomes <c>alphaBarT</c>.</summary>
    public static string Camel(string name)
    {
        string[] words = Of(name).Split('_');
        var text = new StringBuilder(Lower(words[0]));
        for (int i = 1; i < words.Length; i++)
            if (char.IsDigit(words[i][0]) && char.IsDigit(text[^1]))
                text.Append('_').Append(words[i]);
            else
                text.Append(char.ToUpperInvariant(words[i][0])).Append(words[i].AsSpan(1));
        return text.ToString();
    }

    /// <summary>In Pascal case, as a method is called.</summary>
    public static string Pascal(string name)
    {
        string camel = Camel(name);
        return char.ToUpperInvariant(camel[0]) + camel[1..];
    }

    // IoU and KL are words, Q is a letter.
    private static string Lower(string word) =>
        word.Length > 1 && word.All(char.IsUpper)
            ? word.ToLowerInvariant()
            : char.ToLowerInvariant(word[0]) + word[1..];
}
