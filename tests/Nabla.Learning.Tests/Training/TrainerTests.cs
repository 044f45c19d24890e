using Nabla.Learning.Checkpoints;
using Nabla.Learning.Optimizers;
using Nabla.Learning.Schedules;
using Nabla.Learning.Tests.Checkpoints;
using Nabla.Learning.Training;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Diagnostics;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Tests.Training;

public sealed class TrainerTests
{
    [Fact]
    public void A_run_does_what_the_loop_by_hand_does()
    {
        var (byHand, trained) = (new Regression(), new Regression());
        for (int epoch = 0; epoch < 3; epoch++)
            foreach (int batch in byHand.Shuffled(true).Epoch(epoch, 0))
                byHand.Optimizer.Minimize(byHand.Loss(batch, default));
        TrainingResult result = trained.Trainer(new TrainerOptions { Epochs = 3 }).Run();
        trained.Model.AllValues().ShouldBe(byHand.Model.AllValues());
        result.Finished.ShouldBeTrue();
        result.Position.ShouldBe(new TrainingPosition(15, 3, 0, 15, 120));
        result.Validation!.Loss.ShouldBe(trained.Validate(default).Loss);
    }

    [Fact]
    public void Accumulated_batches_are_one_step_with_their_mean_gradient_and_what_an_epoch_leaves_is_a_step_too()
    {
        var run = new Regression(); // 5 batches: 2 + 2 + 1
        var steps = new List<StepMetrics>();
        run.Trainer(new TrainerOptions { Epochs = 2, Accumulate = 2 }).Run(new Listener<StepMetrics>(steps.Add));
        steps.Select(s => s.Examples).ShouldBe([16, 32, 40, 56, 72, 80]);
        steps.Select(s => s.Epoch).ShouldBe([1, 1, 1, 2, 2, 2]);

        var once = new Regression();
        var first = new List<StepMetrics>();
        once.Trainer(new TrainerOptions { Steps = 1, Accumulate = 2 }).Run(new Listener<StepMetrics>(first.Add));
        var hand = new Regression();
        using (TensorScope.Begin())
            ((hand.Loss(0, default) + hand.Loss(1, default)) / 2).Backward();
        first[0].GradientNorm.ShouldBe(hand.Optimizer.GradientNorm(), 1e-6);
    }

