using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Nabla.Cli.Output;
using Nabla.Cli.Output.Plots;
using Nabla.Cli.PrincipalComponents;
using Nabla.Learning.Classical;
using Nabla.Learning.Data.Formats;
using Nabla.Learning.Data.Transforms;
using Nabla.Tensors;

namespace Nabla.Cli.Commands;

/// <summary>Finds the directions in which a table or a set of images varies most.</summary>
internal sealed class PcaCommand : NablaCommand
{
    private const int UsualComponents = 10, ScatterRows = 18;

    private readonly Argument<string> file = new("FILE|NAME")
    {
        Description = "A data set of 'nabla data list', or rows of numbers: .csv, .tsv, .jsonl, .npy, .npz or IDX "
            + "(images), compressed with gzip or not",
    };

    private readonly Option<int?> components = CommonOptions.Whole(
        "--components", $"Axes to find (default: {UsualComponents}, or as many as there are)", 1);
    private readonly Option<bool> whiten = new("--whiten")
    {
        Description = "Divide the coordinates on each axis by their standard deviation",
    };
    private readonly Option<string?> solver = CommonOptions.Choice(
        "--solver", "exact, randomised or incremental (default: what suits the size)", "SOLVER", PcaText.Solvers);
    private readonly Option<string?> label = new("--label")
    {
        Description = "Column with the classes (of an array: a file of labels); they colour the points",
        HelpName = "COLUMN",
    };
    private readonly Option<bool> scale = new("--scale")
    {
        Description = "Bring each column to mean 0 and standard deviation 1 first, so that units do not matter",
    };
    private readonly Option<string?> output = new("--out")
    {
        Description = "File for the coordinates on the axes: .csv or .npy",
        HelpName = "FILE",
        CustomParser = ParseOutput,
    };

    public PcaCommand() : base("pca", "Find the directions in which data vary most")
    {
        Arguments.Add(file);
        foreach (Option option in new Option[] { components, whiten, solver, label, scale, output, CommonOptions.Plot })
            Options.Add(option);
    }

    public override int Place => 9;

    public override IReadOnlyList<string> Examples =>
    [
        "nabla pca iris --plot iris.svg",
        "nabla pca measurements.csv --label kind --out scores.csv",
        "nabla pca train-images-idx3-ubyte.gz --label train-labels-idx1-ubyte.gz --components 2 --out scores.npy",
    ];

    public override int Run(Session session)
    {
        string path = session.Get(file);
        PcaData data = session.Interrupts.WaitFor(() => PcaData.Read(path, session.Get(label)));
        int most = Math.Min(data.Rows, data.Columns);
        if (session.Get(components) is { } wanted && wanted > most)
            throw new UsageException(
                $"--components is {wanted}; '{path}' has {Amounts.Count(data.Rows)} rows and "
                + $"{Amounts.Count(data.Columns)} columns, which allow 1 to {most}.");
        (Pca pca, Tensor scores) = session.Interrupts.WaitFor(() => Fit(session, data, path));
        if (session.Get(output) is { } to)
            Write(to, scores, data);
        session.Result(Document(path, data, pca), () => Print(session.Screen, path, data, pca, scores));
        if (session.Get(output) is { } written)
            session.Screen.Line(new InkedLine("The coordinates are in ", Ink.Dim).Add(written));
        session.Plot(() => Picture(path, data, pca, scores));
        return 0;
    }

    private (Pca Pca, Tensor Scores) Fit(Session session, PcaData data, string path)
    {
        try
        {
            Tensor x = session.Get(scale) ? Standardizer.Of(data.X).Apply(data.X) : data.X;
            var pca = Pca.Fit(x, new PcaOptions
            {
                Components = session.Get(components) ?? Math.Min(UsualComponents, Math.Min(data.Rows, data.Columns)),
                Whiten = session.Get(whiten),
                Solver = PcaText.Solver(session.Get(solver)),
            });
            return (pca, pca.Transform(x));
        }
        catch (ArgumentException error)
        {
            throw new UsageException($"'{path}': {error.Message}", error);
        }
    }

    private static string? ParseOutput(System.CommandLine.Parsing.ArgumentResult result)
    {
        string path = result.Tokens[0].Value;
        if (Path.GetExtension(path).ToUpperInvariant() is not (".CSV" or ".NPY"))
            result.AddError($"--out takes a file name that ends in .csv or .npy, not '{path}'.");
        return path;
    }

