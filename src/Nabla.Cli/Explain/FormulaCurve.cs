using Nabla.Cli.Calculus;
using Nabla.Cli.Output.Plots;
using Nabla.Formulas;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Explanation;
using Nabla.Formulas.Printing;
using Nabla.Formulas.Trees;

namespace Nabla.Cli.Explain;

/// <summary>
/// A formula as a function of one number, drawn with its slope: of the one name that has no value, or, where all
/// have one, of the only number among them.
/// </summary>
internal static class FormulaCurve
{
    private const int Samples = 240, MostOperations = 100_000, MostOperationsOfAll = 20_000_000;
    private const double Reach = 5, LeastDefined = 0.9, Tail = 0.05, MostRoom = 1;

    /// <summary>The curve; null where the formula is no function of one number.</summary>
    public static Panel? Of(ExplainedFormula explained, Bindings? bound)
    {
        if (Variable(explained, bound) is not { } name)
            return null;
        NumberArray? here = explained.ValueOf(name);
        var point = new Bindings();
        point.Add(name, here ?? new NumberArray(1));
        var still = new Bindings();
        foreach (string other in (bound?.Names ?? []).Where(other => other != name))
            still.Add(other, bound![other]);
        var function = new FormulaFunction(explained.Formula, point, still) { MostOperations = MostOperations };
        function.Allow(MostOperationsOfAll);
        return Ranges(name, here).Select(range => Drawn(function, explained, range, here))
            .FirstOrDefault(panel => panel is not null);
    }

    // A probability lies between 0 and 1; what is not defined for most numbers may be for positive ones.
    private static IEnumerable<(double From, double To)> Ranges(string name, NumberArray? here)
    {
        double reach = here is null ? Reach : 1.2 * Math.Max(Reach, Math.Abs(here.Values[0]));
        return name[0] is 'p' or 'q' && here is null or { Values: [>= 0 and <= 1] } ? [(0, 1)]
            : [(-reach, reach), (0, reach)];
    }

    private static string? Variable(ExplainedFormula explained, Bindings? bound)
    {
        string[] unbound = [.. explained.Unbound];
        if (explained.Value is null)
            return unbound is [var only] ? only : null;
        string[] numbers = [.. (bound?.Names ?? []).Where(name => bound![name].IsScalar)];
        if (explained.Value.Count != 1 || unbound.Length > 0)
            return null;
        return numbers is [var one] && bound!.Names.Count == 1 ? one : Argument(explained, numbers);
    }

    // Of several numbers the one that the left side is a function of, or that is called x.
    private static string? Argument(ExplainedFormula explained, string[] numbers)
    {
        string[] arguments = explained.Formula.Left is Call { Arguments: var all }
            ? [.. all.OfType<Symbol>().Select(symbol => symbol.Name)] : ["x"];
        return arguments is [var only] && numbers.Contains(only, StringComparer.Ordinal) ? only : null;
    }

    private static Panel? Drawn(
        FormulaFunction function, ExplainedFormula explained, (double From, double To) range, NumberArray? here)
    {
        var points = new List<CurvePoint>();
        for (int i = 0; i <= Samples && !function.IsSpent; i++)
            if (At(function, range.From + (range.To - range.From) * i / Samples) is { } point)
                points.Add(point);
        if (points.Count < LeastDefined * Samples)
            return null;
        Axis height = Height([.. points.Select(point => point.Y).Order()]);
        BreakAtPoles(points, height.To!.Value - height.From!.Value);
        string label = FormulaFigure.Short(function.Labels[0]);
        string left = explained.Formula.Left is (Symbol or Call) and var side
            ? FormulaFigure.Short(FormulaPrinter.Display(side)) : "value";
        List<Series> series = [new LineSeries(left, [.. points.Select(point => (point.X, point.Y))])];
        if (points.Exists(point => double.IsFinite(point.Slope) && point.Slope != 0))
            series.Add(new LineSeries($"slope by {label}", [.. points.Select(point => (point.X, point.Slope))])
            {
                IsDashed = true,
            });
        if (here is not null && explained.Value is { } value)
            series.Add(new PointSeries("here", [(here.Values[0], value.Values[0])]));
        return new Panel([.. series]) { X = new Axis(label), Y = height };
    }

    private static CurvePoint? At(FormulaFunction function, double x)
    {
        try
        {
            (double value, double[] gradient) = function.Slope([x]);
            return double.IsFinite(value) ? new(x, value, gradient[0]) : null;
        }
        catch (FormulaException)
        {
            return null;
        }
    }

    // Where a function falls from one point to the next though it rises at both, or the other way round, is a pole.
    private static void BreakAtPoles(List<CurvePoint> points, double height)
    {
        for (int i = points.Count - 1; i > 0; i--)
        {
            double jump = points[i].Y - points[i - 1].Y;
            if (Math.Abs(jump) > height / 2 && points[i].Slope * jump < 0 && points[i - 1].Slope * jump < 0)
                points.Insert(i, new(double.NaN, double.NaN, double.NaN));
        }
    }

    // A pole must not flatten the rest, nor a steep slope the curve.
    private static Axis Height(double[] sorted)
    {
        double low = sorted[(int)(Tail * (sorted.Length - 1))], high = sorted[(int)((1 - Tail) * (sorted.Length - 1))];
        double most = MostRoom * (high - low);
        (low, high) = (Math.Max(sorted[0], low - most), Math.Min(sorted[^1], high + most));
        double room = Math.Max(high - low, 1e-9) * 0.1;
        return new Axis { From = low - room, To = high + room };
    }

    private readonly record struct CurvePoint(double X, double Y, double Slope);
}
