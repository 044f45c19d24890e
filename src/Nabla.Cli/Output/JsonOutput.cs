using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nabla.Formulas.Evaluation;

namespace Nabla.Cli.Output;

/// <summary>The one JSON document of a command with --json.</summary>
internal static class JsonOutput
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // what a model wrote stays readable
    };

    public static void Write(TextWriter output, JsonObject document) =>
        output.WriteLine(Text(document));

    /// <summary>The document as text.</summary>
    public static string Text(JsonObject document) => document.ToJsonString(Options);

    /// <summary>A number as JSON has them; null for NaN and infinity, which it has not.</summary>
    public static JsonNode? Number(double? value) =>
        value is { } number && double.IsFinite(number) ? JsonValue.Create(number) : null;

    public static JsonArray Array(IEnumerable<JsonNode?> items) => new([.. items]);

    /// <summary>Numbers as nested lists; what is not finite as a string.</summary>
    public static JsonNode? Numbers(NumberArray numbers)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text))
            numbers.WriteTo(json);
        return JsonNode.Parse(text.WrittenSpan);
    }
}
