namespace Nabla.Cli.Output.Plots;

/// <summary>How many values fall into each of some equal intervals.</summary>
internal sealed record HistogramSeries(string Name, IReadOnlyList<double> Values) : Series(Name)
{
    private const int FewestBins = 5, MostBins = 200;

    /// <summary>How many intervals; by default as many as Freedman and Diaconis (1981) advise.</summary>
    public int? Bins { get; init; }

    public override IEnumerable<(double X, double Y)> Extent =>
        Intervals().SelectMany(bin => new[] { (bin.From, 0.0), (bin.To, bin.Count) });

    /// <summary>The intervals with their counts; the last one holds its end too.</summary>
    public IReadOnlyList<(double From, double To, double Count)> Intervals()
    {
        double[] sorted = [.. Values.Where(Domain.IsDrawable).Order()];
        if (sorted.Length == 0)
            return [];
        double low = sorted[0], high = sorted[^1];
        if (low == high)
            (low, high) = Domain.Around(low, isLog: false);
        int bins = Bins ?? Advised(sorted, high - low);
        double[] counts = new double[bins];
        foreach (double value in sorted)
            counts[Math.Min(bins - 1, (int)((value - low) / (high - low) * bins))]++;
        return [.. counts.Select((count, i) => (Edge(i), Edge(i + 1), count))];

        double Edge(int i) => low + (high - low) * i / bins;
    }

    // Intervals of twice the interquartile range over the cube root of n.
    private static int Advised(double[] sorted, double range)
    {
        double quartiles = sorted[sorted.Length * 3 / 4] - sorted[sorted.Length / 4];
        double width = 2 * quartiles / Math.Cbrt(sorted.Length);
        return width <= 0 ? FewestBins : (int)Math.Clamp(Math.Ceiling(range / width), FewestBins, MostBins);
    }
}
