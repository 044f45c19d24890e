using System.Text.Json;

namespace Nabla.Formulas.Tests.Printing;

/// <summary>A printed Python function and the values to call it with, as JSON writes them.</summary>
internal sealed record PythonCall(string Key, string Code, IReadOnlyList<JsonElement> Values);

/// <summary>Runs printed Python, all of it in one process with NumPy.</summary>
internal static class PythonRunner
{
    private const string Driver = """
        import json, numpy as np
        np.seterr(all="ignore")
        results = {}
        for case in json.load(open("cases.json")):
            try:
                space = {}
                exec(case["code"], space)
                function = space[case["code"].rsplit("def ", 1)[1].split("(")[0]]
                values = [np.array(v, dtype=float) if isinstance(v, list) else v for v in case["values"]]
                value = np.asarray(function(*values), dtype=float).ravel()
                results[case["key"]] = value.tolist() if np.isfinite(value).all() else f"not finite: {value}"
            except Exception as error:
                results[case["key"]] = f"{type(error).__name__}: {error}"
        json.dump(results, open("results.json", "w"))
        """;

    /// <summary>A Python that has NumPy, or null.</summary>
    public static string? Interpreter { get; } = new[] { "python3", "/usr/bin/python3" }.FirstOrDefault(HasNumPy);

    /// <summary>Of each call by its key the numbers, row by row, or a text that says why there are none.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Run(IEnumerable<PythonCall> calls)
    {
        var results = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        string folder = Directory.CreateTempSubdirectory("nabla-python").FullName;
        try
        {
            var cases = calls.Select(call => new { key = call.Key, code = call.Code, values = call.Values });
            File.WriteAllText(Path.Combine(folder, "cases.json"), JsonSerializer.Serialize(cases));
            File.WriteAllText(Path.Combine(folder, "driver.py"), Driver);
            ExternalProgram.Run(Interpreter!, folder, "driver.py");
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "results.json")));
            foreach (JsonProperty result in document.RootElement.EnumerateObject())
                results[result.Name] = result.Value.Clone();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        return results;
    }

    private static bool HasNumPy(string interpreter)
    {
        try
        {
            ExternalProgram.Run(interpreter, Path.GetTempPath(), "-c", "import numpy");
            return true;
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
