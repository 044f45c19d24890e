using System.Text.RegularExpressions;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>Letters and words that stand for thousands and more, and units after a number.</summary>
internal static partial class Scales
{
    private static readonly Dictionary<string, double> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["hundred"] = 1e2,
        ["thousand"] = 1e3,
        ["million"] = 1e6,
        ["billion"] = 1e9,
        ["trillion"] = 1e12,
        ["percent"] = 0.01,
    };

    private static readonly HashSet<string> Units = new(StringComparer.OrdinalIgnoreCase)
    {
        "b", "kb", "mb", "gb", "tb", "kib", "mib", "gib", "tib", "bytes", "byte", "bits", "bit", "ms", "us", "µs", "ns",
            "s",
        "sec", "second", "seconds", "min", "minute", "minutes", "h", "hr", "hour", "hours", "day", "days", "week",
            "weeks",
        "year", "years", "month", "months", "m", "km", "cm", "mm", "kg", "g", "mg", "w", "kw", "kwh", "mw", "hz", "khz",
            "mhz",
        "ghz", "flops", "gflops", "tflops", "petaflops", "flop", "tokens/s", "fps", "dollars", "cents", "usd", "eur",
            "points",
        "nats", "degrees", "dozen", "pairs", "mm2",
    };

    // What can be counted in arithmetic without changing what the numbers mean.
    private static readonly HashSet<string> Counted = new(StringComparer.OrdinalIgnoreCase)
    {
        "parameter", "parameters", "params", "weight", "weights", "bias", "biases", "token", "tokens", "layer",
        "layers", "head", "heads", "block", "blocks", "neuron", "neurons", "unit", "units", "input", "inputs",
        "output", "outputs", "dim", "dims", "dimensions", "channel", "channels", "filter", "filters", "kernel",
        "kernels", "image", "images", "sample", "samples", "example", "examples", "step", "steps", "epoch", "epochs",
        "batch", "batches", "gpu", "gpus", "expert", "experts", "row", "rows", "column", "columns", "feature",
        "features", "class", "classes", "node", "nodes", "pixel", "pixels", "value", "values", "number", "numbers",
        "float", "floats", "entry", "entries", "word", "words", "byte", "bytes", "matrices", "vectors",
    };

    private static readonly string[] ByteUnits = ["b", "kb", "mb", "gb", "tb", "pb"];

    private static readonly HashSet<string> Times = new(StringComparer.OrdinalIgnoreCase)
    {
        "ms", "s", "sec", "second", "seconds", "min", "minute", "minutes", "h", "hr", "hour", "hours", "day", "days",
        "week", "weeks", "month", "months", "year", "years",
    };

    /// <summary>The factor of a letter directly after a number: 7B, 2K; null where it is part of a word.</summary>
    public static double? Letter(string text, int at)
    {
        bool ends = at + 1 == text.Length || !char.IsLetterOrDigit(text[at + 1]) && text[at + 1] is not ('_' or '(');
        return !ends ? null : text[at] switch
        {
            'K' or 'k' => 1e3,
            'M' => 1e6,
            'B' => 1e9,
            'T' => 1e12,
            _ => null,
        };
    }

    public static double? Word(string word) => Words.TryGetValue(word, out double factor) ? factor : null;

    public static bool IsUnit(string word) => Units.Contains(word) || Prefixed().IsMatch(word);

    /// <summary>Whether a word behind a number leaves no doubt of its size: 131 M, 4e22 FLOPs.</summary>
    public static bool IsPlain(string word) =>
        word is "M" or "B" or "FLOP" || word.Equals("flops", StringComparison.OrdinalIgnoreCase);

    public static bool IsCounted(string word) => Counted.Contains(word);

    public static bool IsTime(string word) => Times.Contains(word);

    // megapixels, gigawatts, kWh, GFLOPs: the number is in thousands, millions …
    [GeneratedRegex(@"^(?:(?:kilo|mega|giga|tera|peta|exa|milli|micro|nano|pico|centi)[a-z]{3,}|"
        + @"[kKMGTPEmµunp](?:Wh?|Hz|J|V|A|F|eV|Pa|mol|l|L|bps|px|pix|bits?|[fF][lL][oO][pP]s?|FLOPS|OPS|OPs|MACs?|"
        + @"bp|yr|ya|cal|t)|feet|foot|ft|inch|inches|miles?|yards?|pounds?|lbs?|oz|ounces|gallons?|lit(?:er|re)s?|"
        + @"tons?|tonnes?|acres?|hectares?|mph|knots?)$", RegexOptions.None)]
    private static partial Regex Prefixed();

    /// <summary>0 of bytes, 1 of KB and KiB, 2 of MB …; null of what is no size.</summary>
    public static int? ByteLevel(string word)
    {
        string unit = word.ToLowerInvariant();
        if (unit is "byte" or "bytes")
            return 0;
        int level = Array.IndexOf(ByteUnits, unit.Replace("ib", "b", StringComparison.Ordinal));
        return level > 0 ? level : null;
    }
}
