using Nabla.Numerics.Kernels;
using Nabla.Tensors;

namespace Nabla.Learning.Optimizers;

/// <summary>A buffer that an optimizer keeps for a parameter, such as its momentum.</summary>
/// <param name="Name">Its name in checkpoints, before the parameter's path.</param>
/// <param name="Shape">Its shape, mostly the parameter's.</param>
public readonly record struct StateBuffer(string Name, Shape Shape);

/// <summary>A parameter, what an optimizer keeps for it, and its group.</summary>
/// <param name="Named">The parameter and its path.</param>
/// <param name="Buffers">Its buffers, in the order in which the optimizer named them.</param>
/// <param name="Group">How it is treated.</param>
public readonly record struct ParameterState(NamedParameter Named, float[][] Buffers, ParameterGroup Group)
{
    /// <summary>The parameter.</summary>
    public Parameter Parameter => Named.Parameter;

    /// <summary>Its learning rate where the optimizer's is <paramref name="rate"/>.</summary>
    public float Rate(float rate) => rate * Group.RateFactor;

    /// <summary>Its weight decay: that of its group, or else the optimizer's.</summary>
    public float Decay(float otherwise) => Group.WeightDecay ?? otherwise;
}

/// <summary>The parameters of a step and their rules, handed to the kernel together.</summary>
/// <typeparam name="TRule">The optimizer's rule.</typeparam>
public sealed class UpdateBatch<TRule> where TRule : struct, IUpdateRule
{
    private UpdateArrays<TRule>[] arrays = [];
    private int count;

    /// <summary>Adds a parameter, which has a gradient, with the rule for it.</summary>
    public void Add(in ParameterState parameter, in TRule rule) => Add(parameter, rule, parameter.Buffers);

    /// <summary>Adds a parameter with other buffers than all of its own.</summary>
    public void Add(in ParameterState parameter, in TRule rule, float[]?[] buffers)
    {
        if (count == arrays.Length)
            Array.Resize(ref arrays, Math.Max(16, 2 * count));
        arrays[count++] = new(
            rule, parameter.Parameter.GradientMemory, parameter.Parameter.ValuesMemory, buffers);
    }

    /// <summary>Runs the rules, the gradients counting so many times, and is empty again.</summary>
    public void Run(float gradientScale)
    {
        UpdateKernel.Run<TRule>(arrays.AsMemory(0, count), gradientScale);
        Array.Clear(arrays, 0, count);
        count = 0;
    }
}
