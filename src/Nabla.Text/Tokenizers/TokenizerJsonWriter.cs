using System.Text.Encodings.Web;
using System.Text.Json;

namespace Nabla.Text.Tokenizers;

/// <summary>Writes a <c>tokenizer.json</c> that Hugging Face tokenizers load and give the same ids with.</summary>
internal static class TokenizerJsonWriter
{
    public static void Write(
        Stream stream,
        IEnumerable<AddedToken> added,
        Action<Utf8JsonWriter> writeSplitting,
        Action<Utf8JsonWriter> writeModel)
    {
        var options = new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using var json = new Utf8JsonWriter(stream, options);
        json.WriteStartObject();
        json.WriteString("version", "1.0");
        json.WriteNull("truncation");
        json.WriteNull("padding");
        WriteAddedTokens(json, added);
        json.WriteNull("normalizer");
        writeSplitting(json);
        json.WriteStartObject("model");
        writeModel(json);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Writes all tokens, the added ones too: Hugging Face takes the ids of added tokens from here.</summary>
    public static void WriteVocabulary(Utf8JsonWriter json, IEnumerable<string> tokens)
    {
        json.WriteStartObject("vocab");
        int id = 0;
        foreach (string token in tokens)
            json.WriteNumber(token, id++);
        json.WriteEndObject();
    }

    private static void WriteAddedTokens(Utf8JsonWriter json, IEnumerable<AddedToken> added)
    {
        json.WriteStartArray("added_tokens");
        foreach (AddedToken token in added)
        {
            json.WriteStartObject();
            json.WriteNumber("id", token.Id);
            json.WriteString("content", token.Text);
            json.WriteBoolean("single_word", false);
            json.WriteBoolean("lstrip", false);
            json.WriteBoolean("rstrip", false);
            json.WriteBoolean("normalized", false);
            json.WriteBoolean("special", token.IsSpecial);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
