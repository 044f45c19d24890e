using System.Text.Json;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Printing;
using Nabla.Formulas.Printing.Programs;

namespace Nabla.Formulas.Tests.Printing;

/// <summary>
/// A formula with values and the number that it gives: those of Data/programs.json, whose numbers NumPy has computed
/// from the expression written beside them, the examples of /work/shared where they are there, and the values that
/// evaluation is held to, as far as a program can say them.
/// </summary>
internal sealed record ProgramCase(string Key, string Source, IReadOnlyDictionary<string, JsonElement> With,
    double[] Expect, bool IsWider = false)
{
    private const string Shared = "/work/shared/data/formulas.json";

    public static IReadOnlyList<ProgramCase> All { get; } =
    [
        .. Read(Data("programs.json"), root => root, "expect"), .. Read(Shared, root => root, "expect"),
        .. Read(Data("values.json"), root => root.GetProperty("cases"), "value")
            .Select(one => one with { IsWider = true }),
    ];

    /// <summary>The formulas, also those without values.</summary>
    public static IReadOnlyList<string> Formulas { get; } =
        [.. All.Where(one => !one.IsWider).Select(one => one.Source), .. File.Exists(Shared) ? Texts(Shared) : []];

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

    /// <summary>
    /// The formula in a language; null if that language cannot say it, or asks for a value that is not given, which
    /// only the wider cases may.
    /// </summary>
    public string? Print(string language)
    {
        try
        {
            string code = FormulaPrinter.Print(Formula.Tree, language, Options);
            return IsWider && !ParameterNames("python").All(With.ContainsKey) ? null : code;
        }
        catch (FormulaException) when (IsWider)
        {
            return null;
        }
    }

    /// <summary>The names of the values in the order of the parameters.</summary>
    public IEnumerable<string> ParameterNames(string language) =>
        FormulaProgram.Of(Formula.Tree, language == "python" ? new PythonDialect() : new CsharpDialect(), Options)
            .Parameters.Select(parameter => parameter.Name);

    public override string ToString() => Key;

    private static string Data(string file) => Path.Combine(AppContext.BaseDirectory, "Data", file);

    private static IEnumerable<ProgramCase> Read(string path, Func<JsonElement, JsonElement> cases, string value)
    {
        if (!File.Exists(path))
            yield break;
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
        int number = 0;
        foreach (JsonElement entry in cases(document.RootElement).EnumerateArray())
        {
            if (!entry.TryGetProperty(value, out JsonElement expect))
                continue;
            string text = Text(entry), key = $"{Path.GetFileName(path)} {number++}";
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
