using Nabla.Learning.Layers;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Classification;

/// <summary>
/// A perceptron with hidden layers on the flattened example: h ← dropout(max(0, h·Wᵀ + b)) for each, then the scores.
/// Rumelhart, Hinton and Williams 1986.
/// </summary>
/// <example><code>
/// var model = new MlpClassifier([4], [8, 8], 3, 0.2f, new Rng(1));
/// model.ParameterCount();                        // = 139
/// (4 + 1) * 8 + (8 + 1) * 8 + (8 + 1) * 3;       // = 139
/// </code></example>
public sealed class MlpClassifier : Classifier
{
    private readonly int inputs;

    /// <summary>A model with hidden layers of these widths.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A size is not positive, or the probability not in [0, 1).
    /// </exception>
    public MlpClassifier(Shape input, IReadOnlyList<int> widths, int classes, float dropout, Rng rng)
    {
        inputs = input.ElementCount;
        int[] sizes = [inputs, .. widths];
        Hidden = [.. widths.Select((width, i) => new Linear(sizes[i], width, rng))];
        Dropout = new Dropout(dropout);
        Output = new Linear(sizes[^1], classes, rng);
    }

    /// <summary>The hidden layers.</summary>
    [StoredAs("hidden")]
    public IReadOnlyList<Linear> Hidden { get; }

    /// <summary>What follows each of them in training.</summary>
    public Dropout Dropout { get; }

    /// <summary>The layer of the scores.</summary>
    [StoredAs("output")]
    public Linear Output { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x, Rng? rng)
    {
        x = x.Reshape(x.Shape[0], inputs);
        foreach (Linear layer in Hidden)
            x = Dropout.Forward(layer.Forward<Relu>(x), rng);
        return Output.Forward(x);
    }
}
