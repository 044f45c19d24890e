using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>
/// Layers one after the other: y = f_n(… f_2(f_1(x))). Weights are stored by their layer's place, <c>0.weight</c>,
/// <c>0.bias</c>, <c>2.weight</c>, as in PyTorch; layers without weights count.
/// </summary>
/// <example><code>
/// var rng = new Rng(1);
/// var model = new Sequential(new Linear(2, 8, rng), new Activation&lt;Tanh&gt;(), new Linear(8, 1, rng));
/// model.Forward(Tensor.Zeros([5, 2])).Shape.ToString();   // = "[5, 1]"
/// model.Parameters()[2].StoredName;                       // = "2.weight"
/// </code></example>
[Formula("y = g(f(x))")]
public sealed class Sequential : Module, ILayer
{
    private readonly ILayer[] layers;

    /// <summary>These layers in this order.</summary>
    /// <exception cref="ArgumentException">A layer is no module, so that its weights would not be found.</exception>
    public Sequential(params ReadOnlySpan<ILayer> layers)
    {
        this.layers = layers.ToArray();
        Layers = [.. this.layers.Select((layer, i) => layer as Module ?? throw new ArgumentException(
            $"Sequential: layer {i}, {layer?.GetType().Name ?? "null"}, is no Module; derive it from Module.",
            nameof(layers)))];
    }

    /// <summary>The layers.</summary>
    [StoredAs("")]
    public IReadOnlyList<Module> Layers { get; }

    /// <summary>The layer at this place.</summary>
    public ILayer this[int index] => layers[index];

    /// <summary>The last layer's result; without layers x itself. Random numbers are given in training only.</summary>
    public Tensor Forward(Tensor x, Rng? rng = null)
    {
        foreach (ILayer layer in layers)
            x = layer.Forward(x, rng);
        return x;
    }

    /// <inheritdoc/>
    Tensor ILayer.Forward(Tensor x) => Forward(x);
}
