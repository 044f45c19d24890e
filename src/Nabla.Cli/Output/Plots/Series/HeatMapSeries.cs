namespace Nabla.Cli.Output.Plots;

/// <summary>A matrix whose numbers are colours, [row, column], the first row on top.</summary>
internal sealed record HeatMapSeries(string Name, double[,] Values) : Series(Name)
{
    /// <summary>Whether the numbers have a sign that matters: 0 is white, red is above and blue below.</summary>
    public bool IsDiverging { get; init; }

    /// <summary>Whether the numbers stand in their cells, where there is room.</summary>
    public bool ShowsNumbers { get; init; }

    public int Rows => Values.GetLength(0);

    public int Columns => Values.GetLength(1);

    public override bool IsFrame => true;

    public override bool IsColoured => false;

    public override IEnumerable<(double X, double Y)> Extent =>
        Values.Length == 0 ? [] : [(-0.5, -0.5), (Columns - 0.5, Rows - 0.5)];

    /// <summary>The numbers that the first and the last colour stand for.</summary>
    public (double Low, double High) Range()
    {
        (double low, double high) = Domain.Span(Values.Cast<double>());
        double most = Math.Max(Math.Abs(low), Math.Abs(high));
        return IsDiverging ? (-most, most) : (low, high);
    }
}
