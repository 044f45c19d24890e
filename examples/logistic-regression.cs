#:project ../src/Nabla.Learning/Nabla.Learning.csproj
// Will it rain tomorrow? Six days, three signs, and a probability: p = σ(w·x + b).
using Nabla.Learning.Layers;
using Nabla.Learning.Optimizers;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

var days = new Tensor( // rain yesterday, high humidity, pressure dropping
[
    1, 1, 1,
    1, 1, 0,
    0, 1, 1,
    1, 0, 0,
    0, 0, 1,
    0, 0, 0,
], [6, 3]);
var rained = new Tensor([1, 1, 1, 0, 0, 0], [6, 1]);

var neuron = new Linear(3, 1, new Rng(1));
var optimizer = new Sgd(neuron, new() { LearningRate = 0.1f });
for (int step = 0; step < 4000; step++)
{
    using var scope = TensorScope.Begin();
    Tensor p = neuron.Forward(days).Sigmoid();
    Tensor crossEntropy = -(rained * p.Log() + (1 - rained) * (1 - p).Log()).Sum();
    // Humidity alone separates the table, so without a penalty the weights would grow for ever.
    optimizer.Minimize(crossEntropy + 0.5f * neuron.Weight.Square().Sum());
}

float[] w = neuron.Weight.ToArray();
Console.WriteLine($"weights: rain {w[0]:F3}, humidity {w[1]:F3}, pressure {w[2]:F3}, bias {neuron.Bias!.Item():F3}");
Tensor today = new([1, 0, 1], [1, 3]);
Console.WriteLine($"rain yesterday, dry air, pressure dropping: P(rain) = {neuron.Forward(today).Sigmoid().Item():F3}");
