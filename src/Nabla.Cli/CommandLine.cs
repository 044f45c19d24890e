using System.CommandLine;
using System.CommandLine.Help;
using System.Reflection;
using Nabla.Numerics.Threading;

namespace Nabla.Cli;

/// <summary>Parses the arguments, runs the command, and answers for what goes wrong.</summary>
internal static class CommandLine
{
    /// <summary>The program's version.</summary>
    public static string Version { get; } =
        typeof(CommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
        .InformationalVersion.Split('+')[0];

    /// <summary>Runs <c>nabla</c> with these arguments; returns the exit code.</summary>
    public static int Run(IReadOnlyList<string> arguments, Streams streams)
    {
        if (arguments.Count > 0 && arguments[0] == "help")
            arguments = [.. arguments.Skip(1), "--help"];
        RootCommand root = Root();
        ParseResult options = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        bool json = options.GetValue(CommonOptions.Json), debug = options.GetValue(CommonOptions.Debug);
        try
        {
            if (arguments.Count == 0 || options.Action is HelpAction)
                HelpText.Write(options.CommandResult.Command, streams);
            else if (options.Action is VersionAction)
                streams.Output.WriteLine($"nabla {Version}");
            else if (options.Errors.Count > 0)
                throw new UsageException(ParseErrors.Explain(options));
            else
                return Run((NablaCommand)options.CommandResult.Command, options, streams);
            return 0;
        }
        catch (OperationCanceledException)
        {
            return Interrupts.ExitCode;
        }
        catch (Exception error)
        {
            return Errors.Report(error, streams, json, debug);
        }
    }

    /// <summary>The command that holds all others.</summary>
    public static RootCommand Root()
    {
        var root = new RootCommand("A language model from nothing, in C# that you can read");
        root.Options.Single(option => option is VersionOption).Action = new VersionAction();
        foreach (NablaCommand command in Commands())
            root.Subcommands.Add(command);
        root.Options.Add(CommonOptions.Json);
        root.Options.Add(CommonOptions.Threads);
        root.Options.Add(CommonOptions.Debug);
        return root;
    }

    private static IEnumerable<NablaCommand> Commands() => typeof(CommandLine).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(NablaCommand)) && !type.IsAbstract)
        .Select(type => (NablaCommand)Activator.CreateInstance(type)!)
        .OrderBy(command => command.Place);

    private static int Run(NablaCommand command, ParseResult options, Streams streams)
    {
        using var interrupts = new Interrupts();
        if (options.GetValue(CommonOptions.Threads) is { } threads)
            WorkerPool.Threads = threads;
        return command.Run(new Session(options, streams, interrupts));
    }

    // Marks --version as asked for; Run prints it.
    private sealed class VersionAction : System.CommandLine.Invocation.SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult) => 0;
    }
}
