using System.CommandLine;
using Nabla.Language.Generation;
using Nabla.Language.Sampling;

namespace Nabla.Cli;

/// <summary>The options of every command that generates text.</summary>
internal sealed class GenerationFlags
{
    private readonly Option<int?> maxTokens =
        CommonOptions.Whole("--max-tokens", "The most tokens to write (default: 300)", 0);
    private readonly Option<float?> temperature = CommonOptions.Real(
        "--temperature", "Below 1 surer, above 1 more varied, 0 always the likeliest (default: 0.8)");
    private readonly Option<int?> topK =
        CommonOptions.Whole("--top-k", "Choose among this many of the likeliest tokens", 0);
    private readonly Option<float?> topP =
        CommonOptions.Real("--top-p", "Choose among the likeliest tokens that together reach this probability");
    private readonly Option<float?> minP =
        CommonOptions.Real("--min-p", "Choose among tokens at least this share as likely as the likeliest");
    private readonly Option<float?> repetitionPenalty =
        CommonOptions.Real("--repetition-penalty", "Above 1, tokens that occurred become less likely");
    private readonly Option<long?> seed =
        CommonOptions.Seed("Seed of the choices (default: 1); the same seed gives the same text");

    private readonly Option<string[]> stop = new("--stop")
    {
        Description = "End before this text; may be given several times; \\n stands for a line feed",
        HelpName = "TEXT",
    };

    public void AddTo(Command command)
    {
        Option[] all = [maxTokens, temperature, topK, topP, minP, repetitionPenalty, seed, stop];
        foreach (Option option in all)
            command.Options.Add(option);
    }

    public long Seed(Session session) => session.Get(seed) ?? 1;

    /// <summary>Whether how to choose tokens was left open.</summary>
    public bool TemperatureIsOpen(Session session) => session.Get(temperature) is null;

    /// <summary>The settings, checked.</summary>
    /// <exception cref="UsageException">One is out of its range.</exception>
    public GenerationOptions Read(Session session)
    {
        var options = new GenerationOptions
        {
            MaxTokens = session.Get(maxTokens) ?? 300,
            Stop = [.. (session.Get(stop) ?? []).Select(text => text.Replace("\\n", "\n", StringComparison.Ordinal))],
            Sampling = new SamplingOptions
            {
                Temperature = session.Get(temperature) ?? 0.8f,
                TopK = session.Get(topK) ?? 0,
                TopP = session.Get(topP) ?? 1,
                MinP = session.Get(minP) ?? 0,
                RepetitionPenalty = session.Get(repetitionPenalty) ?? 1,
            },
        };
        try
        {
            return options.Validated();
        }
        catch (ArgumentException error)
        {
            throw new UsageException(error.Message, error);
        }
    }
}
