using System.Text.Json;
using Nabla.Learning.Optimizers;
using Nabla.Tensors;

namespace Nabla.Learning.Tests.Goldens;

/// <summary>Twenty steps of each optimizer, with given gradients, against PyTorch.</summary>
public sealed class GoldenOptimizerTests
{
    private const double Tolerance = 1e-6;

    [Fact]
    public void AdamW_takes_the_steps_of_PyTorch() => Follow("adamw", (module, settings) => new AdamW(module, new()
    {
        LearningRate = settings.GetProperty("lr").GetSingle(),
        Beta1 = settings.GetProperty("betas")[0].GetSingle(),
        Beta2 = settings.GetProperty("betas")[1].GetSingle(),
        Epsilon = settings.GetProperty("eps").GetSingle(),
        WeightDecay = settings.GetProperty("weight_decay").GetSingle(),
    }));

    [Fact]
    public void Sgd_with_momentum_takes_the_steps_of_PyTorch() =>
        Follow("sgd", (module, settings) => new Sgd(module, new()
        {
            LearningRate = settings.GetProperty("lr").GetSingle(),
            Momentum = settings.GetProperty("momentum").GetSingle(),
            WeightDecay = settings.GetProperty("weight_decay").GetSingle(),
        }));

    private static void Follow(string name, Func<Module, JsonElement, Optimizer> create)
    {
        using GoldenFile file = GoldenFile.Open("adamw.safetensors");
        var module = new Pair(file.Read($"{name}/initial/weight"), file.Read($"{name}/initial/bias"));
        Optimizer optimizer = create(module, file.Note(name));
        for (int step = 0; step < file.Note("steps").GetInt32(); step++)
        {
            optimizer.ClearGradients();
            module.Weight.Backward(file.Read($"{name}/step{step}/grad/weight"));
            module.Bias.Backward(file.Read($"{name}/step{step}/grad/bias"));
            optimizer.Step();
            module.Weight.ShouldBeNear(file.Read($"{name}/step{step}/weight"), Tolerance, $"weight after step {step}");
            module.Bias.ShouldBeNear(file.Read($"{name}/step{step}/bias"), Tolerance, $"bias after step {step}");
        }
    }

    private sealed class Pair(Tensor weight, Tensor bias) : Module
    {
        public Parameter Weight { get; } = new(weight);

        public Parameter Bias { get; } = new(bias);
    }
}
