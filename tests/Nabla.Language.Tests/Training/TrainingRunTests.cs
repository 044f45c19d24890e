using System.Text.Json;
using Nabla.Language.Models;
using Nabla.Language.Training;
using Nabla.Learning.Checkpoints;
using Nabla.Learning.Training;
using Nabla.Numerics.Threading;

namespace Nabla.Language.Tests.Training;

public sealed class TrainingRunTests : IDisposable
{
    private static readonly TrainingText Text = TrainingText.Split(
        string.Concat(Enumerable.Range(0, 300).Select(i => $"{i % 13} and {i % 7} make {i % 13 + i % 7}.\n")), 0.1);

    private static readonly TrainingConfig Config = new TrainingConfig
    {
        Model = new ModelConfig { Family = "llama", Layers = 1, Heads = 2, Dim = 16, Context = 16, Dropout = 0.1f },
        Optimizer = new OptimizerConfig { LearningRate = 0.01, WarmupSteps = 5 },
        Steps = 40,
        Batch = 4,
        EvaluateEvery = 10,
        CheckpointEvery = 7,
        SampleEvery = 0,
    }.Validated();

    private readonly string root = Directory.CreateTempSubdirectory("nabla-run-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void Training_learns_and_measures_the_held_out_part()
    {
        TrainingEnded end = TrainingRun.Start(Config, Text, In("m"), 1).Run(null, default);
        end.Finished.ShouldBeTrue();
        end.ValLoss!.Value.ShouldBeLessThan(2.2, "the log of the vocabulary is 3.0");
        end.BitsPerByte!.Value.ShouldBe(end.ValLoss.Value / Math.Log(2), 1e-9, "a character is a byte here");
        ModelFolder.Load(In("m")).Model.Dimensions.Context.ShouldBe(16);
    }

    [Theory]
    [InlineData("sgd", ScheduleKind.Constant)]
    [InlineData("lion", ScheduleKind.WarmupStableDecay)]
    [InlineData("lamb", ScheduleKind.InverseSquareRoot)]
    [InlineData("adafactor", ScheduleKind.Linear)]
    [InlineData("muon", ScheduleKind.Cosine)]
    public void A_recipe_chooses_the_optimizer_and_a_resumed_run_has_the_same_bits(string kind, ScheduleKind schedule)
    {
        TrainingConfig config = TrainingConfig.Parse(
            Config.ToJson().Replace("\"optimizer\": {", $"\"optimizer\": {{ \"kind\": \"{kind}\",",
                StringComparison.Ordinal));
        config = config with
        {
            Steps = 12,
            Optimizer = config.Optimizer with { Schedule = schedule, LearningRate = 0.005 },
        };
        config.ToJson().ShouldContain($"\"kind\": \"{kind}\"");
        Config.ToJson().ShouldNotContain("kind\": \"adamw");
        TrainingEnded end = TrainingRun.Start(config, Text, In("whole"), 1).Run(null, default);
        end.ValLoss!.Value.ShouldBeLessThan(3.1);
        Cancelled(TrainingRun.Start(config, Text, In("cut"), 1), after: 5).Step.ShouldBe(5);
        TrainingEnded resumed = TrainingRun.Resume(Text, In("cut")).Run(null, default);
        resumed.ValLoss.ShouldBe(end.ValLoss);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, false)]
    [InlineData(2, true)]
    public void A_cancelled_and_resumed_run_has_the_bits_of_an_uninterrupted_one(int threads, bool checkpointing)
    {
        TrainingConfig cut = Config with { ActivationCheckpointing = checkpointing };
        TrainingRun.Start(Config, Text, In("whole"), 1).Run(null, default);
        int before = WorkerPool.Threads;
        WorkerPool.Threads = threads;
        try
        {
            TrainingEnded first = Cancelled(TrainingRun.Start(cut, Text, In("cut"), 1), after: 3);
            first.Finished.ShouldBeFalse();
            first.Step.ShouldBe(3);
            Cancelled(TrainingRun.Resume(Text, In("cut")), after: 19).Step.ShouldBe(19);
            TrainingRun last = TrainingRun.Resume(Text, In("cut"));
            last.Model.ActivationCheckpointing.ShouldBe(checkpointing);
            last.Run(null, default).Finished.ShouldBeTrue();
        }
        finally
        {
            WorkerPool.Threads = before;
        }
        Weights("cut").ShouldBe(Weights("whole"));
    }

