namespace Nabla.Cli.Output.Plots;

/// <summary>A line from point to point; it is broken where a coordinate is not finite.</summary>
internal sealed record LineSeries(string Name, IReadOnlyList<(double X, double Y)> Points) : Series(Name)
{
    /// <summary>Thin and pale: raw values under their mean.</summary>
    public bool IsFaint { get; init; }

    public bool IsDashed { get; init; }

    /// <summary>Whether each point has a dot.</summary>
    public bool HasDots { get; init; }

    public override IEnumerable<(double X, double Y)> Extent => Points;

    /// <summary>Values at 1, 2, 3, ….</summary>
    public static LineSeries Of(string name, IEnumerable<double> values) =>
        new(name, [.. values.Select((value, i) => (i + 1.0, value))]);
}
