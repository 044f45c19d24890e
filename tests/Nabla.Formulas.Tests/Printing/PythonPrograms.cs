using System.Text.Json;

namespace Nabla.Formulas.Tests.Printing;

/// <summary>All cases as Python, run by one NumPy process.</summary>
public sealed class PythonPrograms
{
    private readonly IReadOnlyDictionary<string, JsonElement> results = PythonRunner.Interpreter is null
        ? new Dictionary<string, JsonElement>(StringComparer.Ordinal)
        : PythonRunner.Run(ProgramCase.All.Where(one => one.Print("python") is not null).Select(one => new PythonCall(
            one.Key, one.Print("python")!, [.. one.ParameterNames("python").Select(name => one.With[name])])));

    /// <summary>What a case gives, or the error.</summary>
    internal JsonElement Result(ProgramCase one) => results[one.Key];
}
