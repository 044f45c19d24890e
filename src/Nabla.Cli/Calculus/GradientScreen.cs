using System.Text.Json.Nodes;
using Nabla.Cli.Output;
using Nabla.Formulas.Printing;

namespace Nabla.Cli.Calculus;

/// <summary>A function at a point, for people and as JSON.</summary>
internal static class GradientScreen
{
    private const int MostShown = 12, LongestFormula = 70;

    public static void Print(Screen screen, GradientReport report)
    {
        FormulaFunction function = report.Function;
        screen.Line(new InkedLine(Printable.OneLine(function.Text, screen.Width - 2), Ink.Strong));
        string point = string.Join(", ", function.Point.Names.Select(
            name => $"{name} = {Printable.OneLine(function.Point[name].ToDisplay(40), 40).Replace('-', '−')}"));
        screen.Line(new InkedLine("at ", Ink.Dim).Add(point).Add(" it is ", Ink.Dim)
            .Add(Shown.Number(report.Value), Ink.Model));
        screen.Line();
        screen.Lines(Slopes(report));
        screen.Line();
        foreach (string line in function.Remarks.Concat(Sentences(report))
            .SelectMany(line => Printable.Wrap(line, screen.Width - 4)))
            screen.Line($"  {line}", Ink.Plain);
        if (function.Count > MostShown)
            return;
        screen.Line();
        screen.Lines(Curvature(report));
    }

    public static JsonObject Document(GradientReport report)
    {
        FormulaFunction function = report.Function;
        bool isSmooth = report.IsDefined && report.Step is null;
        double[] eigenvalues = isSmooth ? report.Eigenvalues : [];
        return new()
        {
            ["formula"] = function.Text,
            ["latex"] = FormulaPrinter.Latex(function.Formula.Tree),
            ["at"] = new JsonObject(Named((name, _) => JsonOutput.Numbers(function.Point[name]))),
            ["value"] = JsonOutput.Number(report.Value),
            ["names"] = JsonOutput.Array(function.Labels.Select(name => (JsonNode?)name)),
            ["gradient"] = isSmooth ? Numbers(report.Gradient) : null,
            ["formulas"] = new JsonObject(Named((_, i) => report.Formulas[i] is { } formula
                ? GradientReport.TextOf(formula) : null)),
            ["formulas_latex"] = new JsonObject(Named((_, i) => report.Formulas[i] is { } formula
                ? FormulaPrinter.Latex(formula.Formula) : null)),
            ["norm"] = isSmooth ? JsonOutput.Number(report.Steepness) : null,
            ["steepest_ascent"] = isSmooth && report.Uphill is { } uphill ? Numbers(uphill) : null,
            ["notes"] = JsonOutput.Array(function.Remarks.Select(remark => (JsonNode?)remark)),
            ["tangent"] = report.HasTangent ? report.Tangent : null,
            ["hessian"] = isSmooth ? JsonOutput.Array(Rows(report.Hessian).Select(Numbers)) : null,
            ["hessian_formulas"] = report.Seconds is { } seconds ? JsonOutput.Array(seconds.Select(
                row => JsonOutput.Array(row.Select(text => (JsonNode?)text)))) : null,
            ["eigenvalues"] = Numbers(eigenvalues),
            ["definiteness"] = eigenvalues.Length == 0 ? null : CriticalPoint.Definiteness(eigenvalues),
            ["critical_point"] = report.IsFlat && eigenvalues.Length > 0 ? CriticalPoint.Kind(eigenvalues) : null,
        };

        IEnumerable<KeyValuePair<string, JsonNode?>> Named(Func<string, int, JsonNode?> value) =>
            function.Point.Names.Select((name, i) => KeyValuePair.Create(name, value(name, i)));
    }

    private static IEnumerable<InkedLine> Slopes(GradientReport report)
    {
        FormulaFunction function = report.Function;
        var table = new TextTable("by", "derivative", "here");
        int next = 0;
        for (int i = 0; i < function.Point.Names.Count; i++)
        {
            int count = function.Point[function.Point.Names[i]].Count;
            double[] slopes = report.Gradient[next..(next + count)];
            next += count;
            string formula = report.Formulas[i] is { } derivative ? GradientReport.TextOf(derivative)
                : "no formula that one would write";
            string here = !report.IsDefined ? "undefined"
                : function.Point[function.Point.Names[i]].IsScalar ? Shown.Number(slopes[0])
                : Shown.Vector(slopes.Take(MostShown)) + (count > MostShown ? " …" : "");
            table.Row(new InkedLine(function.Point.Names[i], Ink.Model),
                new InkedLine(Printable.OneLine(formula, LongestFormula),
                    report.Formulas[i] is null ? Ink.Dim : Ink.Plain),
                new InkedLine(here, Ink.Strong));
        }
        return table.Draw();
    }

