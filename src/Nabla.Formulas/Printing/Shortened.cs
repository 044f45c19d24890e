namespace Nabla.Formulas.Printing;

/// <summary>Texts cut to a length, with … for the rest.</summary>
public static class Shortened
{
    /// <summary>The text, at most so many UTF-16 units long; no character of two units is cut through.</summary>
    public static string To(string text, int longest)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length <= longest)
            return text;
        int kept = longest - 1;
        return text[..(char.IsHighSurrogate(text[kept - 1]) ? kept - 1 : kept)] + "…";
    }
}
