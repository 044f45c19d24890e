using Nabla.Learning.Layers;
using Nabla.Learning.Optimizers;
using Nabla.Learning.Training;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Tests.Training;

public class ActivationTests
{
    [Fact]
    public void Every_operation_is_named_after_its_module_with_the_statistics_of_its_results()
    {
        var rng = new Rng(1);
        var model = new Mlp(3, 8, 2, rng);
        var recorder = new ActivationRecorder(model);
        Tensor[] inputs = [Tensor.Randn([5, 3], rng), Tensor.Randn([4, 3], rng)];
        foreach (Tensor x in inputs)
            using (recorder.Watch())
                model.Forward(x);
        recorder.Statistics.Select(row => row.Place)
            .ShouldBe(["Hidden.Affine", "Hidden.Tanh", "Norm.LayerNorm", "Output.Affine"]);
        float[] tanh = [.. inputs.SelectMany(x => model.Hidden.Forward(x).Tanh().ToArray())];
        ActivationStatistics row = recorder.Statistics[1];
        row.Count.ShouldBe(9 * 8);
        row.Mean.ShouldBe(tanh.Average(), 1e-6);
        row.Deviation.ShouldBe(Math.Sqrt(tanh.Average(y => (double)y * y) - Math.Pow(tanh.Average(), 2)), 1e-6);
        (row.Least, row.Most).ShouldBe((tanh.Min(), tanh.Max()));
        row.Saturated!.Value.ShouldBe(tanh.Count(y => 1 - y * y < 0.1f) / 72.0, 1e-9);
        recorder.Statistics[0].Saturated.ShouldBeNull();
    }

    [Fact]
    public void Dead_units_are_those_that_no_input_wakes()
    {
        var rng = new Rng(1);
        var layer = new Linear(3, 6, rng);
        foreach (int dead in (int[])[1, 4])
            layer.Bias!.Values[dead] = -100;
        foreach (bool fused in (bool[])[false, true])
        {
            var recorder = new ActivationRecorder(layer);
            for (int batch = 0; batch < 3; batch++)
                using (recorder.Watch())
                {
                    Tensor x = Tensor.Randn([20, 3], rng);
                    _ = fused ? layer.Forward<Relu>(x) : layer.Forward(x).Relu();
                }
            ActivationStatistics row = recorder.WithDeadUnits.ShouldHaveSingleItem();
            (row.Units, row.Saturated).ShouldBe((6, row.Zeros));
            row.DeadUnits.ShouldBe([1, 4]);
        }
    }

    [Fact]
    public void The_units_of_images_are_their_channels()
    {
        var rng = new Rng(1);
        var layer = new Conv2d(1, 4, 3, rng);
        layer.Parameters().Single(p => p.Parameter.Rank == 1).Parameter.Values[2] = -100;
        var recorder = new ActivationRecorder(layer);
        using (recorder.Watch())
            layer.Forward(Tensor.Randn([2, 1, 6, 6], rng)).Relu();
        ActivationStatistics row = recorder.WithDeadUnits.ShouldHaveSingleItem();
        row.Units.ShouldBe(4);
        row.DeadUnits.ShouldBe([2]);
    }

    [Fact]
    public void A_training_run_reports_its_share_of_dead_units()
    {
        var rng = new Rng(1);
        var layer = new Linear(3, 4, rng);
        layer.Bias!.Values[0] = -100;
        Tensor x = Tensor.Randn([8, 3], rng);
        var trainer = new Trainer<Tensor>(
            layer, new AdamW(layer), Batches.Same([x, x]),
            (batch, _) => layer.Forward(batch).Relu().Square().Mean(),
            new TrainerOptions { Epochs = 2, Accumulate = 2 });
        var log = new ActivationLog(every: 2);
        trainer.Callbacks.Add(log);
        var shares = new List<object?>();
        trainer.Run(new Listener<StepMetrics>(step => shares.Add(step.More.GetValueOrDefault("dead_units"))));
        shares.ShouldBe([null, 0.25]);
        log.Latest[0].Count.ShouldBe(2 * 8 * 4, "both passes of the step, not their backward passes");
    }

    [Fact]
    public void Of_thirty_sigmoids_the_first_layer_gets_no_gradient_and_residuals_or_relu_give_it_back()
    {
        Tensor x = Tensor.Randn([32, 64], new Rng(1));
        double Ratio(DeepActivation activation, bool residual, int seed)
        {
            IReadOnlyList<double> norms =
                new DeepNetwork(30, 64, activation, residual, new Rng(seed)).GradientNorms(x);
            norms.Count.ShouldBe(30);
            return norms[0] / norms[^1];
        }
        foreach (int seed in (int[])[2, 3, 4])
        {
            // At most (1/4)²⁹ = 3.5e-18 times the norms of 29 matrices, each below 2.
            Ratio(DeepActivation.Sigmoid, residual: false, seed).ShouldBeInRange(1e-22, 1e-12);
            Ratio(DeepActivation.Sigmoid, residual: true, seed).ShouldBeInRange(0.1, 10);
            Ratio(DeepActivation.Relu, residual: false, seed).ShouldBeInRange(0.03, 30);
            Ratio(DeepActivation.Relu, residual: true, seed).ShouldBeInRange(0.1, 10);
            Ratio(DeepActivation.Tanh, residual: false, seed).ShouldBeInRange(1e-3, 30);
        }
    }

    [Fact]
    public void A_deep_network_needs_layers() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new DeepNetwork(0, 4, DeepActivation.Relu, false, new Rng(1)))
            .Message.ShouldContain("depth");
}
