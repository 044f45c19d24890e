namespace Nabla.EndToEnd.Tests;

/// <summary>What a finished process left behind.</summary>
public sealed record CommandResult(string Command, int ExitCode, string Output, string Errors)
{
    public string[] OutputLines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public string[] ErrorLines => Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Fails the test, showing everything that the process printed, unless it ended with 0.</summary>
    public CommandResult ShouldSucceed()
    {
        ExitCode.ShouldBe(0, ToString());
        return this;
    }

    /// <summary>
    /// Fails the test unless the process ended with 2 and said what was wrong in one line, without a stack trace.
    /// </summary>
    public CommandResult ShouldFailInOneLine(params string[] mentioning)
    {
        ExitCode.ShouldBe(2, ToString());
        ErrorLines.Length.ShouldBe(1, ToString());
        foreach (string text in mentioning)
            Errors.ShouldContain(text);
        return this;
    }

    public override string ToString() => $"$ {Command}\n{Output}\n--- stderr\n{Errors}\n--- exit code {ExitCode}";
}
