using System.CommandLine;
using System.Text.Json.Nodes;
using Nabla.Cli.Output;
using Nabla.Language.Generation;
using Nabla.Language.Models;

namespace Nabla.Cli.Commands;

/// <summary>Shows what a model expects next: the probabilities of the next token as bars.</summary>
internal sealed class NextCommand : NablaCommand
{
    private readonly Argument<string> folder = ModelArgument.Create();

    private readonly Option<string> prompt = new("--prompt")
    {
        Description = "What comes before (default: the beginning of a text)",
        HelpName = "TEXT",
        DefaultValueFactory = _ => "",
    };

    private readonly Option<int?> top = CommonOptions.Whole("--top", "How many tokens to show (default: 10)", 1);

    public NextCommand() : base("next", "Show what a model expects next")
    {
        Arguments.Add(folder);
        Options.Add(prompt);
        Options.Add(top);
        Options.Add(CommonOptions.Plot);
    }

    public override int Place => 6;

    public override IReadOnlyList<string> Examples =>
        ["nabla next models/shakespeare --prompt 'To be or not to ' --top 5"];

    public override int Run(Session session)
    {
        LoadedModel loaded = ModelFolder.Load(session.Get(folder));
        string before = session.Get(prompt)!;
        IReadOnlyList<NextToken> tokens =
            new TextGenerator(loaded.Model, loaded.Tokenizer).Next(before, session.Get(top) ?? 10);
        session.Result(
            new JsonObject
            {
                ["prompt"] = before,
                ["tokens"] = JsonOutput.Array(tokens.Select(token => new JsonObject
                {
                    ["id"] = token.Id,
                    ["text"] = token.Text,
                    ["probability"] = JsonOutput.Number(token.Probability),
                })),
            },
            () => Print(session.Screen, before, tokens));
        session.Plot(() => TokenBars.Figure(before, tokens));
        return 0;
    }

    private static void Print(Screen screen, string before, IReadOnlyList<NextToken> tokens)
    {
        if (before.Length > 0)
            screen.Line(new InkedLine("  after ", Ink.Dim).Add($"“{Printable.Token(before).Replace('␣', ' ')}”"));
        screen.Lines(TokenBars.Draw(tokens, Math.Min(screen.Width, 80)));
        double rest = 1 - tokens.Sum(token => token.Probability);
        if (rest > 0.0005)
            screen.Line($"  all others {Amounts.Percent(rest)}", Ink.Dim);
    }
}
