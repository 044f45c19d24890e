using System.CommandLine;
using System.Text.Json.Nodes;
using Nabla.Cli.Output;
using Nabla.Cli.Output.Plots;

namespace Nabla.Cli;

/// <summary>One run of a command: its options, where it writes, and whether it shall stop.</summary>
internal sealed class Session(ParseResult options, Streams streams, Interrupts interrupts)
{
    public bool Json { get; } = options.GetValue(CommonOptions.Json);

    /// <summary>Text for people: stdout, or stderr when stdout is for JSON.</summary>
    public Screen Screen { get; } = options.GetValue(CommonOptions.Json)
        ? new Screen(streams.Errors, streams.ErrorsTerminal)
        : new Screen(streams.Output, streams.OutputTerminal);

    /// <summary>Remarks that are not the result: always stderr.</summary>
    public Screen Remarks { get; } = new(streams.Errors, streams.ErrorsTerminal);

    public Streams Streams => streams;

    public Interrupts Interrupts => interrupts;

    public CancellationToken Cancellation => interrupts.Token;

    public T? Get<T>(Option<T> option) => options.GetValue(option);

    public T Get<T>(Argument<T> argument) => options.GetRequiredValue(argument);

    /// <summary>Whether the option was written on the command line.</summary>
    public bool IsGiven(Option option) => options.GetResult(option) is { Implicit: false };

    /// <summary>The result: with --json the document, else what <paramref name="print"/> puts on the screen.</summary>
    public void Result(JsonObject document, Action print)
    {
        if (Json)
        {
            document.Insert(0, "ok", true);
            JsonOutput.Write(streams.Output, document);
        }
        else
        {
            print();
        }
    }

    /// <summary>Draws the figure into the file of <see cref="CommonOptions.Plot"/>, if one is wanted.</summary>
    public void Plot(Func<Figure> figure)
    {
        if (Get(CommonOptions.Plot) is not { } file)
            return;
        PlotFile.Write(file, figure());
        Screen.Line(new InkedLine("The plot is in ", Ink.Dim).Add(file));
    }
}
