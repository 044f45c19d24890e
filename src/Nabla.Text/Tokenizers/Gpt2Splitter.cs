using System.Buffers;
using System.Globalization;
using System.Text;

namespace Nabla.Text.Tokenizers;

/// <summary>
/// Cuts text into the pieces inside which byte pairs may merge, exactly as GPT-2's pattern does (Radford et al. 2019):
/// <c>'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+</c>. Letters and numbers are those of
/// code points, not of UTF-16 units; a surrogate without its partner is neither letter, number nor space.
/// </summary>
internal static class Gpt2Splitter
{
    private enum CharKind : byte
    {
        Letter,
        Number,
        Space,
        Other,
    }

    private static readonly CharKind[] Ascii = [.. Enumerable.Range(0, 128).Select(c => Classify(new Rune(c)))];

    /// <summary>
    /// The length of the first piece of <paramref name="text"/>, at least 1 unless the text is empty.
    /// </summary>
    public static int FirstPiece(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return 0;
        if (text[0] == '\'' && Contraction(text[1..]) is > 0 and int length)
            return 1 + length;

        int start = text[0] == ' ' && text.Length > 1 ? 1 : 0;
        CharKind kind = KindAt(text, start, out _);
        if (kind == CharKind.Space && start == 1)
            kind = KindAt(text, start = 0, out _);
        int end = RunEnd(text, start, kind);
        // \s+(?!\S): the last space of a run stays with the word behind it, unless it is the only one.
        return kind == CharKind.Space && end < text.Length && end > 1 ? end - 1 : end;
    }

    private static int Contraction(ReadOnlySpan<char> rest) => rest switch
    {
        ['s' or 't' or 'm' or 'd', ..] => 1,
        ['r', 'e', ..] or ['v', 'e', ..] or ['l', 'l', ..] => 2,
        _ => 0,
    };

    private static int RunEnd(ReadOnlySpan<char> text, int at, CharKind kind)
    {
        while (at < text.Length && KindAt(text, at, out int length) == kind)
            at += length;
        return at;
    }

    private static CharKind KindAt(ReadOnlySpan<char> text, int at, out int length)
    {
        char c = text[at];
        length = 1;
        if (c < 128)
            return Ascii[c];
        return Rune.DecodeFromUtf16(text[at..], out Rune rune, out length) == OperationStatus.Done
            ? Classify(rune)
            : CharKind.Other;
    }

    private static CharKind Classify(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => CharKind.Letter,
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber
            => CharKind.Number,
        _ => Rune.IsWhiteSpace(rune) ? CharKind.Space : CharKind.Other,
    };
}
