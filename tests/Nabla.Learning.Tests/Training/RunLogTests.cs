using System.Text.Json.Nodes;
using Nabla.Learning.Tests.Checkpoints;
using Nabla.Learning.Training;

namespace Nabla.Learning.Tests.Training;

public sealed class RunLogTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_run_that_a_trainer_wrote_is_read_back()
    {
        var settings = new JsonObject { ["model"] = "mlp", ["net"] = new JsonObject { ["width"] = 64 } };
        new RunDescription("classify", settings, 7).Write(folder.Path);
        Trainer<int> trainer = new Regression().Trainer(new TrainerOptions { Steps = 6, ValidateEvery = 3 });
        trainer.Callbacks.Add(new MetricsFile(folder.Path));
        var losses = new List<double>();
        TrainingResult result = trainer.Run(new Listener<StepMetrics>(step => losses.Add(step.Loss)));
        RunLog run = RunLog.Read(folder.Path);
        run.Kind.ShouldBe("classify");
        run.Settings.Select(s => $"{s.Key}={s.Value}").ShouldBe(["model=mlp", "net.width=64", "seed=7"]);
        run.Steps.Select(s => s.Loss).ShouldBe(losses);
        run.Curve.Validation.Select(p => p.Step).ShouldBe([3, 6]);
        run.Curve.Validation[^1].Loss.ShouldBe(result.Validation!.Loss);
        (run.SpeedUnit, run.DamagedLines).ShouldBe(("examples", 0));
    }

    [Fact]
    public void Damaged_lines_are_counted_and_left_out()
    {
        Write("m", """
            {"step":2,"loss":2.5}
            {"step":1,"loss":3,"val_loss":"NaN"}
            not json at all
            {"step":"two","loss":1}
            {"step":3}
            [1, 2]
            {"step":2,"loss":2.25,"tokens_per_second":100}
            {"step":4,"lo
            """);
        RunLog run = RunLog.Read(folder["m"]);
        run.Steps.Select(s => (s.Step, s.Loss)).ShouldBe([(1, 3), (2, 2.25)]);
        run.Steps[0].ValLoss.ShouldBe(double.NaN);
        (run.DamagedLines, run.SpeedUnit, run.Kind).ShouldBe((5, "tokens", ""));
    }

    [Fact]
    public void A_damaged_record_does_not_hide_the_log()
    {
        Write("m", "{\"step\":1,\"loss\":3}");
        Directory.CreateDirectory(Path.Combine(folder["m"], "training"));
        File.WriteAllText(RunDescription.PathIn(folder["m"]), "{\"kind\": ");
        RunLog.Read(folder["m"]).Settings.ShouldBeEmpty();
        File.WriteAllText(RunDescription.PathIn(folder["m"]), "{\"kind\": 3, \"settings\": [1]}");
        RunLog.Read(folder["m"]).Kind.ShouldBe("");
        File.WriteAllText(RunDescription.PathIn(folder["m"]), "{\"kind\": \"a\", \"kind\": \"b\"}");
        RunLog.Read(folder["m"]).Steps.Count.ShouldBe(1);
        File.WriteAllText(RunDescription.PathIn(folder["m"]), "{\"settings\": {\"x\": 1, \"x\": 2}}");
        RunLog.Read(folder["m"]).Steps.Count.ShouldBe(1);
    }

    [Fact]
    public void Runs_are_found_below_a_folder()
    {
        Write("b/deep", "{\"step\":1,\"loss\":3}");
        Write("a", "{\"step\":1,\"loss\":3}");
        Directory.CreateDirectory(folder["empty"]);
        RunLog.Find(folder.Path).ShouldBe([folder["a"], Path.Combine(folder["b"], "deep")]);
        RunLog.Find(folder["empty"]).ShouldBeEmpty();
        Should.Throw<TrainingException>(() => RunLog.Find(folder["none"])).Message.ShouldContain("no folder");
    }

    [Fact]
    public void A_folder_without_a_run_says_what_was_expected()
    {
        Should.Throw<TrainingException>(() => RunLog.Read(folder.Path)).Message.ShouldContain("metrics.jsonl");
        Write("m", "nonsense\n");
        Should.Throw<TrainingException>(() => RunLog.Read(folder["m"])).Message.ShouldContain("'step' and 'loss'");
    }

    private void Write(string name, string lines)
    {
        Directory.CreateDirectory(folder[name]);
        File.WriteAllText(MetricsLog.PathIn(folder[name]), lines);
    }
}
