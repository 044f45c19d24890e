using System.Text.Json;
using Nabla.Cli.Calculus;
using Nabla.Cli.Explain;
using Nabla.Cli.Output;
using Nabla.Cli.Output.Plots;
using Nabla.Formulas;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Explanation;
using Nabla.Formulas.Tests.Hostile;
using Nabla.Numerics;

namespace Nabla.Cli.Tests.Hostile;

/// <summary>What the commands do with a text beside what the library does: pictures, screens, descents.</summary>
internal sealed class WholeCommand(string text, Rng rng, Ledger ledger) : WholePath(text, rng, ledger)
{
    private const int Steps = 50, MostNames = 3;
    private const float Rate = 0.1f;

    private static readonly string?[] Lengths = [null, "line", "paragraph", "steps"];
    private static readonly string[] Shapes =
        ["2", "3x3", "10x64", "1x1x1", "1000000", "100000000x100", "0", "x", "nxd"];

    private readonly Rng rng = rng;

    protected override void Shown(ExplainedFormula explained, Bindings? values)
    {
        Figure? figure = Part("picture", () => FormulaFigure.Of(explained, values));
        string svg = figure is null ? "" : Part("svg", () => SvgFigure.Draw(figure)) ?? "";
        Part("page", () => ExplanationPage.Write(explained, svg));
        Part("json", () => Document(explained));
        foreach (string? length in Lengths)
            Part("screen", () => Printed(screen =>
                FormulaScreen.Print(screen, explained, new ExplainOptions { Length = length }, figure)));
    }

    protected override void Moved(Formula formula, Bindings values)
    {
        var point = new Bindings();
        foreach (string name in values.Names.Take(MostNames))
            point.Add(name, values[name]);
        var still = new Bindings();
        foreach (string name in values.Names.Skip(MostNames))
            still.Add(name, values[name]);
        Part("grad", () =>
        {
            var report = new GradientReport(new FormulaFunction(formula, point, still));
            GradientFigure.Of(report);
            return Printed(screen => GradientScreen.Print(screen, report));
        });
        if (rng.NextInt(4) > 0)
            return;
        Part("descend", () =>
        {
            var report = new DescentReport(
                new FormulaFunction(formula, point, still), DescentRacers.Named("sgd"), Rate, Steps);
            DescentFigure.Of(report);
            return Printed(screen => DescentScreen.Print(screen, report));
        });
    }

    protected override void Given(IReadOnlyList<string> values)
    {
        string[] names = [.. values.Select(value => value.Split('=')[0])];
        string members = string.Join(',', values.Zip(names, (value, name) =>
            $"{JsonSerializer.Serialize(name)}:{value[(name.Length + 1)..]}"));
        string grad = JsonSerializer.Serialize(names.Take(MostNames));
        string formula = $"{{\"formula\":{JsonSerializer.Serialize(Text)},";
        Part("batch", () => Batched($"{formula}\"with\":{{{members}}}}}"));
        Part("batch", () => Batched($"{formula}\"grad\":{grad}}}"));
        Part("batch", () => Batched(Text), computations: 1 + Text.Count(c => c == '\n')); // a formula on each line
        string[] shapes = [.. names.Select(name => $"{name}={Shapes[rng.NextInt(Shapes.Length)]}")];
        Part("shapes", () => Document(
            Explainer.Explain(Text, new ExplainOptions { Shapes = shapes, Gradients = [.. names.Take(1)] }.Request())));
    }

    protected override bool IsRefusal(Exception error) => base.IsRefusal(error) || error is UsageException;

    private static string Document(ExplainedFormula explained)
    {
        FormulaDocument.Write(TextWriter.Null, explained);
        return "";
    }

    private static string Batched(string line)
    {
        new Batch(new ExplainOptions()).Run(new StringReader(line), TextWriter.Null, CancellationToken.None);
        return "";
    }

    private static string Printed(Action<Screen> print)
    {
        print(new Screen(TextWriter.Null, null));
        return "";
    }
}
