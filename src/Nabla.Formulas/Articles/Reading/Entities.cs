using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Nabla.Formulas.Articles.Reading;

/// <summary>The names of characters in HTML that articles use: &amp;amp;, &amp;times;, &amp;#8722;.</summary>
internal static class Entities
{
    private const int LongestName = 12;

    private static readonly FrozenDictionary<string, string> Names = (
        "amp & lt < gt > quot \" apos ' nbsp \u00a0 hellip … mdash — ndash – times × minus − divide ÷ middot · sdot ⋅ "
        + "plusmn ± sup2 ² sup3 ³ sup1 ¹ frac12 ½ frac14 ¼ frac34 ¾ radic √ sum ∑ prod ∏ int ∫ infin ∞ part ∂ nabla ∇ "
        + "asymp ≈ ap ≈ ne ≠ equals = le ≤ ge ≥ larr ← rarr → harr ↔ rArr ⇒ isin ∈ forall ∀ "
        + "exist ∃ alpha α beta β gamma γ "
        + "delta δ epsilon ε zeta ζ eta η theta θ lambda λ mu μ nu ν xi ξ pi π rho ρ sigma σ tau τ phi φ chi χ psi ψ "
        + "omega ω Delta Δ Sigma Σ Omega Ω Gamma Γ lsquo ‘ rsquo ’ ldquo “ rdquo ” bull • deg ° thinsp \u2009 lbrace { "
        + "rbrace } lbrack [ rbrack ] lpar ( rpar ) plus + ast * num # lowbar _ hat ^ vert | bsol \\ "
        + "sol / comma , period . "
        + "colon : semi ; dollar $ percnt % excl ! quest ?")
        .Split(' ').Chunk(2).ToFrozenDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    /// <summary>Adds the character at an ampersand and gives how long its name was; 0 if there is none.</summary>
    public static int Read(string text, int at, int place, MappedText.Builder into)
    {
        int end = text.IndexOf(';', at, Math.Min(LongestName, text.Length - at));
        if (end < at + 2)
            return 0;
        string name = text[(at + 1)..end];
        string? value = name[0] == '#' ? Numbered(name) : Names.GetValueOrDefault(name);
        if (value is null)
            return 0;
        into.Add(value, place);
        return end - at + 1;
    }

    private static string? Numbered(string name)
    {
        bool isHex = name.Length > 2 && name[1] is 'x' or 'X';
        return int.TryParse(name.AsSpan(isHex ? 2 : 1), isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None,
            CultureInfo.InvariantCulture, out int code) && Rune.IsValid(code) && code > 0 ? new Rune(code).ToString()
                : null;
    }

    /// <summary>A text with all names of characters replaced.</summary>
    public static MappedText Decode(MappedText text)
    {
        if (!text.Text.Contains('&', StringComparison.Ordinal))
            return text;
        var plain = new MappedText.Builder();
        for (int at = 0; at < text.Length;)
        {
            int length = text.Text[at] == '&' ? Read(text.Text, at, text.Place(at), plain) : 0;
            if (length == 0)
            {
                plain.Add(text.Text[at], text.Place(at));
                length = 1;
            }
            at += length;
        }
        return plain.Take();
    }
}
