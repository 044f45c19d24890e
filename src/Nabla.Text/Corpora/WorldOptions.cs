namespace Nabla.Text.Corpora;

/// <summary>
/// What a <see cref="World"/> is made of. Shares are parts of the text in characters and are scaled to sum to 1.
/// </summary>
public sealed record WorldOptions
{
    /// <summary>The same seed gives the same people, the same facts and the same text.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>People whose facts the text tells; 2 to 100.</summary>
    public int People { get; init; } = 60;

    /// <summary>People whom the training text never names; 1 to 60.</summary>
    public int HeldOutPeople { get; init; } = 40;

    /// <summary>
    /// The part of the pairs of numbers whose sum training never shows, in either order; 0.001 to 0.5.
    /// </summary>
    public double HeldOutSums { get; init; } = 0.1;

    /// <summary>The share of stories.</summary>
    public double Stories { get; init; } = 0.35;

    /// <summary>The share of questions and answers.</summary>
    public double Questions { get; init; } = 0.4;

    /// <summary>The share of sums.</summary>
    public double Sums { get; init; } = 0.25;

    /// <summary>The part of the questions that are about strangers, to be answered with not knowing; 0 to 1.</summary>
    public double StrangerQuestions { get; init; } = 0.2;

    internal void Validate()
    {
        Require(People is >= 2 and <= 100, nameof(People), People, "2 to 100");
        Require(HeldOutPeople is >= 1 and <= 60, nameof(HeldOutPeople), HeldOutPeople, "1 to 60");
        Require(HeldOutSums is >= 0.001 and <= 0.5, nameof(HeldOutSums), HeldOutSums, "0.001 to 0.5");
        Require(StrangerQuestions is >= 0 and <= 1, nameof(StrangerQuestions), StrangerQuestions, "0 to 1");
        (string, double)[] shares = [(nameof(Stories), Stories), (nameof(Questions), Questions), (nameof(Sums), Sums)];
        foreach ((string name, double share) in shares)
            Require(share is >= 0 and <= 1e6, name, share, "0 or more");
        Require(Stories + Questions + Sums > 0, nameof(Stories), Stories, "above 0 if Questions and Sums are 0");
    }

    private static void Require(bool isRight, string name, object value, string range)
    {
        if (!isRight)
            throw new ArgumentOutOfRangeException(name, value, $"World: {name} is {value}; it must be {range}.");
    }
}
