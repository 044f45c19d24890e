using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Nabla.Formulas;
using Nabla.Formulas.Explanation;

namespace Nabla.Cli.Explain;

/// <summary>The JSON of an explanation, or of why there is none.</summary>
internal static class FormulaDocument
{
    private static readonly JsonWriterOptions Readable = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // θ stays θ
    };

    private static readonly JsonWriterOptions OneLine = Readable with { Indented = false };

    public static string Of(ExplainedFormula explained, bool onOneLine = false) =>
        Written(json => ExplanationJson.Write(json, explained), onOneLine);

    public static string Of(FormulaException error, bool onOneLine = false) =>
        Written(json => ExplanationJson.Write(json, error), onOneLine);

    private static string Written(Action<Utf8JsonWriter> write, bool onOneLine)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, onOneLine ? OneLine : Readable))
            write(json);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
