using System.Globalization;
using System.Text.Json;
using Nabla.Learning.Training;

namespace Nabla.Cli.Tests;

public sealed class RunsTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("nabla-runs-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void Runs_under_a_folder_are_listed_with_losses_speed_and_verdict()
    {
        Write("b", t => 1 + Math.Exp(-3 * t), t => 1.1 + Math.Exp(-3 * t),
            "{\"seed\":1,\"recipe\":{\"dim\":64,\"steps\":9}}");
        Write("deep/a", t => 2 * Math.Exp(-6 * t), t => 1 + 1.5 * Math.Exp(-6 * t) + t,
            "{\"kind\":\"classify\",\"seed\":1,\"settings\":{\"dim\":32,\"steps\":9}}");
        InProcess all = InProcess.Run("runs", root);
        (all.ExitCode, all.Errors).ShouldBe((0, ""));
        foreach (string part in (string[])["b", "train", "still improving", "a", "classify", "overfits",
            "1.2 k tokens/s", "by heart", "dim", "64", "32", "validation loss", "training loss"])
            all.Output.ShouldContain(part);
        all.Output.ShouldNotContain("setting  seed");

        JsonElement json = InProcess.Run("runs", root, "--json").Json;
        JsonElement[] runs = [.. json.GetProperty("runs").EnumerateArray()];
        runs.Select(run => run.GetProperty("name").GetString()).ShouldBe(["b", "a"]);
        runs.Select(run => run.GetProperty("verdict").GetString()).ShouldBe(["still_improving", "overfits"]);
        runs[0].GetProperty("best_step").GetInt32().ShouldBe(200);
        runs[0].GetProperty("per_second").GetDouble().ShouldBe(1200);
        json.GetProperty("differences").GetRawText().Where(c => !char.IsWhiteSpace(c)).ToArray()
            .ShouldBe("{\"dim\":[\"64\",\"32\"]}".ToCharArray());
    }

    [Fact]
    public void One_run_shows_both_its_curves_and_its_damaged_lines_are_mentioned()
    {
        Write("m", t => 3 - t, t => 3 - t, record: null);
        File.AppendAllText(Path.Combine(root, "m", "metrics.jsonl"), "{\"step\":201,\"lo");
        InProcess one = InProcess.Run("runs", Path.Combine(root, "m"));
        one.ExitCode.ShouldBe(0);
        one.Output.ShouldContain("training");
        one.Output.ShouldContain("left out: 1");
    }

    [Theory]
    [InlineData("losses.svg", "<svg")]
    [InlineData("losses.html", "<html")]
    public void Curves_are_drawn_into_a_file(string name, string begins)
    {
        Write("a", t => 3 - t, t => 3 - t, record: null);
        Write("b", t => 2 - t, t => 3 - t, record: null);
        string file = Path.Combine(root, name);
        InProcess.Run("runs", root, "--plot", file).ExitCode.ShouldBe(0);
        File.ReadAllText(file).ShouldContain(begins);
    }

    [Fact]
    public void Runs_of_one_name_are_told_apart_by_their_folders()
    {
        Write("x/m", t => 3 - t, t => 3 - t, record: null);
        Write("y/m", t => 3 - t, t => 3 - t, record: null);
        InProcess.Run("runs", root, "--json").Json.GetProperty("runs").EnumerateArray()
            .Select(run => run.GetProperty("name").GetString()).ShouldBe(["x/m", "y/m"]);
    }

    [Fact]
    public void A_run_that_cannot_be_read_is_left_out_of_a_list_and_an_error_where_it_is_named()
    {
        Write("good", t => 3 - t, t => 3 - t, record: null);
        Directory.CreateDirectory(Path.Combine(root, "bad"));
        File.WriteAllText(Path.Combine(root, "bad", "metrics.jsonl"), "nonsense\n");
        InProcess list = InProcess.Run("runs", root);
        list.ExitCode.ShouldBe(0);
        list.Errors.ShouldContain("Left out");
        InProcess named = InProcess.Run("runs", Path.Combine(root, "bad"));
        named.ExitCode.ShouldBe(2);
        named.Errors.ShouldContain("no step that can be read");
    }

    [Fact]
    public void Folders_without_runs_are_an_error_that_says_what_makes_one()
    {
        InProcess.Run("runs", root).Errors.ShouldContain("nabla train");
        InProcess.Run("runs", Path.Combine(root, "none")).Errors.ShouldContain("There is no folder");
    }

    [Fact]
    public void A_run_whose_loss_became_no_number_is_shown_all_the_same()
    {
        Write("m", t => t > 0.9 ? double.NaN : 3 - t, t => 3 - t, record: null);
        InProcess one = InProcess.Run("runs", Path.Combine(root, "m"));
        one.ExitCode.ShouldBe(0);
        one.Output.ShouldContain("diverges");
        one.Output.ShouldContain("step 181 is NaN");
        InProcess.Run("runs", Path.Combine(root, "m"), "--json").ExitCode.ShouldBe(0);
    }

    private void Write(string name, Func<double, double> training, Func<double, double> validation, string? record)
    {
        const int steps = 200;
        string folder = Path.Combine(root, name);
        Directory.CreateDirectory(Path.Combine(folder, "training"));
        File.WriteAllLines(MetricsLog.PathIn(folder), Enumerable.Range(1, steps).Select(step =>
        {
            double t = (double)step / steps;
            string held = step % 10 == 0 ? $",\"val_loss\":{Json(validation(t))}" : "";
            return $"{{\"step\":{step},\"loss\":{Json(training(t))},\"tokens_per_second\":1200{held}}}";
        }));
        if (record is not null)
            File.WriteAllText(RunDescription.PathIn(folder), record);
    }

    private static string Json(double x) =>
        double.IsFinite(x) ? x.ToString("R", CultureInfo.InvariantCulture) : $"\"{x}\"";
}
