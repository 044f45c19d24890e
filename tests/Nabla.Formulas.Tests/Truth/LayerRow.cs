using Nabla.Learning;
using Nabla.Numerics;
using Nabla.Tensors;

namespace Nabla.Formulas.Tests.Truth;

/// <summary>What a name of a layer's formula stands for: all or some numbers of an input or of a weight.</summary>
/// <param name="Name">The name.</param>
/// <param name="From">The input or weight.</param>
/// <param name="Shape">The shape in which the formula sees the numbers.</param>
internal sealed record Given(string Name, Parameter From, params int[] Shape)
{
    /// <summary>Where they begin, if they lie together.</summary>
    public int Start { get; init; }

    /// <summary>Their places, in the formula's order, if they do not.</summary>
    public int[]? Places { get; init; }

    /// <summary>The place of each number.</summary>
    public IEnumerable<int> Taken => Places ?? Enumerable.Range(Start, Shape.Aggregate(1, (a, b) => a * b));

    /// <summary>All of a weight.</summary>
    public static Given All(string name, Parameter? from) => new(name, from!, [.. from!.Shape]);
}

/// <summary>A layer on a small input, and what the names in its formula stand for.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Call">The layer's result.</param>
/// <param name="Names">Inputs and weights.</param>
/// <param name="Constants">What is neither, as <c>NAME=VALUE</c>.</param>
internal sealed record LayerRow(Module Layer, Func<Tensor> Call, Given[] Names, string[] Constants)
{
    private static readonly Rng Random = new(3);

    /// <summary>The layer's type; of one with a type parameter the open one.</summary>
    public Type Type => Layer.GetType() is { IsGenericType: true } generic
        ? generic.GetGenericTypeDefinition() : Layer.GetType();

    /// <summary>What stands in the formula for a function that is whatever was given, and what was given.</summary>
    public (string Function, string Given)? Where { get; init; }

    /// <summary>A row of a layer with one input.</summary>
    public static LayerRow Of<T>(
        T layer, Given x, Func<T, Tensor, Tensor> call, Func<T, Given[]>? weights = null, params string[] constants)
        where T : Module => Of(layer, [x], (l, inputs) => call(l, inputs[0]), weights, constants);

    /// <summary>A row of a layer with several inputs; names of one tensor stand for one input.</summary>
    public static LayerRow Of<T>(
        T layer, Given[] inputs, Func<T, Tensor[], Tensor> call, Func<T, Given[]>? weights = null,
        params string[] constants)
        where T : Module
    {
        foreach (NamedParameter weight in layer.Parameters()) // no layer is to hide behind a scale of 1 or a bias of 0
            for (int i = 0; i < weight.Parameter.Count; i++)
                weight.Parameter.Values[i] = 0.3f * (float)Random.NextNormal() + 0.5f;
        Tensor[] tensors = [.. inputs.Select(input => input.From).Distinct()];
        return new(layer, () => call(layer, tensors), [.. inputs, .. weights?.Invoke(layer) ?? []], constants);
    }

    /// <summary>An input of random numbers that the formula sees in another shape.</summary>
    public static Given Input(string name, int[] shape, params int[] seen) =>
        new(name, new Parameter(Tensor.Randn(shape, Random)), seen);
}
