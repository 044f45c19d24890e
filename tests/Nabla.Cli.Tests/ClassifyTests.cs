using System.Text.Json;
using Nabla.Cli.Output;

namespace Nabla.Cli.Tests;

public sealed class ClassifyTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("nabla-test-").FullName;

    [Theory]
    [InlineData("linear")]
    [InlineData("mlp")]
    public void Iris_is_told_and_the_report_adds_up(string model)
    {
        InProcess result = Classify("--data", "iris", "--model", model, "--json");
        result.ExitCode.ShouldBe(0, result.Errors);
        JsonElement json = result.Json;
        json.GetProperty("test_accuracy").GetDouble().ShouldBeGreaterThan(0.85);
        json.GetProperty("training_examples").GetInt32().ShouldBeInRange(100, 115);
        int[][] confusion = json.GetProperty("confusion").Deserialize<int[][]>()!;
        confusion.Sum(row => row.Sum()).ShouldBe(30);
        confusion.Select((row, c) => row[c]).Sum().ShouldBe((int)Math.Round(
            30 * json.GetProperty("test_accuracy").GetDouble()));
        json.GetProperty("classes").EnumerateArray().Select(c => c.GetProperty("examples").GetInt32()).Sum()
            .ShouldBe(30);
        json.GetProperty("worst_mistakes").GetArrayLength().ShouldBeLessThanOrEqualTo(10);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_whatever_the_threads()
    {
        string Loss(params string[] more) => Classify(["--data", "iris", "--epochs", "3", "--json", .. more])
            .Json.GetProperty("test_loss").GetRawText();
        string one = Loss("--threads", "1");
        Loss("--threads", "2").ShouldBe(one);
        Loss("--seed", "2").ShouldNotBe(one, StringComparer.Ordinal);
    }

    [Fact]
    public void A_model_is_kept_and_tested_again_on_the_same_examples()
    {
        string to = Path.Combine(folder, "model");
        InProcess trained = Classify("--data", "iris", "--seed", "5", "--epochs", "5", "--out", to, "--json");
        trained.ExitCode.ShouldBe(0, trained.Errors);
        File.ReadAllLines(Path.Combine(to, "metrics.jsonl")).Length.ShouldBe(5 * (111 / 16));
        JsonElement again = Classify("--data", "iris", "--load", to, "--json").Json;
        foreach (string number in new[] { "test_accuracy", "test_loss", "confusion" })
            again.GetProperty(number).GetRawText().ShouldBe(trained.Json.GetProperty(number).GetRawText());
    }

    [Fact]
    public void A_table_of_ones_own_is_learned()
    {
        string table = Path.Combine(folder, "fruit.csv");
        File.WriteAllLines(table, ["weight;colour;fruit", .. Enumerable.Range(0, 60).Select(i =>
            i % 2 == 0 ? $"{150 + i};red;apple" : $"{120 + i};yellow;banana")]);
        InProcess result = Classify("--data", table, "--json");
        result.ExitCode.ShouldBe(0, result.Errors);
        result.Json.GetProperty("test_accuracy").GetDouble().ShouldBe(1);
        InProcess other = Classify("--data", table, "--label", "colour", "--epochs", "1", "--json");
        other.Json.GetProperty("classes")[0].GetProperty("name").GetString().ShouldBe("red");
    }

    [Fact]
    public void Classes_too_small_to_hold_some_out_are_an_error_before_training()
    {
        string table = Path.Combine(folder, "ids.csv");
        File.WriteAllLines(table, ["x,id", .. Enumerable.Range(0, 40).Select(i => $"{i % 7},name{i}")]);
        InProcess result = Classify("--data", table);
        result.ExitCode.ShouldBe(2, result.Errors);
        result.Errors.ShouldContain("40 examples of 40 classes");
        result.Output.ShouldBeEmpty();
    }

    [Fact]
    public void The_columns_of_the_matrix_have_their_names_in_full() =>
        Classify("--data", "iris", "--epochs", "2").Output.ShouldContain("setosa versicolor  virginica");

    [Fact]
    public void For_people_there_are_a_table_a_matrix_and_the_worst_mistakes()
    {
        string plot = Path.Combine(folder, "iris.svg");
        InProcess result = Classify("--data", "iris", "--epochs", "3", "--plot", plot);
        result.ExitCode.ShouldBe(0, result.Errors);
        foreach (string part in new[]
            { "Training ", "epoch 1/3  loss ", "Test accuracy ", "precision", "setosa", "Confusion matrix", plot })
            result.Output.ShouldContain(part);
        File.ReadAllText(plot).ShouldContain("Learning curve");
    }

    [Fact]
    public void Many_epochs_are_told_in_few_lines()
    {
        string[] lines = Classify("--data", "rain", "--model", "linear").Output.Split('\n');
        lines.Count(line => line.StartsWith("epoch ", StringComparison.Ordinal)).ShouldBeInRange(10, 45);
        lines.ShouldContain(line => line.StartsWith("Training accuracy", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("There is no data set 'irsi'. Did you mean 'iris'?", "--data", "irsi")]
    [InlineData("There is no file 'none.csv'. Check the path.", "--data", "none.csv")]
    [InlineData("diabetes has no classes", "--data", "diabetes")]
    [InlineData("--model cnn is for images; iris is a table.", "--data", "iris", "--model", "cnn")]
    [InlineData("--lr is 0; it must be a finite number above 0.", "--data", "iris", "--lr", "0")]
    [InlineData("--augment on is for images; iris is a table.", "--data", "iris", "--augment", "on")]
    [InlineData("--batch is 1; it must be 2 or more.", "--data", "iris", "--batch", "1")]
    [InlineData("--label is for tables in files; iris knows its classes.", "--data", "iris", "--label", "x")]
    [InlineData("--epochs is for training and does not go with --load.", "--data", "iris", "--load", "x",
        "--epochs", "1")]
    [InlineData("--plot takes a file name that ends in .svg or .html", "--data", "iris", "--plot", "x.png")]
    [InlineData("'nabla classify' needs --data NAME|FILE")]
    public void Wrong_options_are_one_line_and_code_2(string message, params string[] options)
    {
        InProcess result = Classify(options);
        result.ExitCode.ShouldBe(2);
        result.Output.ShouldBeEmpty();
        result.Errors.ShouldStartWith($"nabla: {message}");
        result.Errors.Count(c => c == '\n').ShouldBe(1);
    }

    [Fact]
    public void Nothing_is_trained_where_there_is_one_class_or_where_another_model_would_be_lost()
    {
        string table = Path.Combine(folder, "one.csv"), model = Path.Combine(folder, "model");
        File.WriteAllLines(table, ["x,y", "1,a", "2,a"]);
        Classify("--data", table).Errors.ShouldContain("has the class 'a' only");
        Directory.CreateDirectory(model);
        File.WriteAllText(Path.Combine(model, "config.json"), "{\"model_type\":\"gpt2\"}");
        InProcess result = Classify("--data", "iris", "--out", model);
        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldContain("holds a model that is no classifier");
        Directory.GetFiles(model).Length.ShouldBe(1);
    }

    [Fact]
    public void A_run_says_what_it_was_started_with()
    {
        Classify("--data", "iris", "--model", "linear", "--epochs", "2", "--out", folder).ExitCode.ShouldBe(0);
        JsonElement run = InProcess.Run("runs", folder, "--json").Json.GetProperty("runs")[0];
        run.GetProperty("kind").GetString().ShouldBe("classify");
        run.GetProperty("settings").GetProperty("data").GetString().ShouldBe("iris");
        run.GetProperty("settings").GetProperty("epochs").GetString().ShouldBe("2");
    }

    [Fact]
    public void Missing_values_are_refused_dropped_or_filled_in()
    {
        string table = Path.Combine(folder, "gaps.csv");
        File.WriteAllLines(
            table, ["x,y", .. Enumerable.Range(0, 40).Select(i => i == 7 ? ",a" : $"{i},{"ab"[i / 20]}")]);
        InProcess refused = Classify("--data", table, "--epochs", "1");
        refused.ExitCode.ShouldBe(2);
        refused.Errors.ShouldContain("column 'x' has missing values. Leave such rows out with --missing drop, or");
        Classify("--data", table, "--epochs", "1", "--missing", "drop").ExitCode.ShouldBe(0);
        Classify("--data", table, "--epochs", "1", "--missing", "fill").ExitCode.ShouldBe(0);
    }

    [Fact]
    public void Images_are_drawn_in_dots()
    {
        var image = new float[8, 8];
        for (int y = 0; y < 8; y++)
            for (int x = 4; x < 8; x++)
                image[y, x] = 1;
        List<InkedLine> lines = ImagePicture.Draw(image);
        lines.Count.ShouldBe(6);
        lines.ShouldAllBe(line => line.ToString() == "      ⣿⣿⣿⣿⣿⣿");
        InkedLine[] row = [.. ImagePicture.Row(40, [new(image, ["a"]), new(image, ["b", "c"])])];
        row.Length.ShouldBe(8);
        row[6].ToString().ShouldBe("  a             b");
        row[7].ToString().TrimEnd().ShouldBe("                c");
        ImagePicture.Row(40, []).ShouldBeEmpty();
    }

    [Fact]
    public void Data_sets_are_listed_described_and_fetched()
    {
        JsonElement list = InProcess.Run("data", "list", "--json").Json;
        list.GetProperty("datasets").EnumerateArray().Select(one => one.GetProperty("name").GetString())
            .ShouldContain("fashion-mnist", StringComparer.Ordinal);
        InProcess.Run("data", "list").Output.ShouldContain("built in");
        InProcess info = InProcess.Run("data", "info", "iris");
        info.Output.ShouldContain("Fisher 1936");
        info.Output.ShouldContain("setosa");
        InProcess fetched = InProcess.Run("data", "fetch", "iris", "rain", "--json");
        fetched.ExitCode.ShouldBe(0, fetched.Errors);
        fetched.Json.GetProperty("datasets").GetArrayLength().ShouldBe(2);
        InProcess unknown = InProcess.Run("data", "info", "mnits");
        unknown.ExitCode.ShouldBe(2);
        unknown.Errors.ShouldContain("Did you mean 'mnist'?");
        InProcess.Run("data").Errors.ShouldContain("'nabla data' needs a command: list, info, fetch.");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static InProcess Classify(params string[] options) => InProcess.Run(["classify", .. options]);
}
