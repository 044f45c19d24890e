using System.Buffers;
using System.Globalization;
using System.Text;
using Nabla.Numerics;

namespace Nabla.Text.Tokenizers;

/// <summary>
/// Turns text into the integers that a language model reads, and back: <c>Decode(Encode(s)) == s</c>. Instances are
/// immutable for the caller and may be used by several threads at once.
/// </summary>
public abstract class Tokenizer
{
    private readonly byte[][] tokens;
    private readonly HashSet<int> special;
    private readonly AddedTokenFinder added;
    private readonly AddedTokenFinder addedText;

    /// <summary>
    /// A vocabulary: the bytes of every token in the order of the ids, which of them were added, and how the bytes of
    /// the others are written in a file.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// An added token is empty, no valid text, or not the only one so written.
    /// </exception>
    private protected Tokenizer(byte[][] tokens, IEnumerable<AddedToken> added, Func<byte[], string> written)
    {
        this.tokens = tokens;
        AddedTokens = [.. added.OrderBy(t => t.Id)];
        CheckAddedTokens(written);
        special = [.. AddedTokens.Where(t => t.IsSpecial).Select(t => t.Id)];
        this.added = new AddedTokenFinder(AddedTokens);
        addedText = new AddedTokenFinder(AddedTokens.Where(t => !t.IsSpecial));
        EndOfText = AddedTokens.FirstOrDefault(
            t => string.Equals(t.Text, AddedToken.EndOfText, StringComparison.Ordinal))?.Id;
    }

    /// <summary>The number of tokens; ids are 0 … <c>VocabularySize − 1</c>.</summary>
    public int VocabularySize => tokens.Length;

    /// <summary>The tokens that are found as they are written, special ones among them, by id.</summary>
    public IReadOnlyList<AddedToken> AddedTokens { get; }

    /// <summary>The id of <c>&lt;|endoftext|&gt;</c>, or null where the vocabulary has none.</summary>
    public int? EndOfText { get; }

    /// <summary>The kind of tokenizer in a word or two, for people: <c>characters</c>, <c>byte-level BPE</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>
    /// The ids of <paramref name="text"/>. A special token written in the text becomes its id, as in Hugging Face
    /// tokenizers; use <see cref="EncodeOrdinary"/> for text from someone who must not be able to write marks.
    /// </summary>
    /// <exception cref="TextException">The text has a character that is not in the vocabulary.</exception>
    public int[] Encode(string text) => Encode(text, added, CancellationToken.None);

    /// <summary>
    /// The ids of <paramref name="text"/>, where <c>&lt;|endoftext|&gt;</c> is characters like others.
    /// </summary>
    /// <exception cref="TextException">The text has a character that is not in the vocabulary.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public int[] EncodeOrdinary(string text, CancellationToken cancellation = default) =>
        Encode(text, addedText, cancellation);

