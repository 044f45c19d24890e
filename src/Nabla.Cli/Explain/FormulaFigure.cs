using Nabla.Cli.Output.Plots;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Explanation;
using Nabla.Formulas.Printing;

namespace Nabla.Cli.Explain;

/// <summary>
/// The picture of an explained formula: a function of one number as a curve with its slope, lists as bars, matrices as
/// maps.
/// </summary>
internal static class FormulaFigure
{
    private const int MostPanels = 4, LongestTitle = 44;

    // What is longer is no picture any more.
    private const int MostBars = 200, WidestMap = 64;

    /// <summary>The picture; null where there is nothing to look at.</summary>
    /// <param name="explained">The formula.</param>
    /// <param name="bound">What its names were bound to, or null.</param>
    public static Figure? Of(ExplainedFormula explained, Bindings? bound)
    {
        Panel[] panels = FormulaCurve.Of(explained, bound) is { } curve ? [curve] : Values(explained);
        return panels.Length == 0 ? null : new Figure(FormulaPrinter.Display(explained.Formula.Tree), panels);
    }

    /// <summary>A name as it is written beside a picture.</summary>
    public static string Short(string name) => Shortened.To(name, LongestTitle);

    // The value, and before it the last steps on the way that say something new.
    private static Panel[] Values(ExplainedFormula explained)
    {
        if (explained.Value is not { } value)
            return [];
        var shown = new List<(string Title, NumberArray Value)>
        {
            (explained.Formula.Left is { } left ? FormulaPrinter.Display(left) : "value", value),
        };
        foreach (ExplainedStep step in explained.Steps.Reverse())
            if (step.Value is { } number && IsList(number) && !shown.Exists(other => other.Value.Equals(number)))
                shown.Add((FormulaPrinter.Display(step.Expression), number));
        return [.. shown.Take(MostPanels).Reverse().Select(one => PanelOf(one.Title, one.Value)).OfType<Panel>()];
    }

    private static bool IsList(NumberArray value) => value.Count > 1 && (value.Shape.Rank == 1
        ? value.Count <= MostBars : value.Shape is { Rank: 2 } sizes && Math.Max(sizes[0], sizes[1]) <= WidestMap);

    private static Panel? PanelOf(string title, NumberArray value)
    {
        if (!IsList(value))
            return null;
        Series series = value.Shape.Rank == 1 ? new BarSeries("", value.Values.ToArray()) : Map(value);
        var numbers = new Axis { Categories = Places(value.Shape[-1]) };
        return new Panel(series)
        {
            Title = Short(title),
            X = value.Shape.Rank == 2 ? numbers : new Axis(),
            Y = value.Shape.Rank == 2 ? new Axis { Categories = Places(value.Shape[0]) } : numbers,
        };
    }

    private static HeatMapSeries Map(NumberArray value)
    {
        var cells = new double[value.Shape[0], value.Shape[1]];
        for (int i = 0; i < value.Shape[0]; i++)
            for (int j = 0; j < value.Shape[1]; j++)
                cells[i, j] = value[i, j];
        return new HeatMapSeries("", cells)
        {
            ShowsNumbers = true,
            IsDiverging = value.Values.ContainsAnyInRange(double.NegativeInfinity, -double.Epsilon),
        };
    }

    private static string[] Places(int count) => [.. Enumerable.Range(1, count).Select(i => $"{i}")];
}
