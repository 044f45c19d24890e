using Nabla.Learning.Checkpoints;
using Nabla.Learning.Classification;
using Nabla.Learning.Data;
using Nabla.Learning.Data.Formats;
using Nabla.Numerics;
using TemporaryFolder = Nabla.Learning.Tests.Checkpoints.TemporaryFolder;

namespace Nabla.Learning.Tests;

public class TrainedClassifierTests
{
    private static readonly LabelledData Data = new(
        NumericArray.Of([.. Enumerable.Range(0, 5 * 64).Select(i => (float)Math.Sin(i))], 5, 8, 8), [0, 1, 0, 1, 0],
        ["no", "yes"]);

    [Theory]
    [InlineData(ClassifierKind.Linear)]
    [InlineData(ClassifierKind.Mlp)]
    [InlineData(ClassifierKind.Cnn)]
    public void A_model_that_is_saved_and_loaded_says_the_same(ClassifierKind kind)
    {
        using var folder = new TemporaryFolder();
        ClassifierConfig config = Config(kind);
        var trained = new TrainedClassifier(config, config.Build(new Rng(7)));
        trained.Save(folder["model"]);
        TrainedClassifier loaded = TrainedClassifier.Load(folder["model"]);
        loaded.Scores(Data).ToArray().ShouldBe(trained.Scores(Data).ToArray());
        loaded.Scores(Data).Shape.ToArray().ShouldBe([5, 2]);
        loaded.Config.ToJson().ShouldBe(config.ToJson());
    }

    [Fact]
    public void Examples_of_another_shape_are_refused()
    {
        ClassifierConfig config = Config(ClassifierKind.Linear) with { Input = [8, 9] };
        Should.Throw<DataException>(() => new TrainedClassifier(config, config.Build(new Rng(1))).Scores(Data)).Message
            .ShouldBe("The examples have the shape [8, 8]; the model expects [8, 9]. "
                + "Give data like those that it was trained on.");
    }

    [Theory]
    [InlineData("\"nabla-classifier\"", "\"gpt2\"", "model_type")]
    [InlineData("\"mlp\"", "\"tree\"", "model")]
    [InlineData("\"dropout\": 0.2", "\"dropout\": 1", "dropout")]
    [InlineData("\"dropout\": 0.2", "\"drop\": 1", "drop")]
    [InlineData("16", "0", "hidden")]
    [InlineData("16", "99999999", "hidden")]
    [InlineData("0.25", "0", "Standardizer")]
    [InlineData("\"no\"", "\"no\" \"maybe\"", "'\"'")]
    [InlineData("16", "17", "hidden.0.weight")]
    public void A_folder_that_was_altered_is_refused(string what, string by, string named)
    {
        using var folder = new TemporaryFolder();
        ClassifierConfig config = Config(ClassifierKind.Mlp);
        new TrainedClassifier(config, config.Build(new Rng(7))).Save(folder.Path);
        string json = File.ReadAllText(folder["config.json"]);
        json.ShouldContain(what);
        File.WriteAllText(folder["config.json"], json.Replace(what, by, StringComparison.Ordinal));
        Should.Throw<CheckpointException>(() => TrainedClassifier.Load(folder.Path)).Message
            .ShouldSatisfyAllConditions(
                message => message.ShouldStartWith("Cannot use '"), message => message.ShouldContain(named));
    }

    [Fact]
    public void A_folder_without_a_model_is_refused()
    {
        using var folder = new TemporaryFolder();
        Should.Throw<CheckpointException>(() => TrainedClassifier.Load(folder.Path)).Message
            .ShouldContain("no such file");
    }

    private static ClassifierConfig Config(ClassifierKind kind) => new()
    {
        Model = kind,
        Input = [8, 8],
        Classes = ["no", "yes"],
        Hidden = kind == ClassifierKind.Mlp ? [16] : [],
        Dropout = 0.2f,
        Means = [0.5f],
        Deviations = [0.25f],
    };
}
