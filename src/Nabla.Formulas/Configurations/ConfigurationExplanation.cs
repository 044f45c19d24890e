using Nabla.Formulas.Configurations.Models;

namespace Nabla.Formulas.Configurations;

/// <summary>What settings, a model's configuration or a line of a training log say, in words.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Title">What it is, in a few words: <c>Settings of AdamW</c>.</param>
/// <param name="Reading">One line that says the most important.</param>
/// <param name="Values">Every value, with what it means.</param>
public sealed record ConfigurationExplanation(
    ConfigurationKind Kind, string Title, string Reading, IReadOnlyList<ExplainedValue> Values)
{
    /// <summary>The sizes of the model, where it is one.</summary>
    public ModelSize? Model { get; init; }

    /// <summary>What is odd, risky or could not be understood.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The entries of the knowledge base that say more.</summary>
    public IReadOnlyList<string> Related { get; init; } = [];
}

/// <summary>What kind of text was explained.</summary>
public enum ConfigurationKind
{
    /// <summary>Settings of a training run or an optimizer.</summary>
    Settings,

    /// <summary>The sizes of a model.</summary>
    Model,

    /// <summary>A line of a training log.</summary>
    LogLine,
}

/// <summary>A named value, and what it means.</summary>
/// <param name="Name">The name as it was written.</param>
/// <param name="Value">The value as it was written, or empty.</param>
/// <param name="Title">What it is: <c>learning rate, η</c>.</param>
/// <param name="Meaning">What it does.</param>
public sealed record ExplainedValue(string Name, string Value, string Title, string Meaning)
{
    /// <summary>What this very value amounts to: "the mean of about the last 20 steps"; or empty.</summary>
    public string Amounts { get; init; } = "";
}