    [Fact]
    public void Looking_more_often_does_not_change_the_training()
    {
        TrainingRun.Start(Config, Text, In("seldom"), 1).Run(null, default);
        TrainingRun.Start(Config with { EvaluateEvery = 2, SampleEvery = 5, CheckpointEvery = 3 }, Text, In("often"), 1)
            .Run(null, default);
        Weights("often").ShouldBe(Weights("seldom"));
    }

    [Fact]
    public void Another_seed_gives_another_model()
    {
        TrainingRun.Start(Config, Text, In("a"), 1).Run(null, default);
        TrainingRun.Start(Config, Text, In("b"), 2).Run(null, default);
        Weights("a").ShouldNotBe(Weights("b"));
    }

    [Fact]
    public void Accumulation_counts_the_tokens_of_all_its_batches()
    {
        TrainingRun.Start(Config with { Steps = 2, Accumulate = 3 }, Text, In("m"), 1).Run(null, default);
        Lines("m").Select(line => line.GetProperty("tokens").GetInt64()).ShouldBe([3 * 4 * 16, 6 * 4 * 16]);
    }

    [Fact]
    public void Metrics_have_one_line_a_step_with_the_loss_of_the_held_out_part_where_it_was_looked_at()
    {
        Cancelled(TrainingRun.Start(Config, Text, In("m"), 1), after: 12);
        // a kill in the middle of a line
        File.AppendAllText(Path.Combine(In("m"), "metrics.jsonl"), "{\"step\":13,\"lo");
        TrainingRun.Resume(Text, In("m")).Run(null, default);
        JsonElement[] lines = [.. Lines("m")];
        lines.Select(line => line.GetProperty("step").GetInt32()).ShouldBe(Enumerable.Range(1, Config.Steps));
        lines.Where(line => line.TryGetProperty("val_loss", out _))
            .Select(line => line.GetProperty("step").GetInt32()).ShouldBe([10, 20, 30, 40]);
        foreach (string key in (string[])["tokens", "loss", "lr", "grad_norm", "tokens_per_second"])
            lines[0].GetProperty(key).GetDouble().ShouldBeGreaterThan(0, key);
    }

    [Fact]
    public void A_folder_with_a_run_or_a_model_is_not_overwritten()
    {
        Cancelled(TrainingRun.Start(Config, Text, In("run"), 1), after: 1);
        Should.Throw<TrainingException>(() => TrainingRun.Start(Config, Text, In("run"), 1))
            .Message.ShouldContain("--resume");

        Directory.Delete(Path.Combine(In("run"), "training"), recursive: true); // a model from elsewhere
        Should.Throw<TrainingException>(() => TrainingRun.Start(Config, Text, In("run"), 1))
            .Message.ShouldContain("overwrite");
    }

    [Fact]
    public void A_run_does_not_go_on_with_another_text_or_a_damaged_checkpoint()
    {
        Cancelled(TrainingRun.Start(Config, Text, In("m"), 1), after: 2);
        Should.Throw<TrainingException>(() => TrainingRun.Resume(Text with { Training = Text.Training + "x" }, In("m")))
            .Message.ShouldContain("not what the run");

        string state = Path.Combine(In("m"), "training", "state.safetensors");
        byte[] bytes = File.ReadAllBytes(state);
        bytes[^5] ^= 1;
        File.WriteAllBytes(state, bytes);
        Should.Throw<CheckpointException>(() => TrainingRun.Resume(Text, In("m")))
            .Message.ShouldContain("state.safetensors");
    }

    [Fact]
    public void A_checkpoint_does_not_go_on_under_an_altered_record()
    {
        Cancelled(TrainingRun.Start(Config, Text, In("m"), 1), after: 2);
        string record = RunRecord.PathIn(In("m"));
        File.WriteAllText(
            record, File.ReadAllText(record).Replace("\"seed\": 1", "\"seed\": 2", StringComparison.Ordinal));
        Should.Throw<CheckpointException>(() => TrainingRun.Resume(Text, In("m"))).Message.ShouldContain("altered");
    }

