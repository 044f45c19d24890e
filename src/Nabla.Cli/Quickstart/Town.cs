using Nabla.Language.Training;
using Nabla.Text.Corpora;

namespace Nabla.Cli.Quickstart;

/// <summary>
/// The <see cref="World"/> that quickstart trains on, in one place: its options, its text, and how its model is asked.
/// </summary>
internal static class Town
{
    /// <summary>The size of the held-out part.</summary>
    public const int HeldOutBytes = 50_000;

    /// <summary>Every document stands after an empty line.</summary>
    public const string BetweenDocuments = "\n\n";

    private const int TrainingBytes = 4_000_000;

    /// <summary>The town; always the same, so that a model can be asked about it later.</summary>
    public static World World { get; } = new(new WorldOptions { Seed = 1 });

    /// <summary>What quickstart's model learns from, and the part that is held out.</summary>
    public static TrainingText Text => field ??=
        new(World.Generate(TrainingBytes), World.Generate(HeldOutBytes, WorldPart.HeldOut));

    /// <summary>Whether a model was trained on this town: on the same text, not just on some generated one.</summary>
    public static bool Trained(RunRecord? record) =>
        record is { DataFiles.Count: 0 } && record.DataFingerprint == RunRecord.Fingerprint(Text);

    /// <summary>
    /// What the model is given for something that a person typed: a question, a sum, or the beginning of a story.
    /// </summary>
    public static string PromptFor(string typed)
    {
        string text = typed.Trim();
        return BetweenDocuments + (Sum(text) ?? (text.EndsWith('?') ? $"Q: {text}\nA:" : text));
    }

    // "12+30", "12 + 30 =" and "Sum: 12 + 30" are what the text has as "Sum: 12 + 30 =".
    private static string? Sum(string text)
    {
        if (text.StartsWith("Sum:", StringComparison.OrdinalIgnoreCase))
            text = text["Sum:".Length..];
        string[] parts = text.TrimEnd('=', '?', ' ').Split('+', StringSplitOptions.TrimEntries);
        return parts.Length == 2 && parts.All(part => part.Length is > 0 and <= 9 && part.All(char.IsAsciiDigit))
            ? $"Sum: {parts[0]} + {parts[1]} =" : null;
    }
}
