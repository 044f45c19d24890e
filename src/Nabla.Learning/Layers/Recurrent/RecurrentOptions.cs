namespace Nabla.Learning.Layers;

/// <summary>Settings of a recurrent network.</summary>
public sealed record RecurrentOptions
{
    /// <summary>How many networks stand on one another, each reading the states of the one below.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>Whether learned numbers are added to the gates.</summary>
    public bool Bias { get; init; } = true;

    /// <summary>
    /// Whether a second network reads each sequence from its end; the states of both stand side by side, 2H.
    /// </summary>
    public bool Bidirectional { get; init; }

    /// <summary>The probability with which the states between two layers are dropped in training, in [0, 1).</summary>
    public float Dropout { get; init; }

    internal void Validate(string owner)
    {
        Require.Positive(Layers, owner);
        Require.Probability(Dropout, owner);
    }
}
