using System.Text.Json.Nodes;
using Nabla.Cli.Output;
using Nabla.Cli.Output.Plots;
using Nabla.Learning.Classification;
using Nabla.Numerics;

namespace Nabla.Cli.Classify;

/// <summary>What is told of a classifier that was tested.</summary>
internal sealed class ClassifyReport(ClassifyData data, TrainedClassifier trained, ClassifyResult result)
{
    private const int MostPictures = 10, MostRows = 8, MostClassesInMatrix = 30;

    private string[] Classes => trained.Config.Classes;

    private string Name(int c) => Printable.OneLine(Classes[c], 30);

    /// <summary>The confusion matrix as a panel; each row's shares of its class.</summary>
    public Panel MatrixPanel()
    {
        var shares = new double[Classes.Length, Classes.Length];
        for (int t = 0; t < Classes.Length; t++)
            for (int p = 0; p < Classes.Length; p++)
                shares[t, p] = result.Matrix[t, p];
        return new Panel(new HeatMapSeries("examples", shares) { ShowsNumbers = true })
        {
            Title = $"Confusion matrix: {Amounts.Percent(result.Matrix.Accuracy)} right",
            X = new Axis("predicted") { Categories = Classes },
            Y = new Axis("true") { Categories = Classes },
        };
    }

    /// <summary>The learning curve and the confusion matrix.</summary>
    public Figure Figure(ClassifyPicture? picture)
    {
        string title = $"{trained.Config.Model.ToString().ToLowerInvariant()} on {data.Name}";
        if (picture is null)
            return new Figure(title, MatrixPanel());
        var curves = new List<Series>
        {
            new LineSeries("training", [.. picture.Epochs.Select(e => ((double)e.Epoch, e.Loss))]) { HasDots = true },
        };
        if (picture.Epochs.Any(e => e.HeldOut is not null))
            curves.Add(new LineSeries(
                "held out", [.. picture.Epochs.Select(e => ((double)e.Epoch, e.HeldOut ?? double.NaN))])
            {
                HasDots = true,
            });
        return new Figure(title,
            new Panel([.. curves]) { Title = "Learning curve", X = new Axis("epoch"), Y = new Axis("loss, nats") },
            MatrixPanel());
    }

    public JsonObject Document() => new()
    {
        ["data"] = data.Name,
        ["model"] = trained.Config.Model.ToString().ToLowerInvariant(),
        ["parameters"] = trained.Model.ParameterCount(),
        ["test_examples"] = result.Matrix.Count,
        ["tested_on_training_data"] = data.IsTestedOnTraining,
        ["test_accuracy"] = result.Matrix.Accuracy,
        ["test_loss"] = JsonOutput.Number(result.Loss),
        ["test_top_3"] = result.TopThree,
        ["balanced_accuracy"] = JsonOutput.Number(result.Matrix.BalancedAccuracy),
        ["macro_f1"] = result.Matrix.Macro.F1,
        ["classes"] = JsonOutput.Array(Classes.Select((name, c) => new JsonObject
        {
            ["name"] = name,
            ["precision"] = result.Matrix.Precision(c),
            ["recall"] = result.Matrix.Recall(c),
            ["f1"] = result.Matrix.F1(c),
            ["examples"] = result.Matrix.Support(c),
        })),
        ["confusion"] = JsonOutput.Array(Enumerable.Range(0, Classes.Length).Select(t => JsonOutput.Array(
            Enumerable.Range(0, Classes.Length).Select(p => (JsonNode?)JsonValue.Create(result.Matrix[t, p]))))),
        ["worst_mistakes"] = JsonOutput.Array(result.Mistakes.Take(MostPictures).Select(mistake => new JsonObject
        {
            ["example"] = data.TestPlaces[mistake.Example],
            ["true"] = Classes[mistake.Truth],
            ["predicted"] = Classes[mistake.Predicted],
            ["probability"] = mistake.Probability,
        })),
    };

    public void Print(Screen screen)
    {
        string part = data.IsTestedOnTraining ? "Training accuracy" : "Test accuracy";
        screen.Line(new InkedLine($"{part} ", Ink.Strong).Add(Amounts.Percent(result.Matrix.Accuracy), Ink.Good)
            .Add($" ± {100 * result.Uncertainty:0.0}")
            .Add($"  of {Amounts.Count(result.Matrix.Count)} examples, loss {Amounts.Fixed(result.Loss, 4)} nats, "
                + $"macro F1 {Amounts.Fixed(result.Matrix.Macro.F1, 3)}", Ink.Dim));
        if (data.IsTestedOnTraining)
            screen.Line("There are too few examples to hold some out: this is not what it does on new ones.", Ink.Dim);
        screen.Line();
        screen.Lines(ByClass().Draw());
        screen.Line();
        if (Classes.Length <= MostClassesInMatrix)
            screen.Lines(TerminalFigure.Draw(
                new Figure("", MatrixPanel()), screen.Width, Classes.Length + 6, screen.HasColours));
        PrintMistakes(screen);
    }

    private TextTable ByClass()
    {
        var table = new TextTable("class", "precision", "recall", "F1", "examples").AlignRight(1, 2, 3, 4);
        for (int c = 0; c < Classes.Length; c++)
            table.Row(Name(c), Amounts.Fixed(result.Matrix.Precision(c), 3),
                Amounts.Fixed(result.Matrix.Recall(c), 3), Amounts.Fixed(result.Matrix.F1(c), 3),
                Amounts.Count(result.Matrix.Support(c)));
        return table;
    }

    private void PrintMistakes(Screen screen)
    {
        if (result.Mistakes.Count == 0)
            return;
        screen.Line();
        screen.Line($"The mistakes it was surest of, of {Amounts.Count(result.Mistakes.Count)}:", Ink.Dim);
        if (data.TestOf.ItemShape.Rank == 2)
            screen.Lines(ImagePicture.Row(screen.Width, [.. result.Mistakes.Take(MostPictures).Select(mistake =>
                new CaptionedImage(ImagePicture.Of(data.TestOf, data.TestPlaces[mistake.Example]),
                    [$"≠ {Name(mistake.Predicted)}", $"{Amounts.Percent(mistake.Probability)} sure",
                        $"is {Name(mistake.Truth)}"]))]));
        else
            screen.Lines(MistakenRows().Draw());
    }

    private TextTable MistakenRows()
    {
        const int shown = 5;
        string[] features = [.. trained.Config.Features.Take(shown).Select(name => Printable.OneLine(name, 16))];
        var table = new TextTable(["is", "taken for", "sure", .. features]);
        foreach (Mistake mistake in result.Mistakes.Take(MostRows))
        {
            float[] values = data.TestOf.Gather([data.TestPlaces[mistake.Example]], new Rng(0)).Inputs.ToArray();
            table.Row([Name(mistake.Truth), Name(mistake.Predicted), Amounts.Percent(mistake.Probability),
                .. values.Take(features.Length).Select(value => (InkedLine)Amounts.Rate(value))]);
        }
        return table;
    }
}
