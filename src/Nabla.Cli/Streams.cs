using System.Text;
using Nabla.Cli.Output;

namespace Nabla.Cli;

/// <summary>The streams of a process, and which of them are terminals; tests make their own.</summary>
internal sealed record Streams(TextWriter Output, TextWriter Errors, TextReader Input) : IDisposable
{
    /// <summary>The terminal that <see cref="Output"/> writes to, if it is one.</summary>
    public Terminal? OutputTerminal { get; init; }

    /// <summary>The terminal that <see cref="Errors"/> writes to, if it is one.</summary>
    public Terminal? ErrorsTerminal { get; init; }

    /// <summary>Whether somebody types what is read.</summary>
    public bool InputIsTyped { get; init; }

    public static Streams OfThisProcess()
    {
        if (OperatingSystem.IsWindows())
            Console.OutputEncoding = Console.InputEncoding = Encoding.UTF8;
        var terminal = Terminal.OfThisProcess(
            Environment.GetEnvironmentVariable("TERM"), Environment.GetEnvironmentVariable("NO_COLOR"));
        return new Streams(
            Writer(Console.OpenStandardOutput(), isTerminal: !Console.IsOutputRedirected),
            Writer(Console.OpenStandardError(), isTerminal: !Console.IsErrorRedirected),
            Reader())
        {
            OutputTerminal = Console.IsOutputRedirected ? null : terminal,
            ErrorsTerminal = Console.IsErrorRedirected ? null : terminal,
            InputIsTyped = !Console.IsInputRedirected,
        };
    }

    public void Dispose()
    {
        Output.Flush();
        Errors.Flush();
    }

    private static StreamWriter Writer(Stream stream, bool isTerminal) =>
        new(isTerminal ? new TerminalStream(stream) : stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false))
        {
            AutoFlush = true,
        };

    // A terminal is read through Console, which knows how to edit a line; a pipe is read as UTF-8 whatever the locale.
    private static TextReader Reader() =>
        Console.IsInputRedirected ? new StreamReader(Console.OpenStandardInput(), Encoding.UTF8) : new ConsoleReader();

    private sealed class ConsoleReader : TextReader
    {
        public override string? ReadLine() => Console.ReadLine();

        public override int Read() => Console.Read();
    }
}