    /// <summary>
    /// The text of <paramref name="ids"/>, special tokens as they are written; U+FFFD stands for bytes that are not
    /// UTF-8.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">An id is not in the vocabulary.</exception>
    public string Decode(ReadOnlySpan<int> ids)
    {
        int length = CountAllBytes(ids);
        byte[] bytes = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            Copy(ids, bytes);
            return Wtf8.GetString(bytes.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>The bytes of <paramref name="ids"/>: UTF-8, unless a character is cut.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An id is not in the vocabulary.</exception>
    public byte[] DecodeBytes(ReadOnlySpan<int> ids)
    {
        var bytes = new byte[CountAllBytes(ids)];
        Copy(ids, bytes);
        return bytes;
    }

    /// <summary>The bytes of one token; those of how it is written if it is special.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="id"/> is not in the vocabulary.</exception>
    public ReadOnlySpan<byte> TokenBytes(int id) => (uint)id < (uint)tokens.Length
        ? tokens[id]
        : throw new ArgumentOutOfRangeException(
            nameof(id), $"Token {id} is not in the vocabulary of 0 … {tokens.Length - 1}.");

    /// <summary>
    /// The UTF-8 bytes of text that one token stands for, 0 for a special token: what bits per byte divide by.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="id"/> is not in the vocabulary.</exception>
    public int ByteCount(int id) => IsSpecial(id) ? 0 : TokenBytes(id).Length;

    /// <summary>The UTF-8 bytes of text that <paramref name="ids"/> stand for, special tokens counting 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An id is not in the vocabulary.</exception>
    public long CountBytes(ReadOnlySpan<int> ids)
    {
        long sum = 0;
        foreach (int id in ids)
            sum += ByteCount(id);
        return sum;
    }

    /// <summary>Whether the token is a mark and not text.</summary>
    public bool IsSpecial(int id) => special.Contains(id);

    /// <summary>
    /// One token for display on one line: control characters as <c>\n</c>, <c>\t</c>, <c>\u0001</c>, and bytes that are
    /// only part of a character as <c>\xE2</c>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="id"/> is not in the vocabulary.</exception>
    public string TokenText(int id)
    {
        ReadOnlySpan<byte> bytes = TokenBytes(id);
        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            bool ok = Rune.DecodeFromUtf8(bytes, out Rune rune, out int read) == OperationStatus.Done;
            text.Append(ok ? Show(rune) : $"\\x{bytes[0]:X2}");
            bytes = bytes[(ok ? read : 1)..];
        }
        return text.ToString();
    }

    /// <summary>A decoder that is fed ids one by one and gives complete characters only.</summary>
    public StreamingDecoder Stream() => new(this);

    /// <summary>Writes the tokenizer as a Hugging Face <c>tokenizer.json</c>.</summary>
    public abstract void Save(Stream stream);

    /// <summary>
    /// Reads a Hugging Face <c>tokenizer.json</c>: a <see cref="BpeTokenizer"/> (model BPE, byte level, GPT-2
    /// splitting) or a <see cref="CharTokenizer"/> (model WordLevel, split at every character).
    /// </summary>
    /// <exception cref="TextException">
    /// The file is not such a tokenizer; the message names the part at fault.
    /// </exception>
    public static Tokenizer Load(Stream stream)
    {
        using TokenizerJson json = TokenizerJson.Read(stream);
        return json.ModelType switch
        {
            "BPE" => BpeTokenizer.Load(json),
            "WordLevel" => CharTokenizer.Load(json),
            var other => throw TokenizerJson.Error(
                $"model.type is {Foreign.Quote(other)}; Nabla reads BPE (byte level) and WordLevel (characters)"),
        };
    }

    /// <summary>Appends the ids of a part of a text that has no added token.</summary>
    /// <param name="text">The whole text, so that an error can name the position.</param>
    /// <param name="part">What of it to encode, counted from its beginning.</param>
    /// <param name="ids">Where the ids go.</param>
    /// <param name="cancellation">Looked at before every piece.</param>
    private protected abstract void EncodePart(
        string text, Range part, List<int> ids, CancellationToken cancellation);

    private void CheckAddedTokens(Func<byte[], string> written)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (AddedToken token in AddedTokens)
        {
            string problem = token.Text.Length == 0 ? "is empty"
                : !string.Equals(Wtf8.GetString(tokens[token.Id]), token.Text, StringComparison.Ordinal)
                    ? "is no valid Unicode"
                : !ids.TryAdd(token.Text, token.Id) ? "is given twice" : "";
            if (problem.Length > 0)
                throw new ArgumentException($"Tokenizer: the added token {Foreign.Quote(token.Text)} {problem}.");
        }
        HashSet<int> addedIds = [.. ids.Values];
        for (int id = 0; ids.Count > 0 && id < tokens.Length; id++)
            if (!addedIds.Contains(id) && ids.ContainsKey(written(tokens[id])))
                throw new ArgumentException(
                    $"Tokenizer: the added token {Foreign.Quote(written(tokens[id]))} is also " +
                    $"the ordinary token {id}; choose one that cannot be mistaken for text, such as " +
                    $"{AddedToken.EndOfText}.");
    }

    private int[] Encode(string text, AddedTokenFinder finder, CancellationToken cancellation)
    {
        var ids = new List<int>(text.Length / 2);
        int from = 0;
        while (finder.Next(text, from, out int at) is { } token)
        {
            EncodePart(text, from..at, ids, cancellation);
            ids.Add(token.Id);
            from = at + token.Text.Length;
        }
        EncodePart(text, from..text.Length, ids, cancellation);
        return [.. ids];
    }

    private int CountAllBytes(ReadOnlySpan<int> ids)
    {
        int sum = 0;
        foreach (int id in ids)
            sum = checked(sum + TokenBytes(id).Length);
        return sum;
    }

    private void Copy(ReadOnlySpan<int> ids, Span<byte> bytes)
    {
        foreach (int id in ids)
        {
            tokens[id].CopyTo(bytes);
            bytes = bytes[tokens[id].Length..];
        }
    }

    private static string Show(Rune rune) => rune.Value switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ when Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => $"\\u{rune.Value:X4}",
        _ => rune.ToString(),
    };
}
