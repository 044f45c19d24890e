using System.Diagnostics;
using Xunit.Abstractions;

namespace Nabla.EndToEnd.Tests;

/// <summary>Every file in examples/ runs as a reader would run it, and is short.</summary>
[Collection("builds sources")]
public class ExamplesTests(ITestOutputHelper log)
{
    private const int MaxLines = 60;

    private static string[] Examples =>
        [.. Directory.GetFiles(WorkingCopy.At("examples"), "*.cs").Order(StringComparer.Ordinal)];

    [Fact]
    public void There_are_ten_examples() => Examples.Select(Path.GetFileNameWithoutExtension).ShouldBe(
        [
            "bigram", "checkpoint", "derivatives", "flowers", "gpt", "linear-regression", "logistic-regression",
            "sampling", "vanishing-gradient", "xor",
        ]);

    [Fact]
    public void Every_example_runs_and_prints_something()
    {
        var failures = new List<string>();
        foreach (string example in Examples)
        {
            var clock = Stopwatch.StartNew();
            using var process =
                new ChildProcess("dotnet", ["run", example], new ChildOptions { Folder = WorkingCopy.Root });
            CommandResult result = process.WaitForEnd(180);
            log.WriteLine($"{Path.GetFileName(example)}: {clock.Elapsed.TotalSeconds:F1} s");
            if (result.ExitCode != 0 || result.Output.Trim().Length == 0)
                failures.Add(result.ToString());
        }
        failures.ShouldBeEmpty();
    }

    [Fact]
    public void Every_example_is_shorter_than_60_lines() =>
        Examples.Where(path => File.ReadLines(path).Count() >= MaxLines).ShouldBeEmpty();
}