    private static void Write(string path, Tensor scores, PcaData data)
    {
        if (path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase))
        {
            NpyFile.Write(path, NumericArray.Of(scores));
            return;
        }
        int count = scores.Shape[1];
        float[] values = scores.ToArray();
        List<Column> columns = [.. Enumerable.Range(0, count).Select(k => new NumericColumn(
            $"pc{k + 1}", [.. Enumerable.Range(0, data.Rows).Select(i => (double)values[i * count + k])]))];
        if (data.Labels is { } labels)
            columns.Add(new CategoricalColumn(columns.Exists(column => column.Name == data.LabelSource)
                ? "label" : data.LabelSource, labels));
        CsvFile.Write(path, new Table(columns));
    }

    private static JsonObject Document(string path, PcaData data, Pca pca) => new()
    {
        ["file"] = path,
        ["rows"] = data.Rows,
        ["columns"] = data.Columns,
        ["components"] = pca.Count,
        ["whiten"] = pca.Whiten,
        ["explained_variance"] = Numbers(pca.ExplainedVariance),
        ["explained_variance_ratio"] = Numbers(pca.ExplainedVarianceRatio),
        ["singular_values"] = Numbers(pca.SingularValues),
        ["total_variance"] = JsonOutput.Number(pca.TotalVariance),
        ["noise_variance"] = JsonOutput.Number(pca.NoiseVariance),
        ["mean"] = Numbers(pca.Mean.ToArray().Select(value => (double)value)),
        ["axes"] = JsonOutput.Array(pca.Components.ToArray().Chunk(data.Columns)
            .Select(axis => Numbers(axis.Select(value => (double)value)))),
    };

    private static JsonArray Numbers(IEnumerable<double> values) =>
        JsonOutput.Array(values.Select(value => JsonOutput.Number(value)));

    private static void Print(Screen screen, string path, PcaData data, Pca pca, Tensor scores)
    {
        screen.Line(new InkedLine(Printable.OneLine(Path.GetFileName(path), 60), Ink.Strong)
            .Add($": {Amounts.Count(data.Rows)} rows, {Amounts.Count(data.Columns)} columns")
            .Add(data.Labels is null ? "" : $", classes from {Printable.OneLine(data.LabelSource, 40)}", Ink.Dim));
        screen.Line();
        screen.Lines(Shares(data, pca, screen.Width));
        double shown = pca.ExplainedVarianceRatio.Sum();
        int all = Math.Min(data.Rows, data.Columns);
        screen.Line($"  {pca.Count} of {all} axes explain {Amounts.Percent(shown)} of the variance.", Ink.Dim);
        if (pca.Count < 2)
            return;
        screen.Line();
        screen.Lines(TerminalFigure.Draw(
            new Figure("", Cloud(data, pca, scores)), screen.Width, ScatterRows, screen.HasColours));
    }

    private static IEnumerable<InkedLine> Shares(PcaData data, Pca pca, int width)
    {
        IReadOnlyList<double> ratios = pca.ExplainedVarianceRatio;
        double together = 0;
        string mostly = data.HasNames ? "mostly" : "";
        var table = new TextTable("axis", "variance", "share", "together", mostly, "").AlignRight(0, 1, 2, 3);
        int bar = Math.Clamp(width - (data.HasNames ? 80 : 42), 8, 30);
        for (int k = 0; k < pca.Count; k++)
        {
            together += ratios[k];
            table.Row($"{k + 1}", Ticks.Number(pca.ExplainedVariance[k]), Amounts.Percent(ratios[k]),
                Amounts.Percent(together), new InkedLine(Mostly(data, pca, k), Ink.Dim),
                new InkedLine(Bars.Bar(ratios[k] / Math.Max(ratios[0], 1e-300), bar), Ink.Model));
        }
        return table.Draw();
    }

    // The columns that an axis has most of.
    private static string Mostly(PcaData data, Pca pca, int axis)
    {
        if (!data.HasNames)
            return "";
        float[] weights = pca.Components.ToArray()[(axis * data.Columns)..((axis + 1) * data.Columns)];
        var most = weights.Index().OrderByDescending(part => Math.Abs(part.Item)).Take(2).Select(
            part => string.Create(CultureInfo.InvariantCulture, $"{part.Item:+0.00;−0.00} {data.Names[part.Index]}"));
        return Printable.OneLine(string.Join(", ", most), 44);
    }

    private static Figure Picture(string path, PcaData data, Pca pca, Tensor scores)
    {
        string[] names = [.. Enumerable.Range(1, pca.Count).Select(k => $"{k}")];
        double sum = 0;
        var scree = new Panel(
            new BarSeries("each", pca.ExplainedVarianceRatio),
            new LineSeries("together", [.. pca.ExplainedVarianceRatio.Select((share, k) => ((double)k, sum += share))])
            {
                HasDots = true,
            })
        {
            Title = "Explained variance",
            X = new Axis("axis") { Categories = names },
            Y = new Axis("share of the variance") { From = 0 },
        };
        string title = $"Principal components of {Path.GetFileName(path)}";
        return pca.Count < 2 ? new Figure(title, scree) : new Figure(title, Cloud(data, pca, scores), scree);
    }

    private static Panel Cloud(PcaData data, Pca pca, Tensor scores)
    {
        float[] values = scores.ToArray();
        (double, double)[] points = [.. Enumerable.Range(0, data.Rows)
            .Select(i => ((double)values[i * pca.Count], (double)values[i * pca.Count + 1]))];
        return new Panel([.. data.Labels is { } labels
            ? PointSeries.ByClass(points, labels) : [new PointSeries("", points)]])
        {
            Title = "The first two axes",
            X = Named(0),
            Y = Named(1),
        };

        Axis Named(int k) => new($"axis {k + 1} ({Amounts.Percent(pca.ExplainedVarianceRatio[k])})");
    }
}
