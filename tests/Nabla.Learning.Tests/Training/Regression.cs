using Nabla.Learning.Optimizers;
using Nabla.Learning.Training;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Tests.Training;

/// <summary>A small regression: what training runs train here.</summary>
internal sealed class Regression
{
    private readonly Tensor[] inputs, targets;

    public Regression(int seed = 1, int batches = 5, float rate = 0.01f)
    {
        var rng = new Rng(seed);
        inputs = [.. Enumerable.Range(0, batches).Select(_ => Tensor.Randn([8, 3], rng))];
        targets = [.. inputs.Select(x => x.MatMul(new Tensor([2, -3, 0.5f], [3, 1])).Tanh())];
        Model = new Mlp(3, 8, 1, rng);
        Optimizer = new AdamW(Model, new AdamWOptions { LearningRate = rate });
    }

    public Mlp Model { get; }

    public Optimizer Optimizer { get; }

    public int Batches => inputs.Length;

    /// <summary>Batch n of epoch e, in an order that depends on e.</summary>
    public Batches<int> Shuffled(bool countKnown) => Learning.Training.Batches.ByEpoch(
        epoch => Enumerable.Range(0, Batches).Select(i => (i + epoch) % Batches), countKnown ? Batches : null);

    /// <summary>The loss, with dropout so that random numbers matter.</summary>
    public Tensor Loss(int batch, TrainingPass pass)
    {
        Tensor y = Model.Forward(pass.Rng is null ? inputs[batch] : inputs[batch].Dropout(0.1f, pass.Rng));
        return Learning.Losses.Loss.MeanSquaredError(y, targets[batch]);
    }

    public Validation Validate(CancellationToken cancellation) => Validation.Over(
        Enumerable.Range(0, Batches), i => new BatchScore(Loss(i, default).Item(), 8), cancellation);

    public Trainer<int> Trainer(TrainerOptions options, bool countKnown = true) =>
        new(Model, Optimizer, Shuffled(countKnown), Loss, options) { CountExamples = _ => 8, Validate = Validate };
}

internal sealed class Listener<T>(Action<T> heard) : IProgress<T>
{
    public void Report(T value) => heard(value);
}