    [Fact]
    public void Two_runs_cannot_train_in_one_folder_at_once()
    {
        TrainingRun first = TrainingRun.Start(Config, Text, In("m"), 1);
        TrainingRun second = TrainingRun.Resume(Text, In("m"));
        first.Run(new Listener(e =>
        {
            if (e is StepDone { Step: 1 })
                Should.Throw<TrainingException>(() => second.Run(null, default)).Message.ShouldContain("under way");
        }), default);
    }

    [Fact]
    public void A_sample_prompt_that_the_data_cannot_write_is_refused_before_anything_is_written()
    {
        var oneLine = new TrainingText(string.Concat(Enumerable.Repeat("abcd ", 40)), "abcd abcd");
        Should.Throw<TrainingException>(
            () => TrainingRun.Start(Config with { SamplePrompt = "Q: " }, oneLine, In("m"), 1))
            .Message.ShouldContain("sample_prompt");
        Directory.Exists(In("m")).ShouldBeFalse();
        TrainingRun.Start(Config with { SampleEvery = 5, Steps = 5 }, oneLine, In("m"), 1)
            .Run(null, default).Finished.ShouldBeTrue();
    }

    [Theory]
    [InlineData(TokenizerKind.Characters)]
    [InlineData(TokenizerKind.Bpe)]
    public void Cancelling_while_the_text_is_prepared_leaves_nothing_behind(TokenizerKind kind)
    {
        TrainingConfig config = Config with { Tokenizer = new TokenizerConfig { Kind = kind } };
        var cancelled = new CancellationToken(canceled: true);
        Should.Throw<OperationCanceledException>(() => TrainingRun.Start(config, Text, In("m"), 1, cancelled));
        Directory.Exists(In("m")).ShouldBeFalse();
        TrainingRun.Start(config, Text, In("m"), 1, CancellationToken.None);
        Should.Throw<OperationCanceledException>(() => TrainingRun.Resume(Text, In("m"), cancelled));
    }

    [Fact]
    public void The_untrained_model_is_the_one_that_training_begins_with()
    {
        TrainingRun run = TrainingRun.Start(Config, Text, In("m"), 1);
        float[] before = run.Model.Parameters()[0].Parameter.ToArray();
        run.Run(null, default);
        run.Untrained().Parameters()[0].Parameter.ToArray().ShouldBe(before);
        run.Model.Parameters()[0].Parameter.ToArray().ShouldNotBe(before);
    }

    [Fact]
    public void A_batch_beyond_memory_is_refused_by_its_name() =>
        Should.Throw<TrainingException>(() => (Config with { Batch = 3_000_000 }).Validated())
            .Message.ShouldContain("'batch'");

    [Fact]
    public void A_text_shorter_than_the_context_is_refused_before_anything_is_written()
    {
        var little = new TrainingText("abc", "abc");
        Should.Throw<TrainingException>(() => TrainingRun.Start(Config, little, In("m"), 1))
            .Message.ShouldContain("at least 17");
        Directory.Exists(In("m")).ShouldBeFalse();
    }

    [Fact]
    public void A_loss_that_is_no_number_ends_the_run_and_says_what_to_do()
    {
        TrainingConfig wild =
            Config with { Optimizer = new OptimizerConfig { LearningRate = 1e30, WarmupSteps = 0, ClipNorm = 0 } };
        Should.Throw<TrainingException>(() => TrainingRun.Start(wild, Text, In("m"), 1).Run(null, default))
            .Message.ShouldContain("lower learning rate");
    }

    private string In(string name) => Path.Combine(root, name);

    private byte[] Weights(string name) => File.ReadAllBytes(Path.Combine(In(name), "model.safetensors"));

    private IEnumerable<JsonElement> Lines(string name) =>
        File.ReadLines(Path.Combine(In(name), "metrics.jsonl")).Select(line => JsonDocument.Parse(line).RootElement);

    private static TrainingEnded Cancelled(TrainingRun run, int after)
    {
        using var source = new CancellationTokenSource();
        return run.Run(new Listener(e =>
        {
            if (e is StepDone && e.Step == after)
                source.Cancel();
        }), source.Token);
    }

    private sealed class Listener(Action<TrainingEvent> heard) : IProgress<TrainingEvent>
    {
        public void Report(TrainingEvent value) => heard(value);
    }
}
