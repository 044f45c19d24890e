namespace Nabla.EndToEnd.Tests;

/// <summary>
/// The built command line as a process of its own:
/// <code>
/// NablaProcess.Run("eval", model, "--data", file, "--json").ShouldSucceed().Output
/// using var training = NablaProcess.Start("train", "--data", file, "--out", folder);
/// training.WaitForText("step 20");
/// training.Kill();
/// </code>
/// </summary>
public static class NablaProcess
{
    /// <summary>The program that the tests were built with.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "nabla.dll");

    /// <summary>Runs <c>nabla</c> to its end, at most a minute.</summary>
    public static CommandResult Run(params string[] arguments) => Run(new ChildOptions(), 60, arguments);

    /// <summary>Runs <c>nabla</c> to its end.</summary>
    public static CommandResult Run(ChildOptions options, double seconds, params string[] arguments)
    {
        using ChildProcess process = Start(options, arguments);
        return process.WaitForEnd(seconds);
    }

    /// <summary>Starts <c>nabla</c> and lets it run.</summary>
    public static ChildProcess Start(params string[] arguments) => Start(new ChildOptions(), arguments);

    /// <summary>Starts <c>nabla</c> and lets it run.</summary>
    public static ChildProcess Start(ChildOptions options, params string[] arguments) =>
        new("dotnet", arguments.Prepend(Program), options);
}
