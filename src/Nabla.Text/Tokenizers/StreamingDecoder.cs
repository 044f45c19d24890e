using System.Text;

namespace Nabla.Text.Tokenizers;

/// <summary>
/// Decodes ids as they are generated. A character whose bytes are spread over several tokens is held back until it is
/// complete, so all that is given, and then <see cref="Flush"/>, joined is <see cref="Tokenizer.Decode"/> of all ids.
/// </summary>
public sealed class StreamingDecoder
{
    private readonly Tokenizer tokenizer;
    private readonly List<byte> pending = [];
    private readonly StringBuilder text = new();

    internal StreamingDecoder(Tokenizer tokenizer) => this.tokenizer = tokenizer;

    /// <summary>The text that <paramref name="id"/> completes; empty while a character is incomplete.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="id"/> is not in the vocabulary.</exception>
    public string Add(int id)
    {
        pending.AddRange(tokenizer.TokenBytes(id));
        return Take(isFinal: false);
    }

    /// <summary>What is left when no more ids come: nothing, or U+FFFD for a character that was cut.</summary>
    public string Flush() => Take(isFinal: true);

    private string Take(bool isFinal)
    {
        int used = Wtf8.Append(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(pending), text, isFinal);
        pending.RemoveRange(0, used);
        string complete = text.ToString();
        text.Clear();
        return complete;
    }
}
