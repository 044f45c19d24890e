namespace Nabla.EndToEnd.Tests;

[Collection("builds sources")]
public class ScriptTests
{
    [Fact]
    public void The_built_program_starts_and_ends_well()
    {
        CommandResult result = NablaProcess.Run("--version").ShouldSucceed();
        result.Errors.ShouldBeEmpty();
    }

    [Fact]
    public void The_script_runs_from_any_folder_and_through_a_link()
    {
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder["linked"], WorkingCopy.At("nabla"));
        using var process =
            new ChildProcess(folder["linked"], ["--version"], new ChildOptions { Folder = folder.Path });
        process.WaitForEnd(300).ShouldSucceed();
    }

    [Fact]
    public void The_second_call_does_not_build()
    {
        string[] version = ["--version"];
        using (var first = new ChildProcess(WorkingCopy.At("nabla"), version))
            first.WaitForEnd(300).ShouldSucceed();
        using var second = new ChildProcess(WorkingCopy.At("nabla"), version);
        second.WaitForEnd().ShouldSucceed().Errors.ShouldBeEmpty();
    }

    [Fact]
    public void Without_dotnet_the_script_says_how_to_get_it()
    {
        using var folder = new TemporaryFolder();
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["PATH"] = folder.Path };
        foreach (string tool in new[] { "bash", "dirname" })
            File.CreateSymbolicLink(folder[tool], Which(tool));
        using var process = new ChildProcess(
            folder["bash"], [WorkingCopy.At("nabla"), "--version"], new ChildOptions { Environment = environment });
        CommandResult result = process.WaitForEnd();
        result.ExitCode.ShouldBe(2, result.ToString());
        result.Errors.ShouldContain("https://dotnet.microsoft.com/download/dotnet/10.0");
    }

    private static string Which(string tool) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, tool))
            .First(File.Exists);
}
