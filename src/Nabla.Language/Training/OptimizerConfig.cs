using System.Text.Json.Serialization;
using Nabla.Learning;
using Nabla.Learning.Optimizers;
using Nabla.Learning.Schedules;

namespace Nabla.Language.Training;

/// <summary>The course of the learning rate after the warm-up.</summary>
public enum ScheduleKind
{
    /// <summary>It stays.</summary>
    Constant,

    /// <summary>Half a cosine down to the final rate.</summary>
    Cosine,

    /// <summary>A straight line down to the final rate.</summary>
    Linear,

    /// <summary>It stays for four fifths of the steps; then a straight line down to the final rate.</summary>
    WarmupStableDecay,

    /// <summary>It falls with the inverse square root of the step.</summary>
    InverseSquareRoot,
}

/// <summary>The optimizers that a recipe can choose.</summary>
public enum OptimizerKind
{
    /// <summary><see cref="Learning.Optimizers.AdamW"/>.</summary>
    Adamw,

    /// <summary><see cref="Learning.Optimizers.Sgd"/>, β₁ being its momentum and λ a part of the gradient.</summary>
    Sgd,

    /// <summary><see cref="Learning.Optimizers.Lion"/>.</summary>
    Lion,

    /// <summary><see cref="Learning.Optimizers.Lamb"/>.</summary>
    Lamb,

    /// <summary><see cref="Learning.Optimizers.Adafactor"/> with the schedule's rate.</summary>
    Adafactor,

    /// <summary>
    /// <see cref="Learning.Optimizers.Muon"/>, β₁ being its momentum; embeddings and vectors by AdamW with a tenth of
    /// the rate.
    /// </summary>
    Muon,
}

/// <summary>The optimizer part of a recipe and its schedule.</summary>
public sealed record OptimizerConfig
{
    /// <summary>Which optimizer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] // recipes from before it keep their digest
    public OptimizerKind Kind { get; init; }

    /// <summary>The highest learning rate.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>The learning rate at the last step; by default a tenth of the highest.</summary>
    public double? FinalLearningRate { get; init; }

    /// <summary>The course between the two.</summary>
    public ScheduleKind Schedule { get; init; } = ScheduleKind.Cosine;

    /// <summary>Steps of linear rise at the beginning.</summary>
    public int WarmupSteps { get; init; } = 100;

    /// <summary>β₁, how long the mean of the gradients remembers.</summary>
    public float Beta1 { get; init; } = 0.9f;

    /// <summary>β₂, how long the mean of their squares remembers.</summary>
    public float Beta2 { get; init; } = 0.99f;

    /// <summary>ε, which keeps the division finite.</summary>
    public float Epsilon { get; init; } = 1e-8f;

    /// <summary>λ, decoupled weight decay of matrices.</summary>
    public float WeightDecay { get; init; } = 0.1f;

    /// <summary>The largest norm of the gradient; longer ones are shortened. 0 for no limit.</summary>
    public double ClipNorm { get; init; } = 1;

    /// <summary>The learning rate at each of <paramref name="steps"/> steps.</summary>
    public Schedule ScheduleFor(int steps)
    {
        double final = FinalLearningRate ?? LearningRate / 10;
        return Schedule switch
        {
            ScheduleKind.Constant => new WarmupLinear(LearningRate, LearningRate, WarmupSteps, steps),
            ScheduleKind.Cosine => new WarmupCosine(LearningRate, final, WarmupSteps, steps),
            ScheduleKind.WarmupStableDecay => new WarmupStableDecay(
                LearningRate, final, WarmupSteps, Math.Max(0, steps * 4 / 5 - WarmupSteps), Math.Max(1, steps / 5)),
            ScheduleKind.InverseSquareRoot => new InverseSquareRoot(
                LearningRate * Math.Sqrt(Math.Max(1, WarmupSteps)), 1, Math.Max(1, WarmupSteps)),
            _ => new WarmupLinear(LearningRate, final, WarmupSteps, steps),
        };
    }

    /// <summary>The optimizer of a model's parameters.</summary>
    public Optimizer Create(Module model)
    {
        float rate = (float)LearningRate;
        AdamWOptions adam = new()
        {
            LearningRate = rate,
            Beta1 = Beta1,
            Beta2 = Beta2,
            Epsilon = Epsilon,
            WeightDecay = WeightDecay,
        };
        return Kind switch
        {
            OptimizerKind.Sgd => new Sgd(
                model, new() { LearningRate = rate, Momentum = Beta1, WeightDecay = WeightDecay }),
            OptimizerKind.Lion => new Lion(
                model, new() { LearningRate = rate, Beta1 = Beta1, Beta2 = Beta2, WeightDecay = WeightDecay }),
            OptimizerKind.Lamb => new Lamb(
                model, new()
                {
                    LearningRate = rate,
                    Beta1 = Beta1,
                    Beta2 = Beta2,
                    Epsilon = Epsilon,
                    WeightDecay = WeightDecay,
                }),
            OptimizerKind.Adafactor => new Adafactor(
                model, new() { LearningRate = rate, RelativeStep = false, WeightDecay = WeightDecay }),
            OptimizerKind.Muon => new Muon(model, new()
            {
                LearningRate = rate,
                Momentum = Beta1,
                WeightDecay = WeightDecay,
                Matrices = static named => named.Path.Contains("Blocks.", StringComparison.Ordinal),
                Others = adam with { LearningRate = rate / 10, Beta1 = 0.9f },
            }),
            _ => new AdamW(model, adam),
        };
    }

    internal void Validate()
    {
        TrainingConfig.Require(LearningRate > 0 && double.IsFinite(LearningRate), "optimizer.learning_rate",
            LearningRate, "positive");
        double final = FinalLearningRate ?? 0;
        TrainingConfig.Require(
            final >= 0 && double.IsFinite(final), "optimizer.final_learning_rate", final, "0 or more");
        TrainingConfig.Require(WarmupSteps >= 0, "optimizer.warmup_steps", WarmupSteps, "0 or more");
        TrainingConfig.Require(Beta1 is >= 0 and < 1, "optimizer.beta1", Beta1, "in [0, 1)");
        TrainingConfig.Require(Beta2 is >= 0 and < 1, "optimizer.beta2", Beta2, "in [0, 1)");
        TrainingConfig.Require(Epsilon > 0 && float.IsFinite(Epsilon), "optimizer.epsilon", Epsilon, "positive");
        TrainingConfig.Require(WeightDecay >= 0 && float.IsFinite(WeightDecay), "optimizer.weight_decay", WeightDecay,
            "0 or more");
        TrainingConfig.Require(ClipNorm >= 0 && double.IsFinite(ClipNorm), "optimizer.clip_norm", ClipNorm,
            "0 (no limit) or more");
    }
}
