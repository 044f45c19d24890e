using Nabla.Cli.Data;
using Nabla.Formulas.Spreadsheets.Kinds;
using Nabla.Learning;
using Nabla.Learning.Data;
using Nabla.Learning.Data.Catalogue;
using Nabla.Learning.Layers;
using Nabla.Learning.Optimizers;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Cli.Sheets;

/// <summary>A network small enough for a sheet, trained a little, so that a step is still to be seen.</summary>
internal static class SmallNetwork
{
    private const int Steps = 40, Seed = 1, Flowers = 12;
    private const float Rate = 0.05f;

    /// <summary>What it can learn.</summary>
    public static IReadOnlyList<string> Names { get; } = ["xor", "iris"];

    /// <summary>The table and the weights.</summary>
    public static (MlpData Data, MlpWeights Weights) Trained(string name, CancellationToken cancellation)
    {
        (MlpData data, int width) = name == "iris" ? (Iris(), 8) : (Xor(), 3);
        var network = new Network(data.X.Shape[1], width, data.Y.Shape[1]);
        var optimizer = new AdamW(network, new AdamWOptions { LearningRate = Rate, WeightDecay = 0 });
        for (int step = 0; step < Steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = TensorScope.Begin();
            optimizer.Minimize(network.Loss(data));
        }
        return (data, new(
            network.Hidden.Weight.Detach(), network.Hidden.Bias!.Detach(), network.Output.Weight.Detach(),
            network.Output.Bias!.Detach()));
    }

    private static MlpData Xor() => new(new([0, 0, 0, 1, 1, 0, 1, 1], [4, 2]), new([0, 1, 1, 0], [4, 1]))
    {
        What = "exclusive or",
        Inputs = ["a", "b"],
        Outputs = ["a xor b"],
    };

    // As many flowers of each kind.
    private static MlpData Iris()
    {
        LabelledData all = NamedData.Of("iris").Load(DataStore.Default).Training;
        int classes = all.Classes.Count, width = all.Features.Count;
        int[] labels = all.Labels.ToArray();
        int[] rows = [.. Enumerable.Range(0, classes).SelectMany(kind => Enumerable.Range(0, labels.Length)
            .Where(row => labels[row] == kind).Take(Flowers / classes))];
        float[] inputs = all.AllInputs().ToArray();
        return new(
            new([.. rows.SelectMany(row => inputs[(row * width)..((row + 1) * width)])], [rows.Length, width]),
            new([.. rows.SelectMany(row => Enumerable.Range(0, classes).Select(kind => labels[row] == kind ? 1f : 0))],
                [rows.Length, classes]))
        {
            What = "kinds of iris",
            Inputs = [.. all.Features.Select(name => name.Replace('_', ' '))],
            Outputs = all.Classes,
        };
    }

    private sealed class Network(int inputs, int width, int outputs) : Module
    {
        private static readonly Rng Weights = new(Seed);

        public Linear Hidden { get; } = new(inputs, width, Weights.Fork(0));

        public Linear Output { get; } = new(width, outputs, Weights.Fork(1));

        public Tensor Loss(MlpData data)
        {
            Tensor logits = Output.Forward(Hidden.Forward(data.X).Tanh());
            return data.Y.Shape[1] == 1 ? logits.Sigmoid().BinaryCrossEntropy(data.Y).Mean()
                : -(data.Y * logits.LogSoftmax(1)).Sum() / data.X.Shape[0];
        }
    }
}
