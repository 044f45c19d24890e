namespace Nabla.Cli.Output.Plots;

/// <summary>What is along one side of a panel; where no end is given, the data says.</summary>
internal sealed record Axis(string Label = "")
{
    /// <summary>Equal ratios are equally far apart. What is not above 0 is left out.</summary>
    public bool IsLog { get; init; }

    public double? From { get; init; }

    public double? To { get; init; }

    /// <summary>Names of the places 0, 1, 2, … of bars and of a heat map's rows or columns.</summary>
    public IReadOnlyList<string>? Categories { get; init; }
}