    private static IEnumerable<string> Sentences(GradientReport report)
    {
        string kind = report.Function.Count == 1 ? "line" : "plane";
        if (Irregular(report) is { } told)
        {
            yield return told;
            yield break;
        }
        if (report.Uphill is { } uphill)
        {
            yield return report.Function.Count == 1
                ? $"It {(uphill[0] > 0 ? "rises" : "falls")} here, by {Shown.Number(report.Steepness)} for each step "
                    + "of 1."
                : $"Uphill it goes fastest along {Shown.Vector(uphill.Take(MostShown))}, by "
                    + $"{Shown.Number(report.Steepness)} for each step of 1; downhill the other way.";
        }
        else if (!report.HasHessian)
        {
            yield return report.HidesCurvature ? "The gradient is 0 here; whether that is a minimum takes more second "
                + "derivatives than were computed." : "The gradient is 0 here, and there is no second derivative.";
        }
        else
        {
            yield return CriticalPoint.Kind(report.Eigenvalues) switch
            {
                "minimum" => "The gradient is 0 and every way leads up: a minimum.",
                "maximum" => "The gradient is 0 and every way leads down: a maximum.",
                "saddle" => "The gradient is 0; some ways lead up and some down: a saddle.",
                _ => "The gradient is 0, and there is a direction without curvature: the second derivatives do not "
                    + "decide whether this is a minimum.",
            };
        }
        if (report.Function.Count <= MostShown)
            yield return $"Tangent {kind}: {(report.Function.Count == 1 ? "y" : "z")} = {report.Tangent}";
    }

    // A step, a corner, an end of the numbers with a value: where nothing touches the function.
    private static string? Irregular(GradientReport report)
    {
        string Along(int axis) => report.Function.Count == 1 ? "" : $" along {report.Function.Labels[axis]}";
        if (report.Step is { } step)
            return $"Here the value jumps{Along(step.Axis)} from {Shown.Number(step.Left)} to "
                + $"{Shown.Number(step.Right)}: there is no slope.";
        if (report.Corner is not { } corner)
            return report.Filled is { } filled
                ? $"It is not defined here, but from both sides it goes to {Shown.Number(filled)}: with that value "
                    + "it has no gap."
                : !report.IsDefined ? "It is not defined here, so it has no slope; choose another point."
                : report.HasSlope ? null : "It has no finite slope here, so there is no tangent.";
        string gradient = report.Gradient is [var only] ? Shown.Number(only)
            : Shown.Vector(report.Gradient.Take(MostShown));
        string taken = report.HasSlope
            ? $"; as gradient, any slope between the two will do, and {gradient} is taken" : "";
        return $"Here is a corner{Along(corner.Axis)}: on the left the slope is {Shown.Number(corner.Left)}, on the "
            + $"right {Shown.Number(corner.Right)}. There is no tangent{taken}.";
    }

    private static IEnumerable<InkedLine> Curvature(GradientReport report)
    {
        if (!report.IsDefined || report.Step is not null)
            return [];
        if (!report.HasHessian)
            return [new InkedLine(report.HidesCurvature ? "  The second derivatives take too long to compute."
                : "  There is no second derivative here.", Ink.Dim)];
        if (report.Function.Count == 1)
            return [new InkedLine("  Second derivative: ", Ink.Dim)
                .Add(report.Seconds is { } second && second[0][0].Any(char.IsLetter) ? $"{second[0][0]} = " : "")
                .Add(Shown.Number(report.Hessian[0, 0]), Ink.Strong)];
        IEnumerable<InkedLine> numbers = Square("Hessian: second derivatives here", report,
            Rows(report.Hessian).Select(row => row.Select(Shown.Number)));
        bool hasFormulas = report.Seconds is { } all && all.Any(row => row.Any(text => text.Any(char.IsLetter)));
        IEnumerable<InkedLine> formulas = hasFormulas
            ? [.. Square("Hessian: second derivatives", report, report.Seconds!), ""] : [];
        return [.. formulas, .. numbers,
            new InkedLine($"  Eigenvalues {string.Join(", ", report.Eigenvalues.Select(Shown.Number))}: ")
                .Add(CriticalPoint.Definiteness(report.Eigenvalues), Ink.Strong)];
    }

    private static IEnumerable<InkedLine> Square(
        string title, GradientReport report, IEnumerable<IEnumerable<string>> rows)
    {
        IReadOnlyList<string> names = report.Function.Labels;
        yield return new InkedLine($"  {title}", Ink.Dim);
        var table = new TextTable(["", .. names]);
        foreach ((IEnumerable<string> row, string name) in rows.Zip(names))
            table.Row([new InkedLine(name, Ink.Model), .. row.Select(text => new InkedLine(text))]);
        foreach (InkedLine line in table.Draw())
            yield return line;
    }

    private static IEnumerable<double[]> Rows(double[,] matrix) => Enumerable.Range(0, matrix.GetLength(0))
        .Select(i => Enumerable.Range(0, matrix.GetLength(1)).Select(j => matrix[i, j]).ToArray());

    private static JsonArray Numbers(IEnumerable<double> values) =>
        JsonOutput.Array(values.Select(value => JsonOutput.Number(value)));
}
