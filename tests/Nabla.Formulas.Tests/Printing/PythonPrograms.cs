using System.Text.Json;

namespace Nabla.Formulas.Tests.Printing;

/// <summary>All cases as Python, run by one NumPy process.</summary>
public sealed class PythonPrograms
{
    private const string Driver = """
        import json, numpy as np
        results = {}
        for case in json.load(open("cases.json")):
            try:
                space = {}
                exec(case["code"], space)
                function = space[case["code"].rsplit("def ", 1)[1].split("(")[0]]
                values = [np.array(v, dtype=float) if isinstance(v, list) else v for v in case["values"]]
                results[case["key"]] = np.asarray(function(*values), dtype=float).ravel().tolist()
            except Exception as error:
                results[case["key"]] = f"{type(error).__name__}: {error}"
        json.dump(results, open("results.json", "w"))
        """;

    private readonly Dictionary<string, JsonElement> results = new(StringComparer.Ordinal);

    public PythonPrograms()
    {
        if (Interpreter is null)
            return;
        string folder = Directory.CreateTempSubdirectory("nabla-python").FullName;
        try
        {
            var cases = ProgramCase.All.Where(one => one.Print("python") is not null).Select(one => new
            {
                key = one.Key,
                code = one.Print("python"),
                values = one.ParameterNames("python").Select(name => one.With[name]),
            });
            File.WriteAllText(Path.Combine(folder, "cases.json"), JsonSerializer.Serialize(cases));
            File.WriteAllText(Path.Combine(folder, "driver.py"), Driver);
            ExternalProgram.Run(Interpreter, folder, "driver.py");
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "results.json")));
            foreach (JsonProperty result in document.RootElement.EnumerateObject())
                results[result.Name] = result.Value.Clone();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A Python that has NumPy, or null.</summary>
    public static string? Interpreter { get; } = new[] { "python3", "/usr/bin/python3" }.FirstOrDefault(HasNumPy);

    /// <summary>What a case gives, or the error.</summary>
    internal JsonElement Result(ProgramCase one) => results[one.Key];

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
