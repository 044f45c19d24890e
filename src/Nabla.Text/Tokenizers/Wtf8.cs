using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Nabla.Text.Tokenizers;

/// <summary>
/// UTF-8 extended so that <em>any</em> .NET string survives: a surrogate without its partner, which UTF-8 cannot
/// express, becomes the three bytes its code would have (WTF-8, Sapin 2018, https://simonsapin.github.io/wtf-8/). Text
/// without such surrogates has exactly its UTF-8 bytes.
/// </summary>
internal static class Wtf8
{
    /// <summary>The bytes of <paramref name="text"/>, into a buffer of at least three bytes a character.</summary>
    public static int GetBytes(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        int length = 0;
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out Rune rune, out int read) == OperationStatus.Done)
                length += rune.EncodeToUtf8(bytes[length..]);
            else
                length += PutSurrogate(text[0], bytes[length..]);
            text = text[read..];
        }
        return length;
    }

    /// <summary>The string of <paramref name="bytes"/>; U+FFFD stands for each part that is not UTF-8.</summary>
    public static string GetString(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
            return Encoding.UTF8.GetString(bytes);
        var text = new StringBuilder(bytes.Length);
        Append(bytes, text, isFinal: true);
        return text.ToString();
    }

    /// <summary>
    /// Appends the text of <paramref name="bytes"/> and returns how many were used: all of them if
    /// <paramref name="isFinal"/>, otherwise all but a character that is not complete yet (at most three bytes).
    /// </summary>
    public static int Append(ReadOnlySpan<byte> bytes, StringBuilder text, bool isFinal)
    {
        int used = 0;
        Span<char> pair = stackalloc char[2];
        while (used < bytes.Length)
        {
            ReadOnlySpan<byte> rest = bytes[used..];
            if (StartsSurrogate(rest))
            {
                if (rest.Length == 2 && !isFinal)
                    return used;
                if (rest.Length > 2 && (rest[2] & 0xC0) == 0x80)
                {
                    text.Append((char)(((rest[0] & 0x0F) << 12) | ((rest[1] & 0x3F) << 6) | (rest[2] & 0x3F)));
                    used += 3;
                    continue;
                }
            }
            OperationStatus status = Rune.DecodeFromUtf8(rest, out Rune rune, out int read);
            if (status == OperationStatus.NeedMoreData && !isFinal)
                return used;
            text.Append(pair[..rune.EncodeToUtf16(pair)]);
            used += read;
        }
        return used;
    }

    private static bool StartsSurrogate(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 2 && bytes[0] == 0xED && bytes[1] is >= 0xA0 and <= 0xBF;

    private static int PutSurrogate(char c, Span<byte> bytes)
    {
        bytes[0] = (byte)(0xE0 | (c >> 12));
        bytes[1] = (byte)(0x80 | ((c >> 6) & 0x3F));
        bytes[2] = (byte)(0x80 | (c & 0x3F));
        return 3;
    }
}
