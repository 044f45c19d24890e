namespace Nabla.Text.Tokenizers;

/// <summary>
/// How GPT-2 writes bytes as visible characters in its vocabulary: the printable ones of Latin-1 as themselves, the 68
/// others as U+0100, U+0101, … in their order (a space becomes Ġ, a line feed Ċ). Radford et al. 2019.
/// </summary>
internal static class ByteAlphabet
{
    /// <summary>The character of each byte.</summary>
    public static readonly char[] CharOfByte = new char[256];

    /// <summary>
    /// The bytes in the order of their characters, which is the order of their ids in a new vocabulary.
    /// </summary>
    public static readonly byte[] Ordered;

    private static readonly short[] ByteOfChar = new short[0x144];

    static ByteAlphabet()
    {
        Array.Fill(ByteOfChar, (short)-1);
        int next = 0x100;
        for (int b = 0; b < 256; b++)
        {
            bool visible = b is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or >= 0xAE;
            char c = (char)(visible ? b : next++);
            CharOfByte[b] = c;
            ByteOfChar[c] = (short)b;
        }
        Ordered = [.. Enumerable.Range(0, 256).OrderBy(b => CharOfByte[b]).Select(b => (byte)b)];
    }

    /// <summary>The token of these bytes as it stands in a vocabulary.</summary>
    public static string ToText(ReadOnlySpan<byte> bytes)
    {
        Span<char> text = bytes.Length <= 256 ? stackalloc char[bytes.Length] : new char[bytes.Length];
        for (int i = 0; i < bytes.Length; i++)
            text[i] = CharOfByte[bytes[i]];
        return new string(text);
    }

    /// <summary>The bytes of a token of a vocabulary, or null if it has a character outside the alphabet.</summary>
    public static byte[]? ToBytes(string token)
    {
        var bytes = new byte[token.Length];
        for (int i = 0; i < token.Length; i++)
        {
            char c = token[i];
            if (c >= ByteOfChar.Length || ByteOfChar[c] < 0)
                return null;
            bytes[i] = (byte)ByteOfChar[c];
        }
        return bytes;
    }
}
