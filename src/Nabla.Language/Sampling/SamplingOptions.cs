namespace Nabla.Language.Sampling;

/// <summary>How the next token is chosen from the model's scores.</summary>
public sealed record SamplingOptions
{
    /// <summary>Scores are divided by it: below 1 surer, above 1 more varied; 0 always takes the likeliest.</summary>
    public float Temperature { get; init; } = 1;

    /// <summary>Only this many of the likeliest tokens may be chosen; 0 means all.</summary>
    public int TopK { get; init; }

    /// <summary>Only the likeliest tokens that together reach this probability; 1 means all.</summary>
    public float TopP { get; init; } = 1;

    /// <summary>Only tokens at least this share as likely as the likeliest; 0 means all.</summary>
    public float MinP { get; init; }

    /// <summary>Above 1, tokens that already occurred become less likely.</summary>
    public float RepetitionPenalty { get; init; } = 1;

    /// <summary>Always the likeliest token.</summary>
    public static SamplingOptions Greedy { get; } = new() { Temperature = 0 };

    /// <summary>Throws unless every setting is in its range.</summary>
    /// <exception cref="ArgumentException">Names the setting, its value and its range.</exception>
    public SamplingOptions Validated()
    {
        Check(Temperature >= 0 && float.IsFinite(Temperature), "temperature", Temperature, "0 or more");
        Check(TopK >= 0, "top-k", TopK, "0 (all) or more");
        Check(TopP is > 0 and <= 1, "top-p", TopP, "in (0, 1]");
        Check(MinP is >= 0 and <= 1, "min-p", MinP, "in [0, 1]");
        Check(RepetitionPenalty > 0 && float.IsFinite(RepetitionPenalty), "repetition penalty", RepetitionPenalty,
            "positive; 1 is none");
        return this;
    }

    private static void Check(bool valid, string name, float value, string expected)
    {
        if (!valid)
            throw new ArgumentException($"Sampling: {name} is {value}; it must be {expected}.");
    }
}
