using Nabla.Cli.Output.Plots;
using Nabla.Numerics;

namespace Nabla.Cli.Tests.Plots;

/// <summary>A figure of each kind, and of data that nobody expects.</summary>
internal static class Gallery
{
    private const string Hostile = "</script><text>&\"'\u0000\u001b[31m\ud800\ufffe\r\n\t" + "日本語 x";

    public static IReadOnlyDictionary<string, Figure> Figures { get; } = new SortedDictionary<string, Figure>(
        StringComparer.Ordinal)
    {
        ["curves"] = new("Loss of a small network", Curves()),
        ["log"] = new("Optimisers on a logarithmic scale", Logarithms()),
        ["cloud"] = new("Three clouds and their shares", Cloud(150), Shares()),
        ["large-cloud"] = new("", Cloud(20_000)),
        ["bars"] = new("Next token", Lying()),
        ["groups"] = new("Grouped bars with long names", Groups()),
        ["histogram"] = new("Two histograms", Histograms()),
        ["matrix"] = new("Confusion", Confusion(10)),
        ["attention"] = new("A large matrix with signs", Waves()),
        ["race"] = new("Rosenbrock's valley", Race()),
        ["panels"] = new("Everything at once", Curves(), Logarithms(), Cloud(60), Confusion(4)),
        ["empty"] = new("", new Panel(), new Panel(new LineSeries("a", []), new PointSeries("b", [])), new Panel(
            new BarSeries("", [])), new Panel(new HistogramSeries("", [])),
            new Panel(new HeatMapSeries("", new double[0, 0])), new Panel(new HeatMapSeries("", new double[3, 0]))),
        ["nothing"] = new("No panel at all"),
        ["one"] = new("One of each", new Panel(new LineSeries("a", [(3, 7)]), new PointSeries("b", [(3, 8)])),
            new Panel(new BarSeries("", [1])), new Panel(new HistogramSeries("", [4])),
            new Panel(new HeatMapSeries("", new double[,] { { 2 } }))),
        ["not-finite"] = new("Gaps", NotFinite(double.NaN), NotFinite(double.PositiveInfinity), NotFinite(1e308),
            NotFinite(-5) with { X = new Axis("x") { IsLog = true }, Y = new Axis("y") { IsLog = true } }),
        ["extreme"] = new("Extreme numbers",
            new Panel(new LineSeries("tiny", [(1e-9, 1e-12), (2e-9, 3e-12)])),
            new Panel(new LineSeries("huge", [(1e9, 1e12), (3e9, 9.5e13)])),
            new Panel(new LineSeries("close", [(1, 1e9), (2, 1e9 + 1e-6)])),
            new Panel(new LineSeries("flat", [(1, 0), (2, 0)]), new RuleSeries("at", 5) { IsVertical = true })),
        ["hostile"] = new(Hostile, new Panel(
            new LineSeries(Hostile, [(1, 2), (2, 3)]),
            new PointSeries(Hostile + new string('w', 300), [(1, 2)]) { Labels = [Hostile] })
        {
            Title = Hostile + new string('W', 500),
            X = new Axis(Hostile) { From = double.NaN, To = -3 },
            Y = new Axis(Hostile + new string('m', 200)),
        }, new Panel(new BarSeries(Hostile, [1, 2, 3])) { X = new Axis(Hostile) { Categories = [Hostile, Hostile] } }),
        ["crowd"] = new("Forty series", new Panel([.. Enumerable.Range(0, 40).Select(
            k => new LineSeries($"series {k}", [(0, k), (1, k * 0.9 + 3)]))])),
    };

    public static TheoryData<string> Names => [.. Figures.Keys];

    public static Panel Curves()
    {
        var rng = new Rng(1);
        (double X, double Y)[] raw = [.. Enumerable.Range(1, 2000).Select(
            i => ((double)i, 1.4 + 3 * Math.Exp(-i / 250.0) + 0.15 * (rng.NextDouble() - 0.5)))];
        (double X, double Y)[] heldOut =
            [.. raw.Where((_, i) => i % 100 == 99).Select(p => (p.X, p.Y + 0.05 + p.X / 9000))];
        (double X, double Y)[] means = [.. raw.Chunk(40).Select(c => (c.Average(p => p.X), c.Average(p => p.Y)))];
        return new Panel(
            new LineSeries("each step", raw) { IsFaint = true, Colour = 0 },
            new LineSeries("training", means) { Colour = 0 },
            new LineSeries("held out", heldOut) { Colour = 1, HasDots = true }, new RuleSeries("4-gram", 2.1))
        {
            X = new Axis("step"),
            Y = new Axis("loss (nats a token)"),
            Title = "Training and held-out loss",
        };
    }

