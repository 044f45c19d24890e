using System.Text.Json.Nodes;

namespace Nabla.Cli.Output.Plots;

/// <summary>What is where in a figure, for the read-outs of a page.</summary>
internal sealed class HoverData
{
    // More would make the page slow; what is left out lies between others.
    private const int MostSpots = 5000, MostCells = 250_000;

    private readonly JsonArray spots = [], maps = [];

    /// <summary>Points, with their numbers and what else is known of them.</summary>
    public void Add(
        string name, int colour, PanelScales scales,
        IEnumerable<((double X, double Y) Place, (double X, double Y) Value, string Note)> points)
    {
        var drawn = points.Where(point => !double.IsNaN(point.Place.X + point.Place.Y)).ToArray();
        int every = (drawn.Length + MostSpots - 1) / MostSpots;
        JsonArray x = [], y = [], texts = [];
        for (int i = 0; i < drawn.Length; i += every)
        {
            x.Add(Math.Round(drawn[i].Place.X, 1));
            y.Add(Math.Round(drawn[i].Place.Y, 1));
            texts.Add(Lines(name, Said(scales.X, "x", drawn[i].Value.X), Said(scales.Y, "y", drawn[i].Value.Y),
                drawn[i].Note));
        }
        if (x.Count > 0)
            spots.Add(new JsonObject
            {
                ["colour"] = colour % SvgStyle.Colours,
                ["x"] = x,
                ["y"] = y,
                ["texts"] = texts,
            });
    }

    /// <summary>The cells of a heat map.</summary>
    public void Add(HeatMapSeries map, Box box, PanelScales scales) => Add(map.Values, box, new JsonObject
    {
        ["name"] = Lettering.Clean(map.Name),
        ["x"] = Described(scales.X, "column", 0, map.Columns - 1),
        ["y"] = Described(scales.Y, "row", 0, map.Rows - 1),
    });

    /// <summary>The heights of a map on its grid, [y, x], the lowest y first.</summary>
    public void Add(ContourSeries contour, double[,] grid, Box box, PanelScales scales)
    {
        int rows = grid.GetLength(0), columns = grid.GetLength(1);
        double[,] fromTop = new double[rows, columns];
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
                fromTop[i, j] = grid[rows - 1 - i, j];
        Add(fromTop, box, new JsonObject
        {
            ["name"] = Lettering.Clean(contour.Name),
            ["x"] = Described(scales.X, "x", contour.X.From, contour.X.To),
            ["y"] = Described(scales.Y, "y", contour.Y.To, contour.Y.From),
        });
    }

    /// <summary>JSON that may stand in a script of a page: no text in it can end the script.</summary>
    public string ToJson() => new JsonObject { ["spots"] = spots, ["maps"] = maps }.ToJsonString();

    private void Add(double[,] values, Box box, JsonObject map)
    {
        if (values.Length > MostCells)
            return;
        map["box"] = new JsonArray(
            [.. new[] { box.Left, box.Top, box.Right, box.Bottom }.Select(side => (JsonNode)Math.Round(side, 1))]);
        map["rows"] = values.GetLength(0);
        map["columns"] = values.GetLength(1);
        map["values"] = new JsonArray([.. values.Cast<double>().Select(value => (JsonNode)Ticks.Number(value))]);
        maps.Add(map);
    }

    private static JsonObject Described(Axis axis, string otherwise, double from, double to) => new()
    {
        ["label"] = Lettering.Clean(axis.Label.Length > 0 ? axis.Label : otherwise),
        ["from"] = from,
        ["to"] = to,
        ["names"] = axis.Categories is { } names
            ? new JsonArray([.. names.Select(name => (JsonNode)Lettering.Clean(name))]) : null,
    };

    private static string Said(Axis axis, string otherwise, double value) =>
        axis.Categories is { Count: > 0 } names ? names[(int)Math.Clamp(Math.Round(value), 0, names.Count - 1)]
            : $"{(axis.Label.Length > 0 ? axis.Label : otherwise)}: {Ticks.Number(value)}";

    private static string Lines(params ReadOnlySpan<string> lines) =>
        string.Join('\n', lines.ToArray().Where(line => line.Length > 0).Select(Lettering.Clean));
}
