using System.CommandLine;
using System.Text.Json.Nodes;
using Nabla.Cli.Classify;
using Nabla.Cli.Output;
using Nabla.Learning.Classification;
using Nabla.Learning.Data.Formats;
using Nabla.Learning.Training;
using Nabla.Numerics;

namespace Nabla.Cli.Commands;

/// <summary>Trains a classifier of images or table rows and tests it, or tests one that was trained.</summary>
internal sealed class ClassifyCommand : NablaCommand
{
    private readonly Option<string?> data = new("--data")
    {
        Description = "A data set of 'nabla data list', or a table in a CSV file",
        HelpName = "NAME|FILE",
        Required = true,
    };
    private readonly Option<string?> model = CommonOptions.Choice(
        "--model", "mlp, cnn (images only) or linear (default: cnn for images, mlp for tables)", "KIND",
        "mlp", "cnn", "linear");
    private readonly Option<string?> label =
        new("--label") { Description = "The column of the class in a CSV file (default: the last)", HelpName = "NAME" };
    private readonly Option<string?> missing = CommonOptions.Choice(
        "--missing", "Of missing values in a CSV file: refuse them (the default), drop the rows or fill them in", "HOW",
        "refuse", "drop", "fill");
    private readonly Option<int?> epochs = CommonOptions.Whole("--epochs", "Passes over the training data", 1, 100_000);
    private readonly Option<int?> batch = CommonOptions.Whole("--batch", "Examples in a step", 2, 1 << 20);
    private readonly Option<float?> rate = CommonOptions.Real("--lr", "The learning rate at its peak");
    private readonly Option<string?> augment = CommonOptions.Choice(
        "--augment", "Whether training images are moved and mirrored a little (default: on for cnn)", "on|off",
        "on", "off");
    private readonly Option<long?> seed =
        CommonOptions.Seed("Seed of weights, parts and batches (default: 1); the same seed gives the same bits");
    private readonly Option<string?> load =
        new("--load") { Description = "Test the model in this folder instead of training one", HelpName = "FOLDER" };
    private readonly Option<string> folder =
        CommonOptions.Folder("--out", "Folder for the model and metrics.jsonl (default: nothing is kept)");

    public ClassifyCommand() : base("classify", "Train a classifier of images or table rows, and test it")
    {
        foreach (Option option in new Option[]
            { data, model, label, missing, epochs, batch, rate, augment, seed, load, folder, CommonOptions.Plot })
            Options.Add(option);
    }

    public override int Place => 8;

    public override IReadOnlyList<string> Examples =>
    [
        "nabla classify --data fashion-mnist --model cnn --out models/clothes",
        "nabla classify --data iris --model linear --plot iris.svg",
        "nabla classify --load models/clothes --data fashion-mnist",
    ];

    public override int Run(Session session)
    {
        if (session.Get(load) is { } from)
            return Test(session, from);
        long given = session.Get(seed) ?? 1;
        return Train(session, Parted(session, given), given);
    }

    private ClassifyData Parted(Session session, long parts) => session.Interrupts.WaitFor(() => ClassifyData.Open(
        session.Get(data)!, session.Get(label), Missing(session.Get(missing)), new Rng(parts)));

    private int Train(Session session, ClassifyData examples, long given)
    {
        if (session.Get(folder) is { } model)
            TrainedClassifier.RequireFree(model);
        ClassifyRecipe recipe = Recipe(session, examples);
        var run = new ClassifyRun(examples, recipe, session.Get(folder), given);
        if (session.Get(folder) is { } described)
            recipe.Description(examples.Name, given).Write(described);
        session.Screen.Line(new InkedLine("Training ", Ink.Strong)
            .Add($"{Amounts.Count(run.Trained.Model.ParameterCount())} parameters", Ink.Model)
            .Add($" on {Amounts.Count(examples.Training.Count)} examples of {examples.Name}: {Describe(recipe)}"));
        var picture = new ClassifyPicture(run.Steps, recipe.Epochs);
        TrainingResult end = ClassifyPicture.Show(session.Screen, picture, run, session.Cancellation);
        if (session.Get(folder) is { } to)
            run.Trained.Save(to);
        if (!end.Finished)
            return Stopped(session, end, recipe);
        ClassifyResult result = ClassifyResult.Of(run.Trained, examples.Test, session.Cancellation);
        Report(session, new ClassifyReport(examples, run.Trained, result), picture, new JsonObject
        {
            ["epochs"] = recipe.Epochs,
            ["batch"] = recipe.Batch,
            ["learning_rate"] = recipe.LearningRate,
            ["seed"] = given,
            ["training_examples"] = examples.Training.Count,
            ["held_out_accuracy"] = JsonOutput.Number(end.Validation?.Accuracy),
            ["seconds"] = Math.Round(end.Seconds, 2),
            ["folder"] = session.Get(folder),
        }, $"{recipe.Epochs} epochs in {Amounts.Time(end.Seconds)}");
        return 0;
    }

