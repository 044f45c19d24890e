using System.Buffers;
using System.Globalization;
using Nabla.Formulas.Configurations;
using Nabla.Learning.Training;

namespace Nabla.Cli.Explain;

/// <summary>What a text file says besides what nobody asked for: a log's lines, a program's settings.</summary>
internal static class RunText
{
    private const int FewestLines = 3;

    private static readonly SearchValues<char> NameSigns = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.\"'");

    /// <summary>
    /// The run whose log the text is, line by line as <c>step 1200 | loss 3.21</c>; null where it is none.
    /// </summary>
    public static RunLog? TryRead(string path, string text)
    {
        var steps = new SortedDictionary<int, RunStep>();
        int lines = 0, others = 0, latest = 0;
        foreach (string line in text.Split(
            '\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (ConfigurationReader.TryExplain(line) is { Kind: ConfigurationKind.LogLine } said
                && Losses(said) is { } losses)
            {
                lines++;
                int step = Number(said, "step") is >= 0 and <= int.MaxValue and var at ? (int)at : lines;
                // A line of a held-out loss alone belongs to the step before.
                latest = losses.Training is null && !steps.ContainsKey(step) ? latest : step;
                Add(steps, latest, losses);
            }
            else if (++others > 1000 && lines == 0)
            {
                return null;
            }
        }
        return lines < FewestLines || steps.Count == 0 ? null
            : new RunLog { Folder = path, Source = path, Steps = [.. steps.Values] };
    }

    /// <summary>Only the lines of a text that give a value to a name.</summary>
    public static string Settings(string text) => string.Join('\n', text.Split('\n')
        .Select(line => line.Split('#')[0].Trim())
        .Where(line => line.AsSpan().IndexOfAny('=', ':') is > 0 and var sign && sign < line.Length - 1
            && line.AsSpan(0, sign).Trim().IndexOfAnyExcept(NameSigns) < 0));

    // nanoGPT prints both losses at an evaluation, and the training loss again on a line of its own.
    private static void Add(SortedDictionary<int, RunStep> steps, int at, (double? Training, double? HeldOut) losses)
    {
        (double? loss, double? held) = losses;
        RunStep? before = steps.GetValueOrDefault(at);
        if ((loss ?? before?.Loss) is { } known)
            steps[at] = (before ?? new RunStep(at, known)) with { Loss = known, ValLoss = held ?? before?.ValLoss };
    }

    private static (double? Training, double? HeldOut)? Losses(ConfigurationExplanation said) =>
        (Number(said, "training loss"), Number(said, "held-out loss")) is var losses && losses != (null, null)
            ? losses : null;

    // Of "100/20000" the first number.
    private static double? Number(ConfigurationExplanation said, string title) =>
        said.Values.FirstOrDefault(value => value.Title == title)?.Value is { } text
        && double.TryParse(text.Split('/')[0].Replace(",", "", StringComparison.Ordinal), NumberStyles.Float,
            CultureInfo.InvariantCulture, out double number) ? number : null;
}
