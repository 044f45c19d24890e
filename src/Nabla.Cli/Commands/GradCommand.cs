using System.CommandLine;
using Nabla.Cli.Calculus;
using Nabla.Cli.Output;
using Nabla.Cli.Output.Plots;
using Nabla.Formulas;
using Nabla.Formulas.Evaluation;

namespace Nabla.Cli.Commands;

/// <summary>Shows the slopes of a formula at a point.</summary>
internal sealed class GradCommand : NablaCommand
{
    private const int RowsOfPicture = 18;

    private readonly Argument<string?> formula = PointOption.Formula();
    private readonly Option<string[]> at =
        PointOption.Named("--at", "The point: a value for each name, as in x=3,y=2 or w=[1,2]");
    private readonly Option<string[]> of = new("--of")
    {
        Description = "Differentiate by these names only; the others stand still",
        HelpName = "NAME,…",
    };

    public GradCommand() : base("grad", "Show gradient, curvature and tangent of a formula at a point")
    {
        Arguments.Add(formula);
        foreach (Option option in new Option[] { at, of, CommonOptions.Plot })
            Options.Add(option);
    }

    public override int Place => 14;

    public override IReadOnlyList<string> Examples =>
    [
        "nabla grad 'x^2 + 2*x*y + y^2' --at x=3,y=2",
        "nabla grad 'x * log(x)' --at x=0.5 --plot curve.svg",
        "nabla grad 'w^T x + b' --at w=[0.4,-1.1] x=[1,3] b=0.7 --of w,b",
    ];

    public override int Run(Session session)
    {
        (Formula read, string[][] words) = PointOption.Read(session, this, formula, at);
        (Bindings point, Bindings still) = Split(PointOption.Bind(at.Name, words[0]), session.Get(of) ?? []);
        GradientReport report = session.Interrupts.WaitFor(
            () => new GradientReport(new FormulaFunction(read, point, still)));
        session.Result(GradientScreen.Document(report), () => Print(session.Screen, report));
        if (GradientFigure.Of(report) is { } figure)
            session.Plot(() => figure);
        else if (session.Get(CommonOptions.Plot) is not null)
            throw new UsageException(
                $"--plot draws functions of one or two numbers; this one depends on {report.Function.Count}. "
                + "Hold some still with --of.");
        return 0;
    }

    private static void Print(Screen screen, GradientReport report)
    {
        GradientScreen.Print(screen, report);
        screen.Line();
        if (GradientFigure.Of(report) is { } figure)
            screen.Lines(TerminalFigure.Draw(
                figure with { Title = "" }, screen.Width, RowsOfPicture, screen.HasColours)
                .Concat(Remarks(figure).Select(line => new InkedLine($"  {line}", Ink.Dim))));
        else
            screen.Line(report.Function.Count <= 2 ? "  No picture: it takes too long to draw."
                : $"  No picture: there are {report.Function.Count} variables, and paper has two.", Ink.Dim);
    }

    // What a map does not show by itself.
    private static IEnumerable<string> Remarks(Figure figure)
    {
        if (figure.Panels[0].Series.OfType<ContourSeries>().FirstOrDefault() is not { } contour)
            yield break;
        yield return "Lines of equal height at "
            + string.Join(", ", ContourSeries.Levels(contour.Grid()).Select(Shown.Number));
        yield return "The axes have scales of their own, so the arrow need not look as if it crossed them at a right "
            + "angle, as it does.";
    }

    private static (Bindings Point, Bindings Still) Split(Bindings all, string[] names)
    {
        string[] wanted = [.. names.SelectMany(name => name.Split(',', StringSplitOptions.TrimEntries))];
        foreach (string name in wanted.Where(name => !all.TryGet(name, out _)))
            throw new UsageException($"--of {name}: {name} has no value; give it one with --at {name}=….");
        var point = new Bindings { GivenBy = all.GivenBy };
        var still = new Bindings();
        foreach (string name in all.Names)
            (wanted.Length == 0 || wanted.Contains(name, StringComparer.Ordinal) ? point : still).Add(name, all[name]);
        return (point, still);
    }
}
