using Nabla.Learning.Layers;
using Nabla.Learning.Optimizers;
using Nabla.Learning.Training;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Tests.Training;

/// <summary>What a step of the trainer allocates: small objects, and no tensor's numbers.</summary>
public sealed class AllocationTests
{
    private readonly Tensor images = Tensor.Randn([32, 3, 16, 16], new Rng(1));
    private readonly Tensor sequences = Tensor.Randn([32, 16, 24], new Rng(2));
    private readonly int[] classes = new Rng(3).Integers(32, 10);

    [Fact]
    public void A_step_of_a_convolutional_network_allocates_no_buffer()
    {
        var rng = new Rng(4);
        var model = new Sequential(
            new Conv2d(3, 8, 3, rng, new() { Padding = 1 }), new BatchNorm2d(8), new Activation<Relu>(),
            new MaxPool2d(2), new Dropout(0.1f), new Conv2d(8, 16, 3, rng), new Activation<Gelu>(),
            new AdaptiveAvgPool2d(2), new Flatten(), new Linear(64, 10, rng));
        BytesPerStep(model, pass => model.Forward(images, pass.Rng)).ShouldBeLessThan(40_000); // images: 98,304
    }

    [Fact]
    public void A_step_of_a_recurrent_network_allocates_no_buffer()
    {
        var model = new Reader(new Rng(5));
        BytesPerStep(model, pass => model.Forward(sequences, pass.Rng)).ShouldBeLessThan(40_000); // sequences: 49,152
    }

    private double BytesPerStep(Module model, Func<TrainingPass, Tensor> forward)
    {
        const int warm = 10, counted = 20;
        var allocated = new long[warm + counted + 1];
        var trainer = new Trainer<int>(
            model, new AdamW(model), Batches.ByEpoch(_ => Enumerable.Repeat(0, 1000), 1000),
            (_, pass) => Losses.Loss.CrossEntropy(
                forward(pass), classes, new Losses.CrossEntropyOptions { LabelSmoothing = 0.1f }),
            new TrainerOptions { Steps = warm + counted, Rng = new Rng(6), ClipNorm = 1 });
        trainer.Run(new Listener<StepMetrics>(
            step => allocated[step.Step] = GC.GetAllocatedBytesForCurrentThread()));
        // The median: on a busy processor a step now and then takes a buffer because another is not back yet.
        return Enumerable.Range(warm, counted).Select(step => (double)(allocated[step + 1] - allocated[step]))
            .Order().ElementAt(counted / 2);
    }

    private sealed class Reader(Rng rng) : Module
    {
        public Lstm Lstm { get; } = new(24, 32, rng, new() { Layers = 2, Bidirectional = true, Dropout = 0.1f });

        public Linear Output { get; } = new(64, 10, rng);

        public Tensor Forward(Tensor x, Rng? rng) =>
            Output.Forward(Lstm.Forward(x, rng: rng).Y.Select(1, 15));
    }
}
