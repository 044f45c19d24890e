using System.Text.Json;
using Nabla.Formulas;
using Nabla.Formulas.Configurations;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Explanation;

namespace Nabla.Cli.Explain;

/// <summary>
/// Many formulas, one a line: the formula itself, or a JSON object with <c>formula</c> and perhaps <c>with</c> and
/// <c>grad</c>. For each line one JSON object is written on one line.
/// </summary>
internal static class Batch
{
    /// <summary>Explains every line; lines without anything are left out.</summary>
    public static void Run(TextReader input, TextWriter output, ExplainOptions options, CancellationToken cancellation)
    {
        while (input.ReadLine() is { } line)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!string.IsNullOrWhiteSpace(line))
                output.WriteLine(Explain(line, options));
        }
    }

    private static string Explain(string line, ExplainOptions options)
    {
        try
        {
            (string formula, ExplanationRequest request) = Read(line, options);
            if (formula == line && ConfigurationReader.TryExplain(line) is { } configuration)
                return ConfigurationDocument.Write(configuration, onOneLine: true);
            return FormulaDocument.Of(Explainer.Explain(formula, request), onOneLine: true);
        }
        catch (FormulaException error)
        {
            return FormulaDocument.Of(error, onOneLine: true);
        }
    }

    private static (string Formula, ExplanationRequest Request) Read(string line, ExplainOptions options)
    {
        if (!line.TrimStart().StartsWith('{') || !line.Contains("\"formula\"", StringComparison.Ordinal))
            return (line, options.Request());
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return Read(document.RootElement, options);
        }
        catch (JsonException error)
        {
            throw new FormulaException($"this line is no JSON: {error.Message}", error);
        }
    }

    private static (string Formula, ExplanationRequest Request) Read(JsonElement json, ExplainOptions options)
    {
        if (!json.TryGetProperty("formula", out JsonElement formula) || formula.ValueKind != JsonValueKind.String)
            throw new FormulaException("\"formula\" must be a text.");
        ExplanationRequest request = options.Request();
        if (json.TryGetProperty("grad", out JsonElement names))
            request = request with { Gradients = [.. Names(names)] };
        if (json.TryGetProperty("with", out JsonElement with))
        {
            if (with.ValueKind != JsonValueKind.Object)
                throw new FormulaException("\"with\" must be an object of names and values.");
            Bindings bindings = request.Bindings ?? new Bindings();
            foreach (JsonProperty property in with.EnumerateObject())
                bindings.Add(property.Name, NumberArray.From(property.Value));
            request = request with { Bindings = bindings };
        }
        return (formula.GetString()!, request);
    }

    private static string[] Names(JsonElement names) => names.ValueKind switch
    {
        JsonValueKind.String => [names.GetString()!],
        JsonValueKind.Array when names.EnumerateArray().All(name => name.ValueKind == JsonValueKind.String) =>
            names.EnumerateArray().Select(name => name.GetString()!).ToArray(),
        _ => throw new FormulaException("\"grad\" must be a list of names."),
    };
}
