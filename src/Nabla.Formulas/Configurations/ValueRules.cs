using System.Globalization;

namespace Nabla.Formulas.Configurations;

/// <summary>What a value of a setting or a logged number amounts to. A rule is one row; a term names it.</summary>
internal static class ValueRules
{
    private static readonly Dictionary<string, Func<string, string>> Rules = new(StringComparer.Ordinal)
    {
        ["betas"] = Betas,
        ["clip"] = text => Each(text, clip => clip == 0 ? "no clipping"
            : $"a gradient of length {Round(10 * clip)} would be scaled to a tenth"),
        ["dtype"] = Precision,
        ["grad_norm"] = text => Each(text, norm => norm <= 1
            ? "at most 1: the usual clipping at 1.0 would leave it as it is"
            : $"clipping at 1.0 would scale it by {Round(1 / norm)}"),
        ["learning_rate"] = text => Each(text, LearningRate),
        ["loss"] = text => Each(text, Loss),
        ["memory"] = text => Each(text, Memory),
        ["percent"] = text => text.EndsWith('%') ? "" : Each(text, share =>
            share is > 0 and < 1 ? $"{Round(100 * share)} %" : ""),
        ["perplexity"] = text => Each(text, value => value >= 1 ? $"a loss of {Round(Math.Log(value))} nats" : ""),
        ["schedule"] = Schedule,
        ["share"] = text => Each(text, share => share is >= 0 and <= 1 ? $"{Round(100 * share)} %" : ""),
        ["steps"] = text => Each(text, steps => steps >= 10000 ? Whole(steps) : ""),
        ["temperature"] = text => Each(text, value => value switch
        {
            0 => "always the likeliest token",
            < 1 => "more certain than the model is",
            1 => "as the model has it",
            _ => "more daring than the model is",
        }),
        ["vocabulary"] = text => Each(text, size => size > 1 ? $"a blind guess costs ln {Whole(size)} = " +
            $"{Round(Math.Log(size))} nats" : ""),
        ["weight_decay"] = text => Each(text, decay => decay == 0 ? "none" : ""),
    };

    /// <summary>The names of all rules.</summary>
    public static IEnumerable<string> Names => Rules.Keys;

    /// <summary>What the value amounts to, or empty.</summary>
    public static string Apply(string rule, string value) =>
        rule.Length > 0 && value.Length > 0 ? Rules[rule](value) : "";

    /// <summary>
    /// The number that a value is, with units and thousands separators dropped; null where it is none.
    /// </summary>
    public static double? NumberIn(string text)
    {
        string digits = text.Trim().TrimEnd('%').Replace("_", "", StringComparison.Ordinal)
            .Replace(",", "", StringComparison.Ordinal);
        return double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && double.IsFinite(value) ? value : null;
    }

    private static string Each(string text, Func<double, string> say) => NumberIn(text) is { } value ? say(value) : "";

    /// <summary>The two numbers of a pair such as (0.9, 0.999), or null where it is none.</summary>
    public static (double First, double Second)? BetasIn(string text)
    {
        string[] parts = text.Trim('(', ')', '[', ']', ' ').Split(',');
        return parts.Length == 2 && NumberIn(parts[0]) is { } first && NumberIn(parts[1]) is { } second
            ? (first, second) : null;
    }

    private static string Betas(string text) => BetasIn(text) is var (first, second)
        ? $"β₁ = {Round(first)}: {Memory(first)}; β₂ = {Round(second)}: {Memory(second)}" : "";

    // Σ βᵏ = 1/(1 − β): as many steps as a plain mean of the same smoothness would take.
    private static string Memory(double beta) => beta switch
    {
        < 0 or > 1 => "outside 0 to 1, where it makes no mean",
        0 => "no memory",
        1 => "never learns anything new",
        _ => $"a mean of about the last {Round(1 / (1 - beta))} steps",
    };

    private static string LearningRate(double rate) => rate switch
    {
        <= 0 => "nothing is learned",
        < 1e-6 => "very small: the end of a schedule, or careful fine-tuning",
        <= 5e-3 => "usual for Adam",
        < 1 => "usual for plain gradient descent with momentum; high for Adam",
        _ => "very high",
    };

    private static string Loss(double loss) => loss is >= 0 and <= 30
        ? $"perplexity e^{Round(loss)} = {Round(Math.Exp(loss))}, or {Round(loss / Math.Log(2))} bits" : "";

    private static string Precision(string text) => text.Trim('"', '\'') switch
    {
        "float32" or "torch.float32" or "fp32" => "4 bytes a number",
        "bfloat16" or "torch.bfloat16" or "bf16" => "2 bytes a number, the range of float32 with 8 bits of precision",
        "float16" or "torch.float16" or "fp16" or "half" => "2 bytes a number, 11 bits of precision, at most 65,504",
        "int8" => "1 byte a number",
        _ => "",
    };

    private static string Schedule(string text) => text.Trim('"', '\'').ToLowerInvariant() switch
    {
        "cosine" or "cosine_with_min_lr" => "falls along half a cosine: slowly, then fast, then slowly",
        "linear" => "falls in a straight line",
        "constant" => "stays the same",
        "constant_with_warmup" => "climbs, then stays the same",
        "cosine_with_restarts" => "falls along cosines and jumps back up",
        "polynomial" => "falls along a power of what is left",
        "inverse_sqrt" => "falls as 1/√step",
        "wsd" or "trapezoidal" or "warmup_stable_decay" => "climbs, stays, and falls only at the end",
        "reduce_lr_on_plateau" or "plateau" => "drops when the held-out loss stops improving",
        _ => "",
    };

    private static string Whole(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Round(double value) => value is >= 999.5 and < 1e15
        ? Whole(value) : value.ToString("G3", CultureInfo.InvariantCulture);
}
