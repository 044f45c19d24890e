using System.Diagnostics;
using System.Text;

namespace Nabla.EndToEnd.Tests;

/// <summary>A process whose output is collected while it runs, with a time limit after which it is killed.</summary>
public sealed class ChildProcess : IDisposable
{
    private readonly Process process = new();
    private readonly StringBuilder output = new();
    private readonly StringBuilder errors = new();
    private readonly string command;

    public ChildProcess(string program, IEnumerable<string> arguments, ChildOptions? options = null)
    {
        options ??= new ChildOptions();
        ProcessStartInfo start = process.StartInfo;
        start.FileName = program;
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        command = string.Join(' ', start.ArgumentList.Prepend(program));
        start.WorkingDirectory = options.Folder ?? Path.GetTempPath();
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.StandardOutputEncoding = start.StandardErrorEncoding = start.StandardInputEncoding =
            new UTF8Encoding(false);
        foreach ((string name, string? value) in options.Environment)
            start.Environment[name] = value;
        process.OutputDataReceived += (_, e) => Append(output, e.Data);
        process.ErrorDataReceived += (_, e) => Append(errors, e.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (options.Input is not null)
            process.StandardInput.Write(options.Input);
        process.StandardInput.Close();
    }

    public int Id => process.Id;

    public bool HasEnded => process.HasExited;

    /// <summary>What it has printed on stdout so far.</summary>
    public string OutputSoFar => Text(output);

    /// <summary>What it has printed on stderr so far.</summary>
    public string ErrorsSoFar => Text(errors);

    /// <summary>Waits for the end. Kills the process and fails the test when it takes longer.</summary>
    public CommandResult WaitForEnd(double seconds = 60)
    {
        if (!process.WaitForExit(TimeSpan.FromSeconds(seconds)))
        {
            Kill();
            throw new TimeoutException($"Still running after {seconds} s: {Result()}");
        }
        process.WaitForExit(); // the overload without a limit also waits for the last lines of output
        return Result();
    }

    /// <summary>
    /// Waits until stdout or stderr contains <paramref name="text"/>; false when the process ends before.
    /// </summary>
    public bool WaitForText(string text, double seconds = 60)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            bool ended = process.HasExited;
            if (ended)
                process.WaitForExit();
            if (OutputSoFar.Contains(text, StringComparison.Ordinal)
                || ErrorsSoFar.Contains(text, StringComparison.Ordinal))
                return true;
            if (ended)
                return false;
            if (clock.Elapsed.TotalSeconds > seconds)
                throw new TimeoutException($"No '{text}' within {seconds} s: {command}\n{OutputSoFar}\n{ErrorsSoFar}");
            Thread.Sleep(5);
        }
    }

    /// <summary>What <c>kill -9</c> does: no handler runs. Children die with it.</summary>
    public void Kill()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
    }

    /// <summary>What Ctrl-C does (SIGINT, not on Windows).</summary>
    public void Interrupt() => Signal("INT");

    /// <summary>Sends a signal by its name, <c>TERM</c> for example (not on Windows).</summary>
    public void Signal(string name) => Process.Start("kill", [$"-{name}", $"{Id}"]).WaitForExit();

    /// <summary>Holds it where it is; it has stopped when this returns (Linux only).</summary>
    public void Stop()
    {
        Signal("STOP");
        while (!HasEnded && !File.ReadAllText($"/proc/{Id}/stat").Contains(") T ", StringComparison.Ordinal))
            Thread.Yield();
    }

    /// <summary>Lets it go on after <see cref="Stop"/>.</summary>
    public void Continue() => Signal("CONT");

    public void Dispose()
    {
        if (!process.HasExited)
            Kill();
        process.Dispose();
    }

    private CommandResult Result() => new(command, process.ExitCode, OutputSoFar, ErrorsSoFar);

    private static void Append(StringBuilder builder, string? line)
    {
        if (line is null)
            return;
        lock (builder)
            builder.Append(line).Append('\n');
    }

    private static string Text(StringBuilder builder)
    {
        lock (builder)
            return builder.ToString();
    }
}

/// <summary>How a <see cref="ChildProcess"/> is started.</summary>
public sealed record ChildOptions
{
    /// <summary>The working folder; the system's temporary folder when null.</summary>
    public string? Folder { get; init; }

    /// <summary>What the process reads from stdin.</summary>
    public string? Input { get; init; }

    /// <summary>Environment variables on top of the test's own; null removes one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } =
        new Dictionary<string, string?>(StringComparer.Ordinal);
}
