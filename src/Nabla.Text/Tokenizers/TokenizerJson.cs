using System.Text;
using System.Text.Json;
using Nabla.Numerics;

namespace Nabla.Text.Tokenizers;

/// <summary>
/// A Hugging Face <c>tokenizer.json</c>, read with distrust: every part that would change the ids and is not understood
/// is an error, never ignored.
/// </summary>
internal sealed class TokenizerJson : IDisposable
{
    private const int MaximumBytes = 256 << 20;
    private readonly JsonDocument document;

    private TokenizerJson(JsonDocument document)
    {
        this.document = document;
        Model = Member(document.RootElement, "model", JsonValueKind.Object);
        // Files from before 2020 leave the type out; only BPE has merges.
        ModelType = OptionalString(Model, "type") ?? (Model.TryGetProperty("merges", out _) ? "BPE" : "missing");
    }

    public JsonElement Model { get; }

    public string ModelType { get; }

    /// <summary>Reads a file of at most so many bytes, also where the stream does not say how long it is.</summary>
    public static TokenizerJson Read(Stream stream, int maximumBytes = MaximumBytes)
    {
        ReadOnlyMemory<byte> text = ReadAll(stream, maximumBytes);
        JsonDocument? parsed = null;
        try
        {
            parsed = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
            if (parsed.RootElement.ValueKind != JsonValueKind.Object)
                throw Error($"it is not a JSON object but {parsed.RootElement.ValueKind}");
            var json = new TokenizerJson(parsed);
            json.RequireNull("normalizer");
            json.RequireNull("truncation");
            json.RequireNull("padding");
            parsed = null;
            return json;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Error($"it is not valid JSON: {Foreign.OneLine(e.Message)}", e);
        }
        finally
        {
            parsed?.Dispose();
        }
    }

    public void Dispose() => document.Dispose();

    public static TextException Error(string what, Exception? cause = null) => new(
        $"This tokenizer.json cannot be used: {what}. Export it again, or train a tokenizer with Nabla.", cause);

    /// <summary>The tokens that are found as they are written.</summary>
    public List<AddedToken> AddedTokens()
    {
        var added = new List<AddedToken>();
        if (!IsPresent(document.RootElement, "added_tokens", out JsonElement list))
            return added;
        if (list.ValueKind != JsonValueKind.Array)
            throw Error("added_tokens is not a list");
        foreach (JsonElement entry in list.EnumerateArray())
        {
            string text = Text(Member(entry, "content", JsonValueKind.String), "an added token's content");
            if (text.Length == 0)
                throw Error("an added token is empty");
            foreach (string option in (ReadOnlySpan<string>)["single_word", "lstrip", "rstrip"])
                if (Flag(entry, option))
                    throw Error($"the added token {Foreign.Quote(text)} has {option}, which Nabla does not support");
            added.Add(
                new AddedToken(text, Id(Member(entry, "id", JsonValueKind.Number), text), Flag(entry, "special")));
        }
        if (added.DistinctBy(t => t.Id).Count() < added.Count
            || added.DistinctBy(t => t.Text, StringComparer.Ordinal).Count() < added.Count)
            throw Error("two added tokens have the same id or the same text");
        return added;
    }

    /// <summary>Every token as it is written in the file, by id, the added ones included.</summary>
    public string[] Vocabulary(IReadOnlyList<AddedToken> added)
    {
        JsonElement vocab = Member(Model, "vocab", JsonValueKind.Object);
        var idOfToken = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (JsonProperty entry in vocab.EnumerateObject())
            idOfToken.Add(Name(entry), Id(entry.Value, entry.Name));
        foreach (AddedToken token in added)
            if (!idOfToken.TryAdd(token.Text, token.Id) && idOfToken[token.Text] != token.Id)
                throw Error(
                    $"the added token {Foreign.Quote(token.Text)} has id {token.Id} and, in the vocabulary, another");

        var tokens = new string[idOfToken.Count];
        foreach ((string token, int id) in idOfToken)
        {
            if (id >= tokens.Length)
                throw Error($"the token {Foreign.Quote(token)} has id {id}, but there are only {tokens.Length} tokens");
            if (tokens[id] is not null)
                throw Error($"the tokens {Foreign.Quote(tokens[id])} and {Foreign.Quote(token)} have the same id {id}");
            tokens[id] = token;
        }
        return tokens;
    }

    /// <summary>The type of a part such as the decoder, or null if the file has none.</summary>
    public string? TypeOf(string part, out JsonElement element) =>
        IsPresent(document.RootElement, part, out element) ? OptionalString(element, "type") ?? "missing" : null;

    /// <summary>An error unless the part is of one of these types (null: it is absent).</summary>
    public JsonElement RequireType(string part, params ReadOnlySpan<string?> types)
    {
        string? type = TypeOf(part, out JsonElement element);
        if (types.Contains(type))
            return element;
        throw Error(
            $"its {part} is {(type is null ? "missing" : Foreign.Quote(type))}; " +
            $"Nabla needs {types[0]} with the model {ModelType}");
    }

    public static bool Flag(JsonElement element, string name, bool absent = false) =>
        !IsPresent(element, name, out JsonElement value) ? absent : value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw Error($"{name} is neither true nor false"),
        };

    public static string? OptionalString(JsonElement element, string name) =>
        IsPresent(element, name, out JsonElement value) ? Text(value, name) : null;

    public static bool IsPresent(JsonElement element, string name, out JsonElement value)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw Error($"{name} is looked for in {element.ValueKind}, not in an object");
        return element.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
    }

    public static JsonElement Member(JsonElement element, string name, JsonValueKind kind)
    {
        if (!IsPresent(element, name, out JsonElement value))
            throw Error($"it has no {name}");
        return value.ValueKind == kind ? value : throw Error($"{name} is {value.ValueKind}, not {kind}");
    }

    public static string Text(JsonElement value, string what)
    {
        if (value.ValueKind != JsonValueKind.String)
            throw Error($"{what} is {value.ValueKind}, not a string");
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException e) // half a surrogate pair, written as \uD800
        {
            throw Error($"{what} is not valid Unicode", e);
        }
    }

    private static ReadOnlyMemory<byte> ReadAll(Stream stream, int maximumBytes)
    {
        var bytes = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            if (bytes.Length + read > maximumBytes)
                throw Error($"it has more than {maximumBytes} bytes");
            bytes.Write(buffer, 0, read);
        }
        ReadOnlyMemory<byte> text = bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
        return text.Span.StartsWith(Encoding.UTF8.Preamble) ? text[Encoding.UTF8.Preamble.Length..] : text;
    }

    private void RequireNull(string part)
    {
        if (IsPresent(document.RootElement, part, out _))
            throw Error($"it has a {part}, which Nabla does not support");
    }

    private static string Name(JsonProperty entry)
    {
        try
        {
            return entry.Name;
        }
        catch (InvalidOperationException e)
        {
            throw Error("a token of the vocabulary is not valid Unicode", e);
        }
    }

    private static int Id(JsonElement value, string token) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int id) && id >= 0
            ? id
            : throw Error($"the token {Foreign.Quote(token)} has the id {Foreign.Quote(value.GetRawText())}");
}
