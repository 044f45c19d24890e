using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using Nabla.Numerics;

namespace Nabla.Text.Tokenizers;

/// <summary>
/// One token a character (a Unicode scalar value). The vocabulary is closed: a character that the training text did not
/// have is an error that names it, never a silent unknown token.
/// </summary>
public sealed class CharTokenizer : Tokenizer
{
    // WordLevel looks this token up for an unknown character; it is not in the vocabulary, so other tools fail as well.
    private const string Unknown = "<|unknown|>";
    private const string EveryCharacter = @"[\s\S]";

    private readonly string[] texts;
    private readonly FrozenDictionary<int, int> idOfRune;
    private readonly int[] idOfAscii = new int[128];

    private CharTokenizer(string[] texts, List<AddedToken> added)
        : base([.. texts.Select(Encoding.UTF8.GetBytes)], added, Encoding.UTF8.GetString)
    {
        this.texts = texts;
        HashSet<int> addedIds = [.. added.Select(t => t.Id)];
        idOfRune = Enumerable.Range(0, texts.Length).Where(id => !addedIds.Contains(id))
            .ToFrozenDictionary(id => Rune.GetRuneAt(texts[id], 0).Value);
        for (int c = 0; c < idOfAscii.Length; c++)
            idOfAscii[c] = idOfRune.GetValueOrDefault(c, -1);
    }

    /// <inheritdoc/>
    public override string Kind => "characters";

    /// <summary>
    /// The tokenizer of the distinct characters of <paramref name="text"/>, ids in the order of their code points,
    /// followed by the special tokens.
    /// </summary>
    /// <exception cref="TextException">The text is empty or has half a surrogate pair.</exception>
    /// <exception cref="ArgumentException">A special token is empty, given twice, or one of the characters.</exception>
    public static CharTokenizer Train(string text, params IReadOnlyList<string> specialTokens)
    {
        var runes = new SortedSet<Rune>();
        for (int i = 0, length; i < text.Length; i += length)
            runes.Add(RuneAt(text, i, out length));
        if (runes.Count == 0)
            throw new TextException("There is no character to make a vocabulary of: the text is empty.");
        string[] tokens = [.. runes.Select(r => r.ToString()), .. specialTokens];
        return new CharTokenizer(tokens, [.. specialTokens.Select((t, i) => new AddedToken(t, runes.Count + i))]);
    }

    /// <inheritdoc/>
    public override void Save(Stream stream)
    {
        TokenizerJsonWriter.Write(stream, AddedTokens, WriteSplitting, json =>
        {
            json.WriteString("type", "WordLevel");
            TokenizerJsonWriter.WriteVocabulary(json, texts);
            json.WriteString("unk_token", Unknown);
        });
    }

    internal static CharTokenizer Load(TokenizerJson json)
    {
        JsonElement splitting = json.RequireType("pre_tokenizer", "Split");
        JsonElement pattern = TokenizerJson.Member(splitting, "pattern", JsonValueKind.Object);
        if (!string.Equals(TokenizerJson.OptionalString(pattern, "Regex"), EveryCharacter, StringComparison.Ordinal)
            || !string.Equals(TokenizerJson.OptionalString(splitting, "behavior"), "Isolated", StringComparison.Ordinal)
            || TokenizerJson.Flag(splitting, "invert"))
            throw TokenizerJson.Error(
                $"its pre_tokenizer does not split at every character ({EveryCharacter}, Isolated)");
        json.RequireType("decoder", "Fuse");
        json.RequireType("post_processor", (string?)null);

        List<AddedToken> added = json.AddedTokens();
        string[] tokens = json.Vocabulary(added);
        HashSet<int> addedIds = [.. added.Select(t => t.Id)];
        for (int id = 0; id < tokens.Length; id++)
            if (!addedIds.Contains(id) && !IsOneRune(tokens[id]))
                throw TokenizerJson.Error($"its token {id} is not one character but {Foreign.Quote(tokens[id])}");
        return new CharTokenizer(tokens, added);
    }

    private protected override void EncodePart(
        string text, Range part, List<int> ids, CancellationToken cancellation)
    {
        int to = part.End.Value;
        for (int i = part.Start.Value, length; i < to; i += length)
        {
            cancellation.ThrowIfCancellationRequested();
            char c = text[i];
            length = 1;
            int id = c < 128 ? idOfAscii[c] : idOfRune.GetValueOrDefault(RuneAt(text, i, out length).Value, -1);
            if (id < 0)
                throw UnknownCharacter(text, i);
            ids.Add(id);
        }
    }

    private static void WriteSplitting(Utf8JsonWriter json)
    {
        json.WriteStartObject("pre_tokenizer");
        json.WriteString("type", "Split");
        json.WriteStartObject("pattern");
        json.WriteString("Regex", EveryCharacter);
        json.WriteEndObject();
        json.WriteString("behavior", "Isolated");
        json.WriteBoolean("invert", false);
        json.WriteEndObject();
        json.WriteNull("post_processor");
        json.WriteStartObject("decoder");
        json.WriteString("type", "Fuse");
        json.WriteEndObject();
    }

    private static Rune RuneAt(string text, int at, out int length) =>
        Rune.DecodeFromUtf16(text.AsSpan(at), out Rune rune, out length) == OperationStatus.Done
            ? rune
            : throw new TextException(
                $"The text has half a surrogate pair (U+{(int)text[at]:X4}) at position {at}, which is no character. " +
                "Remove it, or use a byte-level BPE tokenizer.");

    private static bool IsOneRune(string text) =>
        Rune.DecodeFromUtf16(text, out _, out int length) == OperationStatus.Done && length == text.Length;

    private TextException UnknownCharacter(string text, int at)
    {
        Rune rune = Rune.GetRuneAt(text, at);
        string shown = Rune.IsControl(rune) ? "" : $"'{rune}' ";
        return new TextException(
            $"The character {shown}(U+{rune.Value:X4}) at position {at} is not among the {idOfRune.Count} " +
            "characters of this vocabulary. Remove it, train on text that has it, or use a byte-level BPE tokenizer.");
    }
}
