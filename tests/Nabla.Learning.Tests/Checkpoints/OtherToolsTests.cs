using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Nabla.Learning.Checkpoints;
using Xunit.Abstractions;

namespace Nabla.Learning.Tests.Checkpoints;

/// <summary>Other programs read what Nabla writes.</summary>
public sealed class OtherToolsTests(ITestOutputHelper log)
{
    [Fact]
    public void An_independent_reader_in_Python_finds_the_same_tensors()
    {
        using var folder = new TemporaryFolder();
        SafeTensorsFile.Write(folder["x.safetensors"],
        [
            new("größe", [2, 3], new float[] { 1, 2, 3, 4, 5, 6.5f }),
            new("scalar", [], new float[] { -1 }), new("empty", [0, 4], default),
        ]);
        if (RunPython(folder["x.safetensors"]) is not { } json)
        {
            log.WriteLine("Not checked: there is no python3 on the PATH.");
            return;
        }
        using JsonDocument tensors = JsonDocument.Parse(json);
        tensors.RootElement.EnumerateObject().Select(x => x.Name).ShouldBe(["größe", "scalar", "empty"]);
        tensors.RootElement.GetProperty("größe").GetRawText().ShouldBe("""{"shape": [2, 3], "sum": 21.5}""");
        tensors.RootElement.GetProperty("scalar").GetRawText().ShouldBe("""{"shape": [], "sum": -1.0}""");
        tensors.RootElement.GetProperty("empty").GetRawText().ShouldBe("""{"shape": [0, 4], "sum": 0}""");
    }

    private static string? RunPython(string path, [CallerFilePath] string thisFile = "")
    {
        var start = new ProcessStartInfo(
            "python3", [Path.Combine(Path.GetDirectoryName(thisFile)!, "read_safetensors.py"), path])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process python = Process.Start(start)!;
            Task<string> errors = python.StandardError.ReadToEndAsync();
            string output = python.StandardOutput.ReadToEnd();
            python.WaitForExit();
            python.ExitCode.ShouldBe(0, errors.GetAwaiter().GetResult());
            return output;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
