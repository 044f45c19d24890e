namespace Nabla.Cli.Output.Plots;

/// <summary>One pair of axes and what is drawn in it, from back to front.</summary>
internal sealed record Panel(params IReadOnlyList<Series> Series)
{
    public string Title { get; init; } = "";

    public Axis X { get; init; } = new();

    /// <summary>Of bars and heat maps with categories here the first is on top; bars then lie.</summary>
    public Axis Y { get; init; } = new();
}
