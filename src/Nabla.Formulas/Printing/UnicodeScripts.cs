namespace Nabla.Formulas.Printing;

/// <summary>Which characters Unicode has small and below, or small and above.</summary>
internal static class UnicodeScripts
{
    private const string Plain = "0123456789+−=()aehijklmnoprstuvxβγρφχ";
    private const string Lowered = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ";
    // ᵀ is the transpose and no power T.
    private const string PlainAbove = "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRUVWβγδθφχ⊤";
    private const string Raised = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵁⱽᵂᵝᵞᵟᶿᵠᵡᵀ";

    /// <summary>The text as subscript characters; null if Unicode lacks one of them.</summary>
    public static string? Lower(string text) => Map(text, Plain, Lowered);

    /// <summary>The text as superscript characters; null if Unicode lacks one of them.</summary>
    public static string? Raise(string text) => Map(text, PlainAbove, Raised);

    private static string? Map(string text, string from, string to)
    {
        Span<char> result = stackalloc char[Math.Min(text.Length, 16)];
        int length = 0;
        foreach (char letter in text)
        {
            if (letter == ' ')
                continue;
            int at = from.IndexOf(letter);
            if (at < 0 || length == result.Length)
                return null;
            result[length++] = to[at];
        }
        return length == 0 ? null : new string(result[..length]);
    }
}
