using System.Text.RegularExpressions;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>The end of a sequence: after so many steps, this value.</summary>
internal sealed record AfterSteps(long Steps, PrintedNumber Value, int Start, int End);

/// <summary>Values of a name with arrows between them.</summary>
/// <param name="Name">The name.</param>
/// <param name="Values">The first values, one step apart.</param>
/// <param name="Text">They as written.</param>
/// <param name="Start">Where they begin in the line.</param>
/// <param name="End">Where they end.</param>
internal sealed partial record Sequence(string Name, IReadOnlyList<PrintedNumber> Values, string Text, int Start,
    int End)
{
    private const long MostSteps = 5_000_000;

    public AfterSteps? After { get; private init; }

    public static Sequence? Read(string line)
    {
        Match label = Label().Match(line);
        if (!label.Success)
            return null;
        List<PrintedNumber> values = [];
        int at = label.Index + label.Length, start = at, end = at;
        while (Number(line, ref at) is { } value)
        {
            values.Add(value);
            end = at;
            Match arrow = Arrow().Match(line, at);
            if (!arrow.Success || arrow.Index != at)
                break;
            at += arrow.Length;
        }
        if (values.Count < 3)
            return null;
        return new Sequence(label.Groups["name"].Value, values, line[start..end].Trim(), label.Index, end)
        {
            After = ReadAfter(line, end),
        };
    }

    private static PrintedNumber? Number(string line, ref int at)
    {
        int sign = at < line.Length && line[at] is '-' or '−' ? 1 : 0, from = at + sign;
        if (PrintedNumber.Read(line, ref from) is not { } number)
            return null;
        at = from;
        return sign == 0 ? number : number with { Text = "-" + number.Text, Value = -number.Value };
    }

    private static AfterSteps? ReadAfter(string line, int from)
    {
        Match match = AfterPattern().Match(line, from);
        if (!match.Success)
            return null;
        int at = match.Groups["count"].Index, end = match.Index + match.Length;
        if (PrintedNumber.Read(line, ref at) is not { } count || Number(line, ref end) is not { } value)
            return null;
        double steps = count.Value * match.Groups["scale"].Value.ToUpperInvariant() switch
        {
            "K" or " THOUSAND" => 1e3,
            "M" or " MILLION" => 1e6,
            _ => 1,
        };
        return steps is >= 1 and <= MostSteps ? new AfterSteps((long)steps, value, match.Index, end) : null;
    }

    [GeneratedRegex(@"(?<!\w)(?<name>[a-zA-Zθ])\s*[:=]\s*(?=[-−]?\d)", RegexOptions.None)]
    private static partial Regex Label();

    [GeneratedRegex(@"\G\s*(?:→|->|⟶|=>)\s*", RegexOptions.None)]
    private static partial Regex Arrow();

    [GeneratedRegex(@"after\s+(?<count>[\d,.]+)(?<scale>[KkM]| thousand| million)?\s+"
        + @"(?:steps|iterations|updates|epochs)\s*(?:→|->|⟶|=>|:|=)\s*(?:w\s*[=≈]\s*)?(?=[-−]?\d)",
        RegexOptions.IgnoreCase)]
    private static partial Regex AfterPattern();
}
