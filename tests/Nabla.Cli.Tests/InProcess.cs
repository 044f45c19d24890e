using System.Text.Json;
using Nabla.Cli.Output;

namespace Nabla.Cli.Tests;

/// <summary>Runs <c>nabla</c> inside the test, with streams of its own.</summary>
internal sealed record InProcess(int ExitCode, string Output, string Errors)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public static InProcess Run(params string[] arguments) => Run(terminal: null, "", arguments);

    public static InProcess Run(Terminal? terminal, string input, params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        using var reader = new StringReader(input);
        using var streams = new Streams(output, errors, reader) { OutputTerminal = terminal };
        int exitCode = CommandLine.Run(arguments, streams);
        return new InProcess(exitCode, output.ToString(), errors.ToString());
    }

    public static Terminal Terminal(int columns) => new(() => columns, () => 40);
}
