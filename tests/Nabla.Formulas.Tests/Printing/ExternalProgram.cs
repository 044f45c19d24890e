using System.Diagnostics;

namespace Nabla.Formulas.Tests.Printing;

/// <summary>Runs a program and gives what it prints.</summary>
internal static class ExternalProgram
{
    private const int MostMilliseconds = 120_000;

    public static string Run(string program, string folder, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)
            ?? throw new InvalidOperationException($"{program} does not start");
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        if (!process.WaitForExit(MostMilliseconds))
            throw new InvalidOperationException($"{program} did not end in time");
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} failed: {output}{errors.Result}");
    }
}
