#:project ../src/Nabla.Learning/Nabla.Learning.csproj
// XOR: no single line separates it, one hidden layer does.
using Nabla.Learning;
using Nabla.Learning.Layers;
using Nabla.Learning.Losses;
using Nabla.Learning.Optimizers;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

var inputs = new Tensor([0, 0, 0, 1, 1, 0, 1, 1], [4, 2]);
int[] classes = [0, 1, 1, 0];

var network = new TwoLayers(new Rng(3));
var optimizer = new AdamW(network, new() { LearningRate = 0.03f });
for (int step = 0; step <= 400; step++)
{
    using var scope = TensorScope.Begin();
    Tensor loss = Loss.CrossEntropy(network.Forward(inputs), classes);
    optimizer.Minimize(loss);
    if (step % 100 == 0)
        Console.WriteLine($"step {step,3}  loss {loss.Item():F4}");
}

Console.WriteLine(network);
Tensor probabilities = network.Forward(inputs).Softmax();
for (int i = 0; i < 4; i++)
    Console.WriteLine($"{inputs[i, 0]} xor {inputs[i, 1]}: P(1) = {probabilities[i, 1]:F3}");

sealed class TwoLayers(Rng rng) : Module
{
    public Linear Hidden { get; } = new(2, 8, rng);
    public Linear Output { get; } = new(8, 2, rng);
    public Tensor Forward(Tensor x) => Output.Forward(Hidden.Forward(x).Tanh());
}
