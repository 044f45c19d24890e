using Nabla.Cli.Output.Plots;

namespace Nabla.Cli.Tests.Plots;

public class AxisTests
{
    [Theory]
    [InlineData(0, 1, 5, "0|0.2|0.4|0.6|0.8|1.0")]
    [InlineData(0.3, 9.7, 5, "2|4|6|8")]
    [InlineData(-1, 1, 4, "−1.0|−0.5|0|0.5|1.0")]
    [InlineData(0, 12_345, 3, "0|5,000|10,000")]
    [InlineData(0, 3e9, 3, "0|1×10⁹|2×10⁹|3×10⁹")]
    [InlineData(0, 2.5e-9, 5, "0|0.5×10⁻⁹|1.0×10⁻⁹|1.5×10⁻⁹|2.0×10⁻⁹|2.5×10⁻⁹")]
    [InlineData(100.001, 100.003, 2, "100.001|100.002|100.003")]
    public void Ticks_are_round_numbers_written_alike(double low, double high, int most, string labels) =>
        string.Join('|', Ticks.Linear(low, high, most).Select(tick => tick.Label)).ShouldBe(labels);

    [Theory]
    [InlineData(1e-3, 1e3, 8, "0.001|0.01|0.1|1|10|100|1,000")]
    [InlineData(1e-9, 1e3, 5, "10⁻⁹|10⁻⁶|0.001|1|1,000")]
    [InlineData(0.9, 60, 8, "1|2|5|10|20|50")]
    [InlineData(3, 4, 3, "3.0|3.5|4.0")]
    public void Ticks_of_a_logarithm_are_powers_of_ten(double low, double high, int most, string labels) =>
        string.Join('|', Ticks.Log(low, high, most).Select(tick => tick.Label).Where(label => label.Length > 0))
            .ShouldBe(labels);

    [Fact]
    public void Ticks_stay_inside_and_few_whatever_the_interval()
    {
        var rng = new Numerics.Rng(5);
        for (int i = 0; i < 2000; i++)
        {
            double low = (rng.NextDouble() - 0.5) * Math.Pow(10, rng.NextInt(40) - 20);
            double high = low + Math.Max(Math.Abs(low) * 1e-8, rng.NextDouble() * Math.Pow(10, rng.NextInt(40) - 20));
            int most = 1 + rng.NextInt(12);
            IReadOnlyList<Tick> ticks = Ticks.Linear(low, high, most);
            ticks.Count.ShouldBeInRange(0, most + 1);
            double slack = 1e-6 * (high - low);
            ticks.ShouldAllBe(tick => tick.Value >= low - slack && tick.Value <= high + slack);
            ticks.Select(tick => tick.Label).Distinct(StringComparer.Ordinal).Count().ShouldBe(ticks.Count);
        }
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.123456, "0.1235")]
    [InlineData(1234.56, "1,235")]
    [InlineData(-2, "−2")]
    [InlineData(1.2341e-7, "1.234×10⁻⁷")]
    [InlineData(6.02214e23, "6.022×10²³")]
    [InlineData(double.NaN, "NaN")]
    public void Numbers_have_four_digits(double value, string text) => Ticks.Number(value).ShouldBe(text);

    [Fact]
    public void Equal_ratios_are_equally_far_apart_on_a_logarithmic_axis()
    {
        var ruler = new Ruler(new Axis { IsLog = true }, (1, 10_000), 0, 400);
        ruler.At(1).ShouldBe(0, 1e-9);
        ruler.At(10).ShouldBe(100, 1e-9);
        ruler.At(1000).ShouldBe(300, 1e-9);
        ruler.At(0).ShouldBe(double.NaN);
        ruler.At(-1).ShouldBe(double.NaN);
    }

    [Fact]
    public void An_axis_reaches_over_its_data_and_bars_stand_on_zero()
    {
        Domain.Of(new Axis(), [1, double.NaN, 3, double.PositiveInfinity], isTight: true, hasBars: false)
            .ShouldBe((1, 3));
        Domain.Of(new Axis { From = -1 }, [1, 3], isTight: true, hasBars: false).ShouldBe((-1, 3));
        Domain.Of(new Axis(), [0, 100], isTight: false, hasBars: true).ShouldBe((0, 103));
        Domain.Of(new Axis(), [7], isTight: false, hasBars: false).ShouldBe((6.3, 7.7));
        (double low, double high) = Domain.Of(new Axis { IsLog = true, From = -4 }, [-1, 0, 1, 100], false, false);
        low.ShouldBeInRange(0.5, 1);
        high.ShouldBeInRange(100, 200);
    }

    [Fact]
    public void A_histogram_counts_every_finite_value_once()
    {
        var histogram = new HistogramSeries("", [1, 2, 2, 3, 10, double.NaN, double.NegativeInfinity]) { Bins = 3 };
        histogram.Intervals().Select(bin => bin.Count).ShouldBe([4, 0, 1]);
        histogram.Intervals()[^1].To.ShouldBe(10);
    }

    [Fact]
    public void Isolines_of_a_cone_are_circles()
    {
        double[,] grid = new double[41, 41];
        for (int i = 0; i <= 40; i++)
            for (int j = 0; j <= 40; j++)
                grid[i, j] = Math.Sqrt((i - 20) * (i - 20) + (j - 20) * (j - 20));
        var pieces = Isolines.Of(grid, 10).ToArray();
        foreach (var (from, _) in pieces)
            Distance(from, (20, 20)).ShouldBe(10, 0.05);
        pieces.Sum(piece => Distance(piece.From, piece.To)).ShouldBe(20 * Math.PI, 0.3);

        static double Distance((double X, double Y) a, (double X, double Y) b) =>
            Math.Sqrt((a.X - b.X) * (a.X - b.X) + (a.Y - b.Y) * (a.Y - b.Y));
    }

    [Fact]
    public void Levels_of_a_map_leave_equal_areas_between_them()
    {
        double[,] grid = new double[1, 1201];
        for (int j = 0; j <= 1200; j++)
            grid[0, j] = Math.Pow(10, j / 200.0);
        ContourSeries.Levels(grid).ShouldBe([3.2, 10, 32, 100, 320, 1000, 3200, 10_000, 32_000, 100_000, 320_000]);
        ContourSeries.Levels(new double[3, 3]).ShouldBeEmpty();
    }
}
