using System.Collections.Frozen;
using System.Text;
using Nabla.Formulas.Parsing.Tokens;

namespace Nabla.Formulas.Printing;

/// <summary>Marks over letters in Unicode: ŷ is one character, for q̂ a mark follows the letter.</summary>
internal static class AccentMarks
{
    private static readonly FrozenDictionary<string, string> Marks = NameTable.Of(
        "hat \u0302 bar \u0304 tilde \u0303 dot \u0307 ddot \u0308 vec \u20D7 check \u030C breve \u0306 acute \u0301 "
        + "grave \u0300");

    /// <summary>Puts a mark over the last letter; false where Unicode has no such mark.</summary>
    public static bool TryAppend(StringBuilder text, string accent)
    {
        if (!Marks.TryGetValue(accent, out string? mark))
            return false;
        if (text.Length > 0 && UnicodeForms.TryCompose(text[^1], accent, out char composed))
            text[^1] = composed;
        else
            text.Append(mark);
        return true;
    }
}
