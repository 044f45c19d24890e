using Nabla.Formulas.Evaluation;

namespace Nabla.Formulas.Tests.Printing;

/// <summary>All cases as C#, compiled at once.</summary>
public sealed class CsharpPrograms : IDisposable
{
    private readonly CompiledPrograms compiled = new(Enumerable.Range(0, ProgramCase.All.Count)
        .Select(at => (at, Code: ProgramCase.All[at].Print("csharp"))).Where(one => one.Code is not null)
        .Select(one => (one.at, one.Code!)));

    /// <summary>What a case gives.</summary>
    internal float[] Result(int at) => compiled.Result(at,
        ProgramCase.All[at].ParameterNames("csharp").Select(name => NumberArray.From(ProgramCase.All[at].With[name])));

    public void Dispose() => compiled.Dispose();
}
