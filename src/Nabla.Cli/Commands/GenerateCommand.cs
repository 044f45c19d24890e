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
        var speed = new TokenCounter();
        IEnumerable<string> pieces = new TextGenerator(loaded.Model, loaded.Tokenizer)
            .Stream(before, options, new Rng(flags.Seed(session)), speed, session.Cancellation);
        var text = new StringBuilder();
        foreach (string piece in Streamed(session, before, pieces))
            text.Append(piece);
        session.Cancellation.ThrowIfCancellationRequested();
        Report(session, before, text.ToString(), speed);
        return 0;
    }

    // The prompt, then every piece: on the screen as it comes unless the result is a document.
    private static IEnumerable<string> Streamed(Session session, string before, IEnumerable<string> pieces)
    {
        // The first piece before the prompt is shown: an error about the prompt comes alone.
        using IEnumerator<string> generated = pieces.GetEnumerator();
        bool hasMore = generated.MoveNext();
        if (!session.Json)
            session.Screen.Write(before, Ink.Dim);
        try
        {
            for (; hasMore; hasMore = generated.MoveNext())
            {
                if (!session.Json)
                    session.Screen.Write(generated.Current);
                yield return generated.Current;
            }
        }
        finally // Ctrl-C in the middle of a line ends the line too
        {
            if (!session.Json)
                session.Screen.Line();
        }
    }

    private static void Report(Session session, string before, string text, TokenCounter speed)
    {
        session.Result(
            new JsonObject
            {
                ["prompt"] = before,
                ["text"] = text,
                ["tokens"] = speed.Count,
                ["tokens_per_second"] = JsonOutput.Number(speed.PerSecond),
            },
            () =>
            {
                if (session.Screen.IsTerminal && session.Remarks.IsTerminal && speed.PerSecond is { } tokens)
                    session.Remarks.Line($"{Amounts.Count((long)tokens)} tokens a second", Ink.Dim);
            });
    }

    // Counts the tokens as they are chosen, and the time that they take; reading the prompt is not part of it.
    private sealed class TokenCounter : IProgress<int>
    {
        private readonly Stopwatch clock = new();
        private double seconds;

        public int Count { get; private set; }

        /// <summary>
        /// Tokens a second after the first, which also waits for the prompt to be read; null before there are two.
        /// </summary>
        public double? PerSecond => Count < 2 ? null : Math.Round((Count - 1) / Math.Max(seconds, 1e-9), 1);

        public void Report(int value)
        {
            clock.Start();
            seconds = clock.Elapsed.TotalSeconds;
            Count++;
        }
    }
}
