using System.Runtime.CompilerServices;
using System.Text.Json;
using Nabla.Formulas.Articles.Python;

namespace Nabla.Formulas.Tests.Articles;

/// <summary>What Python and NumPy print; see tests/goldens/article_python_golden.py.</summary>
public class GoldenPythonTests
{
    private static readonly JsonElement Golden = Read();

    public static TheoryData<int> Snippets =>
        new(Enumerable.Range(0, Golden.GetProperty("snippets").GetArrayLength()));

    [Theory]
    [MemberData(nameof(Snippets))]
    public void The_interpreter_prints_what_Python_prints(int place)
    {
        JsonElement golden = Golden.GetProperty("snippets")[place];
        string code = golden.GetProperty("code").GetString()!;
        Snippet snippet = Snippet.Run(code, new Interpreter());
        snippet.Why.ShouldBeNull(code);
        Observations seen = snippet.Runs.ShouldHaveSingleItem().Seen;
        seen.Failures.ShouldBeEmpty(code);
        string printed = string.Join('\n', seen.Output.Select(line => line.Text));
        printed.ShouldBe(string.Join('\n',
            golden.GetProperty("output").EnumerateArray().Select(line => line.GetString())), code);
    }

    private static JsonElement Read([CallerFilePath] string here = "")
    {
        string path = Path.Combine(Path.GetDirectoryName(here)!, "../../goldens/article_python.json");
        return JsonDocument.Parse(File.ReadAllText(path)).RootElement;
    }
}
