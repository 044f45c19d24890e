using System.CommandLine;
using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Nabla.Cli.Output;
using Nabla.Language.Generation;
using Nabla.Language.Models;
using Nabla.Numerics;

namespace Nabla.Cli.Commands;

/// <summary>Continues a text, printing every piece as it comes.</summary>
internal sealed class GenerateCommand : NablaCommand
{
    private readonly Argument<string> folder = ModelArgument.Create();
    private readonly GenerationFlags flags = new();

    private readonly Option<string> prompt = new("--prompt")
    {
        Description = "What comes before; - reads it from stdin (default: the beginning of a text)",
        HelpName = "TEXT",
        DefaultValueFactory = _ => "",
    };

    public GenerateCommand() : base("generate", "Let a model continue a text")
    {
        Arguments.Add(folder);
        Options.Add(prompt);
        flags.AddTo(this);
    }

    public override int Place => 3;

    public override IReadOnlyList<string> Examples =>
    [
        "nabla generate models/shakespeare --prompt 'ROMEO:' --temperature 0.7",
        "nabla generate models/shakespeare --prompt 'ROMEO:' --stop '\\n\\n' --json",
    ];

    public override int Run(Session session)
    {
        GenerationOptions options = flags.Read(session);
        LoadedModel loaded = ModelFolder.Load(session.Get(folder));
        string before = session.Get(prompt) is "-" ? session.Streams.Input.ReadToEnd() : session.Get(prompt)!;
        var clock = Stopwatch.StartNew();
        IEnumerable<string> pieces = new TextGenerator(loaded.Model, loaded.Tokenizer)
            .Stream(before, options, new Rng(flags.Seed(session)), session.Cancellation);
        var text = new StringBuilder();
        foreach (string piece in Streamed(session, before, pieces))
            text.Append(piece);
        session.Cancellation.ThrowIfCancellationRequested();
        Report(session, before, text.ToString(),
            loaded.Tokenizer.Encode(text.ToString()).Length / clock.Elapsed.TotalSeconds);
        return 0;
    }

    // The prompt, then every piece: on the screen as it comes unless the result is a document.
    private static IEnumerable<string> Streamed(Session session, string before, IEnumerable<string> pieces)
    {
        bool prompted = false;
        foreach (string piece in pieces)
        {
            if (!session.Json && !prompted)
                session.Screen.Write(before, Ink.Dim); // only now: an error about the prompt comes alone
            prompted = true;
            if (!session.Json)
                session.Screen.Write(piece);
            yield return piece;
        }
        if (!session.Json)
            session.Screen.Line();
    }

    private static void Report(Session session, string before, string text, double tokensPerSecond)
    {
        session.Result(
            new JsonObject
            {
                ["prompt"] = before,
                ["text"] = text,
                ["tokens_per_second"] = JsonOutput.Number(Math.Round(tokensPerSecond, 1)),
            },
            () =>
            {
                if (session.Screen.IsLive && session.Remarks.IsLive)
                    session.Remarks.Line($"{Amounts.Count((long)tokensPerSecond)} tokens a second", Ink.Dim);
            });
    }
}
