using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Nabla.Cli.Output;
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

    /// <summary>Writes it and ends the line; a matrix of a million numbers is never in memory as text.</summary>
    public static void Write(TextWriter output, ExplainedFormula explained, bool onOneLine = false)
    {
        using (var json = new Utf8JsonWriter(new DecodedStream(output), onOneLine ? OneLine : Readable))
            ExplanationJson.Write(json, explained);
        output.WriteLine();
    }

    public static string Of(ExplainedFormula explained)
    {
        using var output = new StringWriter();
        Write(output, explained);
        return output.ToString();
    }

    public static string Of(FormulaException error, string? text = null, bool onOneLine = false)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, onOneLine ? OneLine : Readable))
            ExplanationJson.Write(json, error, text);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Takes UTF-8 and writes it as text.</summary>
    private sealed class DecodedStream(TextWriter output) : WriteOnlyStream
    {
        private readonly Decoder decoder = Encoding.UTF8.GetDecoder();

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            char[] text = ArrayPool<char>.Shared.Rent(buffer.Length + 1); // a character may have begun before
            output.Write(text, 0, decoder.GetChars(buffer, text, flush: false));
            ArrayPool<char>.Shared.Return(text);
        }
    }
}