    private static Panel Logarithms() => new([.. new[] { "SGD", "momentum", "AdaGrad", "RMSProp", "Adam", "L-BFGS" }
        .Select((name, k) => new LineSeries(name, [.. Enumerable.Range(1, 300).Select(
            i => ((double)i, 20 * Math.Exp(-i * (k + 1) / 60.0) + 1e-9))]))])
    {
        X = new Axis("step"),
        Y = new Axis("f(x) − minimum") { IsLog = true },
        Title = "Distance from the minimum",
    };

    private static Panel Cloud(int count)
    {
        var rng = new Rng(2);
        double Normal() => rng.NextNormal();
        (double, double)[] points = [.. Enumerable.Range(0, count)
            .Select(i => (i % 3 * 1.8 + 0.5 * Normal(), i % 3 % 2 + 0.5 * Normal()))];
        return new Panel([.. PointSeries.ByClass(points, [.. Enumerable.Range(0, count).Select(
            i => new[] { "setosa", "versicolor", "virginica" }[i % 3])])])
        {
            Title = "The first two components",
            X = new Axis("component 1 (92.5 %)"),
            Y = new Axis("component 2 (5.3 %)"),
        };
    }

    private static Panel Shares() => new(new BarSeries("each", [0.92, 0.053, 0.017, 0.005]),
        new LineSeries("together", [(0, 0.92), (1, 0.973), (2, 0.99), (3, 0.995)]) { HasDots = true })
    {
        Title = "Explained variance",
        X = new Axis("component") { Categories = ["1", "2", "3", "4"] },
        Y = new Axis("share"),
    };

    private static Panel Lying() => new(new BarSeries("", [0.41, 0.22, 0.1, 0.08, 0.02, 0.013, 0.011, 0.009]))
    {
        X = new Axis("probability"),
        Y = new Axis { Categories = ["␣the", "␣a", "⏎", "␣be", ",", "ing", "␣incomprehensibilities", "."] },
    };

    private static Panel Groups() => new(new BarSeries("before", [3, -1, 4, 1.5, 5, 2, 6, 3, 5, 3, 5, 8]),
        new BarSeries("after", [2, 7, 1, 8, 2, 8, 1, 8, 2, 8, 4, 5]))
    {
        X = new Axis("layer") { Categories = [.. Enumerable.Range(0, 12).Select(i => $"blocks.{i}.attention.weight")] },
        Y = new Axis("gradient norm"),
    };

    private static Panel Histograms()
    {
        var rng = new Rng(3);
        double Normal() => rng.NextNormal();
        return new Panel(
            new HistogramSeries("sigmoid", [.. Enumerable.Range(0, 3000).Select(_ => Normal())]),
            new HistogramSeries("ReLU", [.. Enumerable.Range(0, 2000).Select(_ => 1.5 + 0.6 * Normal())]))
        { X = new Axis("activation"), Y = new Axis("count") };
    }

    private static Panel Confusion(int n)
    {
        double[,] counts = new double[n, n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                counts[i, j] = i == j ? 900 + i * 7 : (i * 7 + j * 3) % 31;
        string[] names =
            ["T-shirt", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];
        return new Panel(new HeatMapSeries("images", counts) { ShowsNumbers = true })
        {
            Title = "Confusion matrix",
            X = new Axis("predicted") { Categories = [.. names.Take(n)] },
            Y = new Axis("true") { Categories = [.. names.Take(n)] },
        };
    }

    private static Panel Waves()
    {
        double[,] values = new double[64, 96];
        for (int i = 0; i < 64; i++)
            for (int j = 0; j < 96; j++)
                values[i, j] = i == 20 && j > 80 ? double.NaN : Math.Sin(i / 6.0) * Math.Cos(j / 9.0) * (1 + j / 96.0);
        return new Panel(new HeatMapSeries("weight", values) { IsDiverging = true })
        {
            X = new Axis("input"),
            Y = new Axis("output"),
        };
    }

    private static Panel Race()
    {
        (double X, double Y)[] path = [.. Enumerable.Range(0, 100).Select(i => -1.5 + 2.5 * i / 99)
            .Select(x => (x, x * x + 0.3 * Math.Cos(40 * x)))];
        return new Panel(
            new ContourSeries("f", (x, y) => (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x), (-2, 2), (-1, 3)),
            new LineSeries("Adam", path), new LineSeries("momentum", [(-1.5, 2), (0, -4), (1.4, 2.2), (1, 1)]),
            new PointSeries("minimum", [(1, 1)]) { Colour = 2 })
        { X = new Axis("x"), Y = new Axis("y") };
    }

    private static Panel NotFinite(double odd) => new(
        new LineSeries("line", [(1, 1), (2, odd), (3, 2), (odd, 1), (4, 3), (5, 2)]),
        new PointSeries("points", [(odd, 1), (2, odd), (2.5, 2.5), (odd, odd)]),
        new RuleSeries("rule", odd), new HistogramSeries("", [odd, 1, odd]));
}
