using System.Runtime.Versioning;

namespace Nabla.EndToEnd.Tests;

/// <summary>
/// When ./nabla builds and which builds it keeps: a copy of the script, in a folder with a space in its name, with a
/// <c>dotnet</c> that builds nothing.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class BuildFolderTests : IDisposable
{
    private const string Dotnet = """
        #!/usr/bin/env bash
        output=src/Nabla.Cli/bin/Release/net10.0
        case "$1" in
            --version) cat "$SDK" ;;
            build) mkdir -p "$output" && touch "$output/nabla.dll" ;;
            *) echo "running ${1%/*}"; [ "$2" != wait ] || while [ ! -f "$3" ]; do sleep 0.02; done ;;
        esac
        """;

    private readonly TemporaryFolder folder = new();

    public BuildFolderTests()
    {
        Directory.CreateDirectory(Path.Combine(Root, "src", "Nabla.Cli"));
        Directory.CreateDirectory(folder["tools"]);
        File.Copy(WorkingCopy.At("nabla"), Path.Combine(Root, "nabla"));
        foreach (string settings in new[] { "global.json", "Directory.Build.props", "Directory.Build.targets" })
            File.WriteAllText(Path.Combine(Root, settings), "");
        File.WriteAllText(Source, "1");
        File.WriteAllText(folder["sdk"], "10.0.100");
        string dotnet = Path.Combine(folder["tools"], "dotnet");
        File.WriteAllText(dotnet, Dotnet);
        File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private string Root => folder["a copy"];

    private string Source => Path.Combine(Root, "src", "Nabla.Cli", "Program.cs");

    private string[] Builds => Directory.GetDirectories(Path.Combine(Root, "artifacts", "nabla"), "build-*");

    [Fact]
    public void Builds_once_and_again_when_a_source_changes_comes_or_goes()
    {
        Run().Errors.ShouldContain("first run");
        Run().Errors.ShouldBeEmpty();
        Change();
        Run().Errors.ShouldBe("Building Nabla…\n");
        Run().Errors.ShouldBeEmpty();
        File.WriteAllText(Source + "2", "");
        Run().Errors.ShouldBe("Building Nabla…\n");
        Run().Errors.ShouldBeEmpty();
        File.Delete(Source + "2");
        Run().Errors.ShouldBe("Building Nabla…\n");
        Run().Errors.ShouldBeEmpty();
    }

    [Fact]
    public void Keeps_the_three_newest_builds_and_nothing_else_of_the_user_is_touched()
    {
        Directory.CreateDirectory(folder["a"]); // what `rm -rf $path` without quotes would remove
        for (int build = 0; build < 6; build++)
        {
            Change();
            Run();
        }
        Builds.Length.ShouldBe(3);
        Run().Output.ShouldBe($"running {Builds.Max(StringComparer.Ordinal)}\n");
        Directory.Exists(folder["a"]).ShouldBeTrue();
    }

    [Fact]
    public void Keeps_the_build_that_a_program_still_runs_from()
    {
        using ChildProcess training = Start("wait", folder["end"]);
        training.WaitForText("running").ShouldBeTrue();
        string inUse = Builds.ShouldHaveSingleItem();
        for (int build = 0; build < 5; build++)
        {
            Change();
            Run();
        }
        Builds.Contains(inUse, StringComparer.Ordinal).ShouldBeTrue();
        Builds.Length.ShouldBe(4);
        File.WriteAllText(folder["end"], "");
        training.WaitForEnd().ShouldSucceed();
        Change();
        Run();
        Builds.Contains(inUse, StringComparer.Ordinal).ShouldBeFalse();
        Builds.Length.ShouldBe(3);
    }

    [Fact]
    public void An_older_SDK_is_named_with_what_is_needed()
    {
        File.WriteAllText(folder["sdk"], "8.0.404");
        using ChildProcess process = Start("--version");
        CommandResult result = process.WaitForEnd();
        result.ExitCode.ShouldBe(2, result.ToString());
        result.Errors.ShouldContain("needs .NET 10");
        result.Errors.ShouldContain("8.0.404");
        result.Errors.ShouldContain("https://dotnet.microsoft.com/download/dotnet/10.0");
    }

    public void Dispose() => folder.Dispose();

    private void Change() => File.WriteAllText(Source, "2");

    private CommandResult Run()
    {
        using ChildProcess process = Start("go");
        return process.WaitForEnd().ShouldSucceed();
    }

    private ChildProcess Start(params string[] arguments)
    {
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["PATH"] = $"{folder["tools"]}:{Environment.GetEnvironmentVariable("PATH")}",
            ["HOME"] = folder.Path,
            ["SDK"] = folder["sdk"],
        };
        return new ChildProcess(Path.Combine(Root, "nabla"), arguments, new ChildOptions { Environment = environment });
    }
}
