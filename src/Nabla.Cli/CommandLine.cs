using System.CommandLine;
using System.CommandLine.Help;
using System.Reflection;
using System.Text.Json.Nodes;
using Nabla.Cli.Output;
using Nabla.Numerics.Threading;

namespace Nabla.Cli;

/// <summary>Parses the arguments, runs the command, and answers for what goes wrong.</summary>
internal static class CommandLine
{
    /// <summary>The program's version.</summary>
    public static string Version { get; } =
        typeof(CommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
        .InformationalVersion.Split('+')[0];

    /// <summary>Words are what they are: one that begins with @ is not the name of a file with more.</summary>
    public static ParserConfiguration AsWritten { get; } = new() { ResponseFileTokenReplacer = null };

    /// <summary>Runs <c>nabla</c> with these arguments; returns the exit code.</summary>
    public static int Run(IReadOnlyList<string> arguments, Streams streams)
    {
        if (arguments.Count > 0 && arguments[0] == "help")
            arguments = [.. arguments.Skip(1), "--help"];
        // Until the arguments are understood, a word that looks like the option is taken for it.
        bool json = arguments.Contains(CommonOptions.Json.Name, StringComparer.Ordinal);
        bool debug = arguments.Contains(CommonOptions.Debug.Name, StringComparer.Ordinal);
        using var interrupts = new Interrupts();
        try
        {
            ParseResult options = Root().Parse(arguments, AsWritten);
            (json, debug) = (IsOn(CommonOptions.Json, options), IsOn(CommonOptions.Debug, options));
            if (arguments.Count == 0 || options.Action is HelpAction)
                Help(options.CommandResult.Command, streams, json);
            else if (options.Action is VersionAction)
                PrintVersion(streams, json);
            else if (options.Errors.Count > 0)
                throw new UsageException(ParseErrors.Explain(options));
            else
                return Run((NablaCommand)options.CommandResult.Command, new Session(options, streams, interrupts));
            return 0;
        }
        catch (OperationCanceledException)
        {
            if (json)
                JsonOutput.Write(streams.Output, new JsonObject { ["ok"] = false, ["error"] = "interrupted" });
            return interrupts.ExitCode;
        }
        catch (Exception error)
        {
            return Errors.Report(error, streams, json, debug);
        }
    }

    /// <summary>The command that holds all others.</summary>
    public static RootCommand Root()
    {
        var root = new RootCommand("A complete AI stack in C# that you can read");
        root.Directives.Clear(); // no [suggest] and the like: their results are no commands of Nabla's
        root.Options.Single(option => option is VersionOption).Action = new VersionAction();
        NablaCommand[] commands = [.. Commands()];
        foreach (NablaCommand command in commands)
            (commands.SingleOrDefault(other => other.GetType() == command.Within) ?? (Command)root)
                .Subcommands.Add(command);
        root.Options.Add(CommonOptions.Json);
        root.Options.Add(CommonOptions.Threads);
        root.Options.Add(CommonOptions.Debug);
        return root;
    }

    private static IEnumerable<NablaCommand> Commands() => typeof(CommandLine).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(NablaCommand)) && !type.IsAbstract)
        .Select(type => (NablaCommand)Activator.CreateInstance(type)!)
        .OrderBy(command => command.Place);

    private static int Run(NablaCommand command, Session session)
    {
        if (session.Get(CommonOptions.Threads) is { } threads)
            WorkerPool.Threads = threads;
        return command.Run(session);
    }

    private static void Help(Command command, Streams streams, bool json)
    {
        if (json)
            JsonOutput.Write(streams.Output, HelpDocument.Of(command));
        else
            HelpText.Write(command, streams);
    }

    private static void PrintVersion(Streams streams, bool json)
    {
        if (json)
            JsonOutput.Write(streams.Output, new JsonObject { ["ok"] = true, ["version"] = Version });
        else
            streams.Output.WriteLine($"nabla {Version}");
    }

    // Whether a flag is given and, if it has a value, not switched off; asking for a wrong value would throw.
    private static bool IsOn(Option<bool> flag, ParseResult options) =>
        options.GetResult(flag) is { Implicit: false } given && !given.Errors.Any() && options.GetValue(flag);

    // Marks --version as asked for; Run prints it.
    private sealed class VersionAction : System.CommandLine.Invocation.SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult) => 0;
    }
}
