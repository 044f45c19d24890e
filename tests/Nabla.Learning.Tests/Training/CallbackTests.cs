using System.Text.Json;
using Nabla.Learning.Checkpoints;
using Nabla.Learning.Optimizers;
using Nabla.Learning.Schedules;
using Nabla.Learning.Tests.Checkpoints;
using Nabla.Learning.Training;
using Nabla.Tensors;

namespace Nabla.Learning.Tests.Training;

public sealed class CallbackTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Early_stopping_waits_for_its_patience_and_remembers_it_in_a_checkpoint()
    {
        double[] losses = [3, 2, 2.5, 1.9, 2, 1.95, 1.91, 1];
        var stopping = new EarlyStopping(patience: 3);
        TrainingResult result = Scripted(losses, stopping).Run();
        (result.Position.Step, result.Finished).ShouldBe((7, true));
        (stopping.Best, stopping.BestStep).ShouldBe((1.9, 4));
        result.StopReason!.ShouldContain("1.9, of step 4");

        var cut = new EarlyStopping(patience: 3);
        string path = Path.Combine(folder.Path, "state.safetensors");
        Scripted(losses, cut, new TrainerOptions { Steps = 6, ValidateEvery = 1, CheckpointPath = path }).Run();
        var resumed = new EarlyStopping(patience: 3);
        Trainer<int> rest = Scripted(losses, resumed);
        rest.Load(path);
        rest.Run().Position.Step.ShouldBe(7);
        resumed.BestStep.ShouldBe(4);
    }

    [Fact]
    public void A_gain_that_is_too_small_is_none() =>
        Scripted([3, 2.99, 2.98, 2.97], new EarlyStopping(2, leastGain: 0.1)).Run().Position.Step.ShouldBe(3);

    [Fact]
    public void The_rate_falls_on_a_plateau_and_stays_low_after_a_checkpoint()
    {
        var options = new PlateauOptions { Rate = 0.1, Factor = 0.5, Patience = 1 };
        string path = Path.Combine(folder.Path, "state.safetensors");
        double[] losses = [3, 2, 2, 2, 2, 2];
        var rates = new List<double>();
        Trainer<int> first = Scripted(
            losses, new PlateauRate(new ReduceOnPlateau(options)),
            new TrainerOptions { Steps = 3, ValidateEvery = 1, CheckpointPath = path });
        first.Run(new Listener<StepMetrics>(step => rates.Add(step.LearningRate)));
        Trainer<int> rest = Scripted(losses, new PlateauRate(new ReduceOnPlateau(options)));
        rest.Load(path);
        rest.Run(new Listener<StepMetrics>(step => rates.Add(step.LearningRate)));
        rates.Select(rate => Math.Round(rate, 6)).ShouldBe([0.1, 0.1, 0.1, 0.1, 0.05, 0.05]);
        Should.Throw<ArgumentException>(() => Scripted(
            losses, new PlateauRate(new ReduceOnPlateau()),
            new TrainerOptions { Steps = 1, Schedule = new Constant(1) }).Run()).Message.ShouldContain("Schedule");
    }

    [Fact]
    public void Validations_see_the_mean_of_the_weights_and_so_does_who_has_the_model_at_the_end()
    {
        var (run, byHand) = (new Regression(), new Regression());
        var means = new List<float[]>();
        var mean = new ExponentialMovingAverage(byHand.Model, 0.5f);
        for (int step = 0; step < 3; step++)
        {
            byHand.Optimizer.Minimize(byHand.Loss(step, default));
            mean.Update();
            using (mean.Use())
                means.Add(byHand.Model.AllValues());
        }
        var seen = new List<float[]>();
        string path = Path.Combine(folder.Path, "state.safetensors");
        var options = new TrainerOptions { Steps = 2, ValidateEvery = 1, CheckpointPath = path };
        foreach (int steps in (int[])[2, 3])
        {
            run = new Regression();
            var trainer = new Trainer<int>(
                run.Model, run.Optimizer, run.Shuffled(true), run.Loss, options with { Steps = steps })
            {
                Validate = _ =>
                {
                    seen.Add(run.Model.AllValues());
                    return new Validation(1);
                },
            };
            trainer.Callbacks.Add(new AveragedWeights(new ExponentialMovingAverage(run.Model, 0.5f)));
            if (steps == 3)
                trainer.Load(path);
            trainer.Run();
        }
        seen.Count.ShouldBe(3);
        for (int step = 0; step < 3; step++)
            seen[step].ShouldBe(means[step]);
        run.Model.AllValues().ShouldBe(means[^1]);
    }

    [Fact]
    public void A_validation_that_was_cancelled_is_made_up_for_and_ends_with_the_bits_of_the_whole()
    {
        string path = Path.Combine(folder.Path, "state.safetensors");
        var whole = new Regression();
        Plateau(whole, null).Run();

        using var source = new CancellationTokenSource();
        Trainer<int> cut = Plateau(new Regression(), source);
        cut.Callbacks.Add(new MetricsFile(folder.Path));
        TrainingResult first = cut.Run(cancellation: source.Token);
        (first.Position.Step, first.Finished, first.Validation!.Loss).ShouldBe((3, false, 2));
        cut.Save(path);

        var resumed = new Regression();
        Trainer<int> rest = Plateau(resumed, null);
        rest.Callbacks.Add(new MetricsFile(folder.Path));
        rest.Load(path);
        rest.Run().Finished.ShouldBeTrue();
        resumed.Model.AllValues().ShouldBe(whole.Model.AllValues());
        RunLog.Read(folder.Path).Steps.Count(step => step.ValLoss is not null).ShouldBe(6);

        static Trainer<int> Plateau(Regression run, CancellationTokenSource? stopAtThree)
        {
            double[] losses = [3, 2, 2, 2, 2, 2];
            var options = new PlateauOptions { Rate = 0.1, Factor = 0.5, Patience = 0 };
            Trainer<int> trainer = null!;
            trainer = new Trainer<int>(
                run.Model, run.Optimizer, run.Shuffled(true), run.Loss,
                new TrainerOptions { Steps = 6, ValidateEvery = 1 })
            {
                Validate = cancellation =>
                {
                    if (trainer.Step == 3)
                        stopAtThree?.Cancel();
                    cancellation.ThrowIfCancellationRequested();
                    return new Validation(losses[trainer.Step - 1]);
                },
            };
            trainer.Callbacks.Add(new PlateauRate(new ReduceOnPlateau(options)));
            return trainer;
        }
    }

    [Fact]
    public void A_run_that_a_callback_ended_stays_ended_after_a_checkpoint()
    {
        string path = Path.Combine(folder.Path, "state.safetensors");
        TrainerOptions options = new() { Steps = 8, ValidateEvery = 1, CheckpointPath = path };
        double[] losses = [1, 2, 2, 2, 2, 2, 2, 2];
        Scripted(losses, new EarlyStopping(patience: 2), options).Run().Position.Step.ShouldBe(3);
        Trainer<int> again = Scripted(losses, new EarlyStopping(patience: 2), options);
        again.Load(path);
        TrainingResult result = again.Run();
        (result.Position.Step, result.Finished).ShouldBe((3, true));
        result.StopReason!.ShouldContain("was not below 1");
    }

    [Fact]
    public void A_damaged_note_of_a_checkpoint_is_an_error_that_names_the_file()
    {
        string path = Path.Combine(folder.Path, "state.safetensors");
        Trainer<int> broken = Scripted([1, 2], new Scribbler());
        broken.Run();
        broken.Save(path);
        Should.Throw<CheckpointException>(() => Scripted([1, 2], new EarlyStopping(1)).Load(path))
            .Message.ShouldContain("a note is damaged");
    }

    [Fact]
    public void The_best_weights_are_back_at_the_end()
    {
        var run = new Regression();
        float[] best = [];
        Trainer<int> trainer = Scripted([3, 1, 2, 4], new BestCheckpoint(Path.Combine(folder.Path, "best")), run: run);
        trainer.Run(new Listener<StepMetrics>(step => best = step.Step == 2 ? run.Model.AllValues() : best));
        run.Model.AllValues().ShouldBe(best);
        trainer.Step.ShouldBe(4);
    }

    [Fact]
    public void Metrics_are_a_line_a_step_and_go_on_where_a_run_goes_on()
    {
        string path = Path.Combine(folder.Path, "state.safetensors");
        var options = new TrainerOptions { Steps = 4, ValidateEvery = 2, CheckpointPath = path };
        Trainer<int> first = new Regression().Trainer(options);
        first.Callbacks.Add(new GradientLog(every: 2) { PerParameter = true });
        first.Callbacks.Add(new MetricsFile(folder.Path));
        first.Run();
        File.AppendAllText(MetricsLog.PathIn(folder.Path), "{\"step\":5,\"loss\":1}\n{\"step\":6,\"lo");
        Trainer<int> second = new Regression().Trainer(options with { Steps = 6 });
        second.Callbacks.Add(new MetricsFile(folder.Path));
        second.Load(path);
        second.Run();
        JsonElement[] lines =
            [.. File.ReadLines(MetricsLog.PathIn(folder.Path)).Select(line => JsonDocument.Parse(line).RootElement)];
        lines.Select(line => line.GetProperty("step").GetInt32()).ShouldBe([1, 2, 3, 4, 5, 6]);
        foreach (string key in (string[])["epoch", "examples", "loss", "lr", "grad_norm", "examples_per_second"])
            lines.ShouldAllBe(line => line.GetProperty(key).GetDouble() > 0, key);
        lines.Where(line => line.TryGetProperty("val_loss", out _)).Select(line => line.GetProperty("step").GetInt32())
            .ShouldBe([2, 4, 6]);
        lines[1].GetProperty("update_ratio").GetDouble().ShouldBeInRange(1e-4, 0.5);
        lines[1].GetProperty("grad_norms").GetProperty("Hidden.Weight").GetDouble().ShouldBeGreaterThan(0);
        lines[0].TryGetProperty("update_ratio", out _).ShouldBeFalse();
    }

    [Fact]
    public void The_gradient_log_agrees_with_what_the_optimizer_did()
    {
        var run = new Regression();
        float[] before = run.Model.AllValues();
        var log = new GradientLog();
        Trainer<int> trainer = run.Trainer(new TrainerOptions { Steps = 1, ClipNorm = 0.01 });
        trainer.Callbacks.Add(log);
        trainer.Run();
        double moved = Math.Sqrt(run.Model.AllValues().Zip(before).Sum(p => Math.Pow((double)p.First - p.Second, 2)));
        double length = Math.Sqrt(before.Sum(w => (double)w * w));
        GradientStatistics.UpdateRatio(log.Latest).ShouldBe(moved / length, 1e-9);
        Math.Sqrt(log.Latest.Sum(row => row.GradientNorm * row.GradientNorm)).ShouldBe(0.01, 1e-6, "clipped");
        GradientStatistics.ByLayer(log.Latest).Select(row => row.Path).ShouldBe(["Hidden", "Norm", "Output"]);
    }

    [Fact]
    public void Weights_that_are_no_numbers_are_named()
    {
        var run = new Regression();
        Trainer<int> trainer = run.Trainer(new TrainerOptions { Steps = 3 });
        trainer.Callbacks.Add(new Saboteur(run.Model.Norm.Parameters()[0].Parameter));
        trainer.Callbacks.Add(new NanWatch());
        Should.Throw<TrainingException>(() => trainer.Run()).Message.ShouldContain("after step 2 Norm.");
    }

    [Fact]
    public void Wrong_settings_are_named()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new EarlyStopping(0)).Message.ShouldContain("patience");
        Should.Throw<ArgumentOutOfRangeException>(() => new EarlyStopping(1, -1)).Message.ShouldContain("leastGain");
        Should.Throw<ArgumentOutOfRangeException>(() => new GradientLog(0)).Message.ShouldContain("every");
        Should.Throw<ArgumentOutOfRangeException>(() => new NanWatch(0)).Message.ShouldContain("every");
    }

    /// <summary>A run whose validation losses are given.</summary>
    private static Trainer<int> Scripted(
        double[] losses, TrainingCallback callback, TrainerOptions? options = null, Regression? run = null)
    {
        run ??= new Regression();
        Trainer<int> trainer = null!;
        trainer = new Trainer<int>(
            run.Model, run.Optimizer, run.Shuffled(true), run.Loss,
            options ?? new TrainerOptions { Steps = losses.Length, ValidateEvery = 1 })
        {
            Validate = _ => new Validation(losses[trainer.Step - 1]),
        };
        trainer.Callbacks.Add(callback);
        return trainer;
    }

    /// <summary>Writes what early stopping cannot read.</summary>
    private sealed class Scribbler : TrainingCallback
    {
        public override void Save(IDictionary<string, string> notes) => notes["early_stopping"] = "low 1 2";
    }

    private sealed class Saboteur(Parameter parameter) : TrainingCallback
    {
        public override void OnStep(Trainer trainer, StepMetrics metrics)
        {
            if (metrics.Step == 2)
                parameter.Values[0] = float.PositiveInfinity;
        }
    }
}