    [Fact]
    public void Clipping_shortens_the_gradient_and_reports_its_length_before()
    {
        var run = new Regression();
        var sgd = new Sgd(run.Model, new SgdOptions { LearningRate = 1 });
        float[] before = run.Model.AllValues();
        double norm = 0;
        new Trainer<int>(run.Model, sgd, run.Shuffled(true), run.Loss,
                new TrainerOptions { Steps = 1, ClipNorm = 1e-3 })
            .Run(new Listener<StepMetrics>(step => norm = step.GradientNorm));
        norm.ShouldBeGreaterThan(1e-3);
        double moved = Math.Sqrt(run.Model.AllValues().Zip(before).Sum(p => Math.Pow(p.First - p.Second, 2)));
        moved.ShouldBe(1e-3, 1e-5);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_run_that_is_cut_short_again_and_again_ends_with_the_bits_of_the_whole(bool countKnown)
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "state.safetensors");
        TrainerOptions options = new()
        {
            Epochs = 4,
            Accumulate = 2,
            Rng = new Rng(5),
            Schedule = new WarmupCosine(0.02, 0.001, 2, 12),
            CheckpointPath = path,
        };
        var whole = new Regression();
        whole.Trainer(options with { CheckpointPath = null }, countKnown).Run();
        Regression last = null!;
        foreach (int until in (int[])[1, 3, 4, 8, int.MaxValue])
        {
            using var source = new CancellationTokenSource();
            Trainer<int> part = (last = new Regression()).Trainer(options, countKnown);
            if (until > 1)
                part.Load(path);
            part.Run(new Listener<StepMetrics>(step =>
            {
                if (step.Step == until)
                    source.Cancel();
            }), source.Token);
        }
        last.Model.AllValues().ShouldBe(whole.Model.AllValues());
    }

    [Fact]
    public void Steps_in_all_are_known_where_the_batches_are_counted()
    {
        var run = new Regression();
        run.Trainer(new TrainerOptions { Epochs = 3, Accumulate = 2 }).Steps.ShouldBe(9);
        run.Trainer(new TrainerOptions { Epochs = 3, Steps = 4 }).Steps.ShouldBe(4);
        run.Trainer(new TrainerOptions { Epochs = 3 }, countKnown: false).Steps.ShouldBeNull();
        run.Trainer(new TrainerOptions { Steps = 4 }, countKnown: false).Steps.ShouldBe(4);
    }

    [Fact]
    public void Endless_batches_are_taken_by_number()
    {
        var run = new Regression();
        var seen = new List<(long, int)>();
        var trainer = new Trainer<int>(
            run.Model, run.Optimizer, Batches.Endless(n => (int)(n % 5)),
            (batch, pass) =>
            {
                seen.Add((pass.Index, batch));
                return run.Loss(batch, pass);
            },
            new TrainerOptions { Steps = 3, Accumulate = 2 });
        trainer.Run();
        seen.ShouldBe([(0, 0), (1, 1), (2, 2), (3, 3), (4, 4), (5, 0)]);
        Should.Throw<ArgumentOutOfRangeException>(() => new Trainer<int>(
            run.Model, run.Optimizer, Batches.Endless(n => 0), run.Loss, new TrainerOptions { Epochs = 1 }))
            .Message.ShouldContain("Steps");
    }

    [Fact]
    public void Callbacks_are_told_what_happens_in_this_order()
    {
        var run = new Regression(batches: 2);
        Trainer<int> trainer = run.Trainer(new TrainerOptions { Epochs = 2, ValidateEvery = 2 });
        var log = new List<string>();
        trainer.Callbacks.Add(new Diary("a", log));
        trainer.Callbacks.Add(new Diary("b", log));
        trainer.Run();
        string.Join(' ', log).ShouldBe(
            "a:start b:start "
            + "a:gradients0 b:gradients0 a:updated b:updated a:step1 b:step1 "
            + "a:gradients1 b:gradients1 a:updated b:updated "
            + "a:validating b:validating b:validated a:validated a:step2 b:step2 "
            + "a:epoch1 b:epoch1 "
            + "a:gradients2 b:gradients2 a:updated b:updated a:step3 b:step3 "
            + "a:gradients3 b:gradients3 a:updated b:updated "
            + "a:validating b:validating b:validated a:validated a:step4 b:step4 "
            + "a:epoch2 b:epoch2 a:end b:end");
    }

    [Fact]
    public void A_callback_can_end_the_run_and_says_why()
    {
        var run = new Regression();
        Trainer<int> trainer = run.Trainer(new TrainerOptions { Epochs = 100, ValidateEvery = 1 });
        trainer.Callbacks.Add(new Stopper(after: 3));
        TrainingResult result = trainer.Run();
        (result.Finished, result.StopReason, result.Position.Step).ShouldBe((true, "enough", 3));
    }

    [Fact]
    public void Data_without_a_batch_are_an_error_that_says_what_was_expected()
    {
        var run = new Regression();
        var empty = new Trainer<int>(
            run.Model, run.Optimizer, Batches.Same(Array.Empty<int>()), run.Loss, new TrainerOptions { Epochs = 1 });
        Should.Throw<TrainingException>(() => empty.Run()).Message.ShouldContain("at least one in every epoch");

        IEnumerator<int> source = Enumerable.Range(0, 3).GetEnumerator();
        var once = new Trainer<int>(
            run.Model, run.Optimizer, Batches.Same(Once(source)), run.Loss, new TrainerOptions { Epochs = 2 });
        Should.Throw<TrainingException>(() => once.Run()).Message.ShouldContain("epoch 2");
        Should.Throw<TrainingException>(() => Validation.Over(Array.Empty<int>(), _ => default))
            .Message.ShouldContain("no example");
    }

    [Theory]
    [InlineData("Epochs")]
    [InlineData("Steps")]
    [InlineData("Accumulate")]
    [InlineData("ClipNorm")]
    [InlineData("ValidateEvery")]
    [InlineData("CheckpointEvery")]
    public void Wrong_settings_are_named(string name)
    {
        TrainerOptions wrong = name switch
        {
            "Epochs" => new() { Epochs = 0 },
            "Steps" => new() { Steps = -1 },
            "Accumulate" => new() { Steps = 1, Accumulate = 0 },
            "ClipNorm" => new() { Steps = 1, ClipNorm = double.NaN },
            "ValidateEvery" => new() { Steps = 1, ValidateEvery = -1 },
            _ => new() { Steps = 1, CheckpointEvery = -1 },
        };
        Should.Throw<ArgumentOutOfRangeException>(() => new Regression().Trainer(wrong)).Message.ShouldContain(name);
    }

    [Fact]
    public void An_optimizer_that_looks_at_the_loss_more_than_once_is_refused()
    {
        var run = new Regression();
        Should.Throw<ArgumentException>(() => new Trainer<int>(
            run.Model, new Lbfgs(run.Model), run.Shuffled(true), run.Loss, new TrainerOptions { Steps = 1 }))
            .Message.ShouldContain("Minimize(() => loss)");
    }

    [Fact]
    public void A_run_without_a_limit_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new Regression().Trainer(new()))
            .Message.ShouldContain("Epochs");

    [Fact]
    public void A_checkpoint_of_another_run_or_model_is_refused_and_changes_nothing()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "state.safetensors");
        var run = new Regression();
        run.Trainer(new TrainerOptions { Steps = 2, CheckpointPath = path, Identity = "one" }).Run();
        Should.Throw<CheckpointException>(
            () => run.Trainer(new TrainerOptions { Steps = 4, Identity = "two" }).Load(path))
            .Message.ShouldContain("'one'");

        var wide = new Mlp(3, 9, 1, new Rng(1));
        float[] before = wide.AllValues();
        var other = new Trainer<int>(
            wide, new AdamW(wide), run.Shuffled(true), (_, _) => throw new InvalidOperationException(),
            new TrainerOptions { Steps = 4, Identity = "one" });
        Should.Throw<CheckpointException>(() => other.Load(path)).Message.ShouldContain("model.Hidden.Weight");
        wide.AllValues().ShouldBe(before);

        var sgd = new Trainer<int>(
            run.Model, new Sgd(run.Model, new SgdOptions { Momentum = 0.9f }), run.Shuffled(true), run.Loss,
            new TrainerOptions { Steps = 4, Identity = "one" });
        Should.Throw<CheckpointException>(() => sgd.Load(path)).Message.ShouldContain("optimizer.");
    }

    [Fact]
    public void A_loss_that_is_no_number_is_traced_to_its_operation_and_module()
    {
        var model = new Mlp(3, 4, 1, new Rng(1));
        var trainer = new Trainer<Tensor>(
            model, new AdamW(model), Batches.Same([Tensor.Randn([2, 3], new Rng(2))]),
            (x, _) => model.Forward(x).Sqrt().Sum(), new TrainerOptions { Steps = 5 });
        TrainingException error = Should.Throw<TrainingException>(() => trainer.Run());
        error.Message.ShouldContain("lower learning rate");
        error.Message.ShouldContain("Sqrt after Output");
        NotFiniteException cause = error.InnerException.ShouldBeOfType<NotFiniteException>();
        (cause.Operation, cause.Module, cause.IsBackward).ShouldBe(("Sqrt", "Output", false));
    }

    [Fact]
    public void A_gradient_that_is_no_number_is_traced_too()
    {
        var model = new Mlp(3, 4, 1, new Rng(1));
        var trainer = new Trainer<Tensor>(
            model, new AdamW(model), Batches.Same([Tensor.Randn([2, 3], new Rng(2))]),
            (x, _) => (model.Forward(x) * 0).Sqrt().Sum(), new TrainerOptions { Steps = 5 });
        TrainingException error = Should.Throw<TrainingException>(() => trainer.Run());
        NotFiniteException cause = error.InnerException.ShouldBeOfType<NotFiniteException>();
        (cause.Operation, cause.IsBackward).ShouldBe(("Sqrt", true));
    }

    private static IEnumerable<int> Once(IEnumerator<int> source)
    {
        while (source.MoveNext())
            yield return source.Current;
    }

    private sealed class Stopper(int after) : TrainingCallback
    {
        public override void OnStep(Trainer trainer, StepMetrics metrics)
        {
            if (metrics.Step == after)
                trainer.Stop("enough");
        }
    }

    private sealed class Diary(string name, List<string> log) : TrainingCallback
    {
        public override void OnStart(Trainer trainer) => Note("start");

        public override void OnGradients(Trainer trainer, float scale) => Note($"gradients{trainer.Step}");

        public override void OnUpdated(Trainer trainer) => Note("updated");

        public override void OnValidating(Trainer trainer) => Note("validating");

        public override void OnValidated(Trainer trainer, Validation? validation) => Note("validated");

        public override void OnStep(Trainer trainer, StepMetrics metrics) => Note($"step{metrics.Step}");

        public override void OnEpoch(Trainer trainer) => Note($"epoch{trainer.Position.Epoch}");

        public override void OnEnd(Trainer trainer, TrainingResult? result) => Note("end");

        private void Note(string what) => log.Add($"{name}:{what}");
    }
}
