using Nabla.Language.Sampling;

namespace Nabla.Language.Generation;

/// <summary>How a text is continued.</summary>
public sealed record GenerationOptions
{
    /// <summary>The most tokens to write, 0 or more.</summary>
    public int MaxTokens { get; init; } = 200;

    /// <summary>How each token is chosen.</summary>
    public SamplingOptions Sampling { get; init; } = new();

    /// <summary>Texts that end the continuation; they are not part of it. None may be empty.</summary>
    public IReadOnlyList<string> Stop { get; init; } = [];

    /// <summary>Throws unless every setting is in its range.</summary>
    /// <exception cref="ArgumentException">Names the setting, its value and its range.</exception>
    public GenerationOptions Validated()
    {
        if (MaxTokens < 0)
            throw new ArgumentException($"Generation: max tokens is {MaxTokens}; it must be 0 or more.");
        if (Stop.Any(string.IsNullOrEmpty))
            throw new ArgumentException(
                "Generation: a stop string is empty; give it at least one character or leave it out.");
        Sampling.Validated();
        return this;
    }
}
