namespace Nabla.Cli.Output.Plots;

/// <summary>
/// A bar for each category of an axis; several such series stand side by side. They lie where the categories are
/// those of the axis Y.
/// </summary>
internal sealed record BarSeries(string Name, IReadOnlyList<double> Values) : Series(Name)
{
    // All bars of a category together are so broad; the rest is the gap to the next.
    private const double Share = 0.8;

    /// <summary>As if they stood.</summary>
    public override IEnumerable<(double X, double Y)> Extent =>
        Values.SelectMany((value, i) => new[] { ((double)i, value), (double.NaN, 0) });

    /// <summary>Where bar <paramref name="i"/> begins and ends, if this is series k of n.</summary>
    public static (double From, double To) Place(int i, int k, int n) =>
        (i - Share / 2 + Share * k / n, i - Share / 2 + Share * (k + 1) / n);
}
