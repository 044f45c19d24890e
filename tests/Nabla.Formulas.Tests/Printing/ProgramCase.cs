using System.Text.Json;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Printing;
using Nabla.Formulas.Printing.Programs;

namespace Nabla.Formulas.Tests.Printing;

/// <summary>
/// A formula with values and the number that it gives: those of Data/programs.json, whose numbers NumPy has computed
/// from the expression written beside them, and the examples of /work/shared where they are there.
/// </summary>
internal sealed record ProgramCase(string Key, string Source, IReadOnlyDictionary<string, JsonElement> With,
    double[] Expect)
{
    private const string Shared = "/work/shared/data/formulas.json";

    public static IReadOnlyList<ProgramCase> All { get; } =
        [.. Read(Path.Combine(AppContext.BaseDirectory, "Data", "programs.json")), .. File.Exists(Shared)
            ? Read(Shared)
            : []];

    /// <summary>The formulas, also those without values.</summary>
    public static IReadOnlyList<string> Formulas { get; } =
        [.. All.Select(one => one.Source), .. File.Exists(Shared) ? Texts(Shared) : []];

    public Formula Formula => Formula.Parse(Source);

    public PrintOptions Options
    {
        get
        {
            var bindings = new Bindings();
            foreach ((string name, JsonElement value) in With)
                bindings.Add(name, NumberArray.From(value));
            return new PrintOptions { Bindings = bindings };
        }
    }

    /// <summary>The names of the values in the order of the parameters.</summary>
    public IEnumerable<string> ParameterNames(string language) =>
        FormulaProgram.Of(Formula.Tree, language == "python" ? new PythonDialect() : new CsharpDialect(), Options)
            .Parameters.Select(parameter => parameter.Name);

    public override string ToString() => Key;

    private static IEnumerable<ProgramCase> Read(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
        foreach (JsonElement entry in document.RootElement.EnumerateArray())
        {
            if (!entry.TryGetProperty("expect", out JsonElement expect))
                continue;
            string text = (entry.TryGetProperty("latex", out JsonElement latex)
                ? latex
                : entry.GetProperty("formula")).GetString()!;
            string key = entry.TryGetProperty("id", out JsonElement id) ? id.GetString()! : text;
            var with = entry.GetProperty("with").EnumerateObject()
                .ToDictionary(binding => binding.Name, binding => binding.Value.Clone(), StringComparer.Ordinal);
            yield return new(key, text, with, [.. Flat(expect)]);
        }
    }

    private static string[] Texts(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
        return [.. document.RootElement.EnumerateArray().Select(Text)];
    }

    private static string Text(JsonElement entry) =>
        (entry.TryGetProperty("latex", out JsonElement latex) ? latex : entry.GetProperty("formula")).GetString()!;

    public static IEnumerable<double> Flat(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().SelectMany(Flat) : [value.GetDouble()];
}
