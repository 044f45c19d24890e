#:project ../src/Nabla.Learning/Nabla.Learning.csproj
// Linear regression: find the weights behind noisy measurements. y = 2·x₁ − 3·x₂ + 0.5·x₃ + 1.5
using Nabla.Learning.Layers;
using Nabla.Learning.Optimizers;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

var rng = new Rng(1);
// snippet: linear-regression
Tensor x = Tensor.Randn([256, 3], rng);
Tensor y = x.MatMul(new Tensor([2, -3, 0.5f], [3, 1])) + 1.5f + Tensor.Randn([256, 1], rng) * 0.1f;

var line = new Linear(3, 1, rng);
var optimizer = new AdamW(line, new() { LearningRate = 0.05f, WeightDecay = 0 });
for (int step = 0; step < 300; step++)
{
    using var scope = TensorScope.Begin();
    optimizer.Minimize((line.Forward(x) - y).Square().Mean());
}
// end
Console.WriteLine($"weights {string.Join(", ", line.Weight.ToArray().Select(w => w.ToString("F2")))}   (2, -3, 0.5)");
Console.WriteLine($"bias    {line.Bias!.Item():F2}   (1.5)");
