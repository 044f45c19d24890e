using Nabla.Learning.Layers;
using Nabla.Learning.Losses;
using Nabla.Learning.Optimizers;
using Nabla.Learning.Training;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Tests.Training;

public class LearningCurveTests
{
    public static TheoryData<RunOutcome, string> Shapes => new()
    {
        { RunOutcome.StillImproving, "falling" },
        { RunOutcome.Plateau, "flat after a fifth" },
        { RunOutcome.Healthy, "level at the end" },
        { RunOutcome.Overfits, "validation rises" },
        { RunOutcome.Overfits, "validation far above" },
        { RunOutcome.Underfits, "hardly falls" },
        { RunOutcome.Diverges, "explodes" },
        { RunOutcome.Diverges, "rises slowly" },
        { RunOutcome.Diverges, "no number" },
        { RunOutcome.TooShort, "short" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Curves_are_judged_as_a_person_would_whatever_noise_unit_and_length(RunOutcome expected, string shape)
    {
        foreach (int seed in Enumerable.Range(0, 10))
            foreach (double unit in (double[])[1e-4, 1, 250])
                foreach (int steps in (int[])[200, 3000])
                {
                    LearningCurve curve = Synthetic(shape, steps, seed, unit);
                    CurveVerdict verdict = curve.Judge();
                    verdict.Outcome.ShouldBe(
                        expected, $"seed {seed}, unit {unit}, {steps} steps: {string.Join(' ', verdict.Reasons)}");
                    verdict.Reasons.ShouldNotBeEmpty();
                    verdict.Advice.ShouldNotBeEmpty();
                }
    }

    [Fact]
    public void Reasons_say_the_numbers()
    {
        CurveVerdict verdict = Synthetic("validation rises", 1000, seed: 1, unit: 1).Judge();
        verdict.Facts.BestStep.ShouldBeInRange(250, 450);
        verdict.Reasons[0].ShouldContain($"step {verdict.Facts.BestStep:0}");
        verdict.Advice.ShouldContain($"Stop at step {verdict.Facts.BestStep:0}");
        Synthetic("no number", 1000, seed: 1, unit: 1).Judge().Reasons[0].ShouldContain("step 900 is NaN");
    }

    [Fact]
    public void A_run_without_validation_is_judged_by_its_training()
    {
        LearningCurve curve = Synthetic("falling", 500, seed: 1, unit: 1) with { Validation = [] };
        CurveVerdict verdict = curve.Judge();
        verdict.Outcome.ShouldBe(RunOutcome.StillImproving);
        verdict.Reasons[^1].ShouldContain("no validation");
    }

    [Fact]
    public void A_real_run_on_few_noisy_examples_overfits()
    {
        var rng = new Rng(1);
        var model = new Mlp(4, 64, 1, rng);
        Run(model, new AdamW(model, new AdamWOptions { LearningRate = 0.01f }), model.Forward,
            (Noisy(24, rng), Noisy(200, rng)), 400)
            .Outcome.ShouldBe(RunOutcome.Overfits);
    }

    [Fact]
    public void A_real_line_that_shall_be_a_parabola_underfits()
    {
        var rng = new Rng(1);
        var model = new Linear(4, 1, rng);
        Run(model, new AdamW(model, new AdamWOptions { LearningRate = 0.01f }), model.Forward,
            (Parabola(200, rng), Parabola(200, rng)), 400)
            .Outcome.ShouldBe(RunOutcome.Underfits);
    }

    [Fact]
    public void A_real_run_with_too_high_a_rate_diverges()
    {
        var rng = new Rng(1);
        var model = new Linear(4, 1, rng);
        Run(model, new Sgd(model, new SgdOptions { LearningRate = 0.7f }), model.Forward,
            (Parabola(50, rng), Parabola(50, rng)), 30)
            .Outcome.ShouldBe(RunOutcome.Diverges);
    }

    [Fact]
    public void A_real_run_that_is_cut_short_still_improves()
    {
        var rng = new Rng(1);
        var model = new Mlp(4, 32, 1, rng);
        Run(model, new Sgd(model, new SgdOptions { LearningRate = 0.003f }), model.Forward,
            (Parabola(500, rng), Parabola(500, rng)), 200)
            .Outcome.ShouldBe(RunOutcome.StillImproving);
    }

    private static CurveVerdict Run(
        Module model, Optimizer optimizer, Func<Tensor, Tensor> forward,
        ((Tensor X, Tensor Y) Training, (Tensor X, Tensor Y) HeldOut) data, int steps)
    {
        ((Tensor X, Tensor Y) training, (Tensor X, Tensor Y) heldOut) = data;
        var points = (Training: new List<CurvePoint>(), Validation: new List<CurvePoint>());
        var trainer = new Trainer<(Tensor X, Tensor Y)>(
            model, optimizer, Batches.Same([training]), (b, _) => Loss.MeanSquaredError(forward(b.X), b.Y),
            new TrainerOptions { Steps = steps, ValidateEvery = Math.Max(1, steps / 20) })
        {
            Validate = _ => new Validation(Loss.MeanSquaredError(forward(heldOut.X), heldOut.Y).Item()),
        };
        trainer.Run(new Listener<StepMetrics>(step =>
        {
            points.Training.Add(new CurvePoint(step.Step, step.Loss));
            if (step.ValLoss is { } loss)
                points.Validation.Add(new CurvePoint(step.Step, loss));
        }));
        return new LearningCurve(points.Training, points.Validation).Judge();
    }

    private static (Tensor X, Tensor Y) Noisy(int n, Rng rng)
    {
        Tensor x = Tensor.Randn([n, 4], rng);
        return (x, x.MatMul(new Tensor([1, -1, 0.5f, 0], [4, 1])) + Tensor.Randn([n, 1], rng) * 1.5f);
    }

    private static (Tensor X, Tensor Y) Parabola(int n, Rng rng)
    {
        Tensor x = Tensor.Randn([n, 4], rng);
        return (x, x.Square().MatMul(new Tensor([1, -1, 1, -1], [4, 1])));
    }

    /// <summary>A curve over t in (0, 1] with noise, and a look at held-out data every twentieth of it.</summary>
    private static LearningCurve Synthetic(string shape, int steps, int seed, double unit)
    {
        var rng = new Rng(seed);
        double Training(double t) => shape switch
        {
            "falling" => 1 + 2 * Math.Exp(-1.2 * t),
            "flat after a fifth" => 1 + 2 * Math.Exp(-30 * t),
            "level at the end" => 1 + 2 * Math.Exp(-5 * t),
            "validation rises" or "validation far above" => 0.1 + 2.5 * Math.Exp(-6 * t),
            "hardly falls" => 2.1 + 0.3 * Math.Exp(-20 * t),
            "explodes" => t < 0.6 ? 1 + 2 * Math.Exp(-5 * t) : 1 + Math.Exp(8 * (t - 0.6)),
            "rises slowly" => 1 + Math.Exp(-20 * t) + 1.5 * t,
            "no number" => t > 0.8995 ? double.NaN : 2 - t,
            _ => 2 - t,
        };
        double Validation(double t) => shape switch
        {
            "validation rises" => 1 + 1.8 * Math.Exp(-8 * t) + 0.8 * t,
            "validation far above" => 1.3 + 1.5 * Math.Exp(-20 * t),
            _ => Training(t) + 0.05,
        };
        if (shape == "short")
            steps = 7;
        return new LearningCurve(
            [.. Enumerable.Range(1, steps).Select(
                i => new CurvePoint(i, unit * (Training((double)i / steps) + 0.05 * rng.NextNormal())))],
            [.. Enumerable.Range(1, 20).Select(i => new CurvePoint(
                i * steps / 20, unit * (Validation(i / 20.0) + 0.005 * rng.NextNormal())))]);
    }
}
