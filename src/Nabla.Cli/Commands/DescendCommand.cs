using System.CommandLine;
using Nabla.Cli.Calculus;
using Nabla.Cli.Output.Plots;
using Nabla.Formulas;

namespace Nabla.Cli.Commands;

/// <summary>Lets an optimizer run down a formula.</summary>
internal sealed class DescendCommand : NablaCommand
{
    private const float UsualRate = 0.1f;
    private const int UsualSteps = 50, MostSteps = 100_000, RowsOfPicture = 16;

    private readonly Argument<string?> formula = PointOption.Formula();
    private readonly Option<string[]> from =
        PointOption.Named("--from", "Where to begin: a value for each name to be changed, as in w=10");
    private readonly Option<string[]> with =
        PointOption.Named("--with", "Values of names that stand still, as in lambda=0.1");
    private readonly Option<float?> rate =
        CommonOptions.Real("--lr", $"Learning rate (default: {UsualRate})");
    private readonly Option<string?> optimizer = CommonOptions.Choice("--optimizer",
        $"{string.Join(", ", DescentRacers.Names)} (default: sgd, plain gradient descent)", "NAME",
        DescentRacers.Names);
    private readonly Option<int?> steps =
        CommonOptions.Whole("--steps", $"How many steps (default: {UsualSteps})", 1, MostSteps);

    public DescendCommand() : base("descend", "Run an optimizer down a formula, step by step")
    {
        Arguments.Add(formula);
        foreach (Option option in new Option[] { from, with, rate, optimizer, steps, CommonOptions.Plot })
            Options.Add(option);
    }

    public override int Place => 15;

    public override IReadOnlyList<string> Examples =>
    [
        "nabla descend '(w - 3)^2' --from w=10 --lr 0.1",
        "nabla descend '(1 - x)^2 + 100*(y - x^2)^2' --from x=-1.2,y=1 --optimizer adam --lr 0.05 --steps 500",
        "nabla descend '(w - 3)^2 + lambda*w^2' --from w=10 --with lambda=0.5 --plot way.svg",
    ];

    public override int Run(Session session)
    {
        (Formula read, string[][] words) = PointOption.Read(session, this, formula, from, with);
        if (words[0].Length == 0)
            throw new UsageException($"'{FullName}' needs --from: where to begin, as in --from w=10. "
                + $"See '{FullName} --help'.");
        float learningRate = session.Get(rate) ?? UsualRate;
        if (!(learningRate > 0) || !float.IsFinite(learningRate))
            throw new UsageException($"--lr is {learningRate}; it must be a number above 0, such as {UsualRate}.");
        var function = new FormulaFunction(read, PointOption.Bind(from.Name, words[0]),
            PointOption.Bind(with.Name, words[1]));
        int length = session.Get(steps) ?? UsualSteps;
        DescentReport report = session.Interrupts.WaitFor(() => new DescentReport(
            function, DescentRacers.Named(session.Get(optimizer) ?? "sgd"), learningRate, length));
        session.Result(DescentScreen.Document(report), () =>
        {
            DescentScreen.Print(session.Screen, report);
            session.Screen.Line();
            session.Screen.Lines(TerminalFigure.Draw(DescentFigure.Of(report) with { Title = "" },
                session.Screen.Width, RowsOfPicture, session.Screen.HasColours));
        });
        session.Plot(() => DescentFigure.Of(report));
        return 0;
    }
}
