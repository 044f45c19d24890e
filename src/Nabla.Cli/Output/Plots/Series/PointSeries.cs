namespace Nabla.Cli.Output.Plots;

/// <summary>A cloud of points in one colour.</summary>
internal sealed record PointSeries(string Name, IReadOnlyList<(double X, double Y)> Points) : Series(Name)
{
    /// <summary>What a point's read-out says besides its place; one for each point.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    public override IEnumerable<(double X, double Y)> Extent => Points;

    /// <summary>A cloud for each class, in the order of their names (numbers by value).</summary>
    public static IReadOnlyList<PointSeries> ByClass(
        IReadOnlyList<(double X, double Y)> points, IReadOnlyList<string> classes)
    {
        if (classes.Count != points.Count)
            throw new ArgumentException(
                $"{points.Count} points have {classes.Count} classes. Give one for each point.", nameof(classes));
        return [.. points.Zip(classes).GroupBy(pair => pair.Second, pair => pair.First, StringComparer.Ordinal)
            .OrderBy(group => double.TryParse(group.Key, out double number) ? number : double.PositiveInfinity)
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new PointSeries(group.Key, [.. group]))];
    }
}
