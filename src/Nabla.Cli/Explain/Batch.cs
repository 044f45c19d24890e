using System.Text;
using System.Text.Json;
using Nabla.Cli.Output;
using Nabla.Formulas;
using Nabla.Formulas.Configurations;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Explanation;
using Nabla.Learning.Data;

namespace Nabla.Cli.Explain;

/// <summary>
/// Many formulas, one a line: the formula itself, or a JSON object with <c>formula</c> and perhaps <c>with</c> and
/// <c>grad</c>. For each line one JSON object is written on one line, which says what is wrong where something is; no
/// line keeps the others from being explained. All processors explain lines; the answers come in the order of the
/// lines, each as soon as those before it are there.
/// </summary>
internal sealed class Batch(ExplainOptions options)
{
    // Enough for a matrix of 300 by 300 in all digits.
    private const int LongestLine = 2_000_000, LongestQuote = 10_000;

    /// <summary>How many lines there were, but for those without anything.</summary>
    public int Lines { get; private set; }

    /// <summary>How many of them could not be explained.</summary>
    public int Failures { get; private set; }

    /// <summary>The exit code: that of the worst line.</summary>
    public int ExitCode { get; private set; }

    /// <summary>Explains every line; lines without anything are left out.</summary>
    public void Run(TextReader input, TextWriter output, CancellationToken cancellation)
    {
        IEnumerable<Task<Answer>> answers = Read(input).Select(line => Task.Run(() => Explain(line), cancellation));
        foreach (Task<Answer> coming in answers.Prefetched(2 * Environment.ProcessorCount, cancellation))
        {
            Answer answer = coming.GetAwaiter().GetResult();
            output.Write(answer.Text);
            Lines++;
            Failures += answer.ExitCode == 0 ? 0 : 1;
            ExitCode = ExitCode == Errors.Unexpected || answer.ExitCode == 0 ? ExitCode : answer.ExitCode;
        }
    }

    private static IEnumerable<string> Read(TextReader input)
    {
        var line = new StringBuilder();
        while (ReadLine(input, line))
        {
            string text = line.ToString().TrimEnd('\r');
            if (text.Length > LongestLine || !string.IsNullOrWhiteSpace(text))
                yield return text;
        }
    }

    // Of a line that is too long only as much is kept as shows that it is.
    private static bool ReadLine(TextReader input, StringBuilder line)
    {
        line.Clear();
        int c = input.Read();
        if (c < 0)
            return false;
        for (; c is >= 0 and not '\n'; c = input.Read())
            if (line.Length <= LongestLine)
                line.Append((char)c);
        return true;
    }

    private Answer Explain(string line)
    {
        try
        {
            if (line.Length > LongestLine)
                throw new FormulaException($"the line has more than {LongestLine} characters; write a shorter one.");
            (string formula, ExplanationRequest request) = Read(line);
            using var output = new StringWriter();
            if (formula == line && ConfigurationReader.TryExplain(line) is { } configuration)
                output.WriteLine(ConfigurationDocument.Write(configuration, onOneLine: true));
            else
                FormulaDocument.Write(output, Explainer.Explain(
                    NameGiven.FormulaOf(formula, request.Bindings?.Names ?? []), request), onOneLine: true);
            return new Answer(output.ToString(), ExitCode: 0);
        }
        catch (FormulaException error)
        {
            return Failed(line, error, Errors.WrongInput);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            (int exitCode, string message) = Errors.Explain(error);
            return Failed(line, new FormulaException(message, error), exitCode);
        }
    }

    private static Answer Failed(string line, FormulaException error, int exitCode) =>
        new(FormulaDocument.Of(error, FormulaOf(line), onOneLine: true) + Environment.NewLine, exitCode);

    private (string Formula, ExplanationRequest Request) Read(string line)
    {
        if (!line.TrimStart().StartsWith('{') || !line.Contains("\"formula\"", StringComparison.Ordinal))
            return (line, options.Request(InDomain(line)));
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return Read(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The second is what half of a character gives, "\ud800".
            throw new FormulaException($"this line is no JSON: {error.Message}", error);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            throw new FormulaException("a text in this line holds half of a character; take it out.", error);
        }
    }

    private (string Formula, ExplanationRequest Request) Read(JsonElement json)
    {
        if (!json.TryGetProperty("formula", out JsonElement formula) || formula.ValueKind != JsonValueKind.String)
            throw new FormulaException("\"formula\" must be a text.");
        ExplanationRequest request = options.Request(InDomain(formula.GetString()!));
        if (json.TryGetProperty("grad", out JsonElement names))
            request = request with { Gradients = [.. Names(names)] };
        if (json.TryGetProperty("with", out JsonElement with))
        {
            if (with.ValueKind != JsonValueKind.Object)
                throw new FormulaException("\"with\" must be an object of names and values.");
            Bindings bindings = request.Bindings ?? new Bindings { GivenBy = "\"with\"" };
            foreach (JsonProperty property in with.EnumerateObject())
                bindings.Add(property.Name, NumberArray.From(property.Value));
            request = request with { Bindings = bindings };
        }
        return (formula.GetString()!, request);
    }

    // The formula in whose domain random numbers lie, where some are asked for.
    private Formula? InDomain(string text)
    {
        if (options.Shapes.Count == 0)
            return null;
        try
        {
            return Formula.Parse(text);
        }
        catch (FormulaException)
        {
            return null; // which the explanation says
        }
    }

    // The formula of the line, so that one finds it again; the line itself where it is no JSON, and not endless.
    private static string FormulaOf(string line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            if (document.RootElement is { ValueKind: JsonValueKind.Object } json
                && json.TryGetProperty("formula", out JsonElement formula) && formula.ValueKind == JsonValueKind.String)
                line = formula.GetString()!;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            // A line of text.
        }
        return Printable.OneLine(line, LongestQuote);
    }

    private static string[] Names(JsonElement names) => names.ValueKind switch
    {
        JsonValueKind.String => [names.GetString()!],
        JsonValueKind.Array when names.EnumerateArray().All(name => name.ValueKind == JsonValueKind.String) =>
            names.EnumerateArray().Select(name => name.GetString()!).ToArray(),
        _ => throw new FormulaException("\"grad\" must be a list of names."),
    };

    /// <summary>What is written for a line, and its exit code: 0 where it was explained.</summary>
    private sealed record Answer(string Text, int ExitCode);
}