    private int Test(Session session, string from)
    {
        foreach (Option option in new Option[] { model, epochs, batch, rate, augment, seed, folder })
            if (session.IsGiven(option))
                throw new UsageException($"{option.Name} is for training and does not go with --load. Leave one out.");
        TrainedClassifier trained = TrainedClassifier.Load(from);
        ClassifyData examples = Parted(session, trained.Config.Seed);
        if (!trained.Config.Classes.SequenceEqual(examples.Whole.Classes, StringComparer.Ordinal))
            throw new UsageException($"The model in {from} tells {Names(trained.Config.Classes)}; {examples.Name} has "
                + $"{Names(examples.Whole.Classes)}. Give the data that it was trained on.");
        ClassifyResult result = ClassifyResult.Of(trained, examples.Test, session.Cancellation);
        Report(session, new ClassifyReport(examples, trained, result), null,
            new JsonObject { ["folder"] = from }, $"tested the model in {from}");
        return 0;
    }

    private void Report(
        Session session, ClassifyReport report, ClassifyPicture? picture, JsonObject facts, string what)
    {
        JsonObject document = report.Document();
        foreach ((string key, JsonNode? value) in facts)
            document[key] = value?.DeepClone();
        session.Result(document, () =>
        {
            session.Screen.Line();
            session.Screen.Line(new InkedLine("Done", Ink.Good).Add($": {what}."));
            report.Print(session.Screen);
            if (session.Get(folder) is { } to)
                session.Screen.Line(new InkedLine("Test it again with  ", Ink.Dim).Add(
                    Shell.Command("classify", "--load", to, "--data", session.Get(data)!), Ink.Model));
        });
        session.Plot(() => report.Figure(picture));
    }

    private int Stopped(Session session, TrainingResult end, ClassifyRecipe recipe)
    {
        var document = new JsonObject { ["finished"] = false, ["step"] = end.Position.Step };
        session.Result(document, () => { });
        session.Remarks.Line(
            $"Stopped in epoch {end.Position.Epoch + 1} of {recipe.Epochs}; the model was not tested."
            + (session.Get(folder) is { } to ? $" What it has learned so far is in {to}." : ""));
        return session.Interrupts.ExitCode;
    }

    private ClassifyRecipe Recipe(Session session, ClassifyData examples)
    {
        ClassifierKind kind = session.Get(model) switch
        {
            "linear" => ClassifierKind.Linear,
            "mlp" => ClassifierKind.Mlp,
            "cnn" => ClassifierKind.Cnn,
            _ => examples.Whole.ItemShape.Rank >= 2 ? ClassifierKind.Cnn : ClassifierKind.Mlp,
        };
        if (kind == ClassifierKind.Cnn && examples.Whole.ItemShape.Rank < 2)
            throw new UsageException($"--model cnn is for images; {examples.Name} is a table. Use mlp or linear.");
        if (session.Get(augment) == "on" && examples.Whole.ItemShape.Rank < 2)
            throw new UsageException($"--augment on is for images; {examples.Name} is a table. Leave it out.");
        if (session.Get(rate) is { } given && !(given > 0 && float.IsFinite(given)))
            throw new UsageException($"--lr is {Amounts.Rate(given)}; it must be a finite number above 0.");
        ClassifyRecipe recipe = ClassifyRecipe.For(kind, examples.Whole);
        bool changes = session.Get(augment) is { } word ? word == "on" : kind == ClassifierKind.Cnn;
        return recipe with
        {
            Epochs = session.Get(epochs) ?? recipe.Epochs,
            Batch = session.Get(batch) ?? recipe.Batch,
            LearningRate = session.Get(rate) ?? recipe.LearningRate,
            Augmentation = changes ? ClassifyRecipe.AugmentationFor(examples.Name, examples.Whole.ItemShape) : null,
        };
    }

    private static MissingValues Missing(string? how) => how switch
    {
        "drop" => MissingValues.DropRows,
        "fill" => MissingValues.Impute,
        _ => MissingValues.Refuse,
    };

    private static string Describe(ClassifyRecipe recipe) =>
        $"{recipe.Model.ToString().ToLowerInvariant()}, {recipe.Epochs} epochs, batch {recipe.Batch}, "
        + $"learning rate {Amounts.Rate(recipe.LearningRate)}{(recipe.Augmentation is null ? "" : ", augmented")}";

    private static string Names(IReadOnlyList<string> classes) =>
        string.Join(", ", classes.Take(5).Select(Foreign.Quote)) + (classes.Count > 5 ? " …" : "");
}
