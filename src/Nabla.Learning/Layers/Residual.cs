using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>
/// A way around a layer: y = x + f(x), or s(x) + f(x) with a shortcut s where the shapes differ. The gradient reaches x
/// undiminished, which is what lets deep networks learn. He et al. 2016, arXiv:1512.03385.
/// </summary>
/// <example><code>
/// new Residual(new Activation&lt;Tanh&gt;()).Forward(new Tensor([0.5f])).Item();   // = 0.9621
/// 0.5 + Math.Tanh(0.5);                                                      // = 0.9621
/// </code></example>
[Formula("y = x + f(x)")]
public sealed class Residual : Module, ILayer
{
    private readonly ILayer inner;
    private readonly ILayer? shortcut;

    /// <summary>f, and s if x itself does not have f's shape.</summary>
    /// <exception cref="ArgumentException">f or s is no module.</exception>
    public Residual(ILayer inner, ILayer? shortcut = null)
    {
        (this.inner, this.shortcut) = (inner, shortcut);
        Inner = inner as Module ?? throw NoModule(nameof(inner));
        Shortcut = shortcut is null ? null : shortcut as Module ?? throw NoModule(nameof(shortcut));
    }

    /// <summary>f.</summary>
    [StoredAs("inner")]
    public Module Inner { get; }

    /// <summary>s, if there is one.</summary>
    [StoredAs("shortcut")]
    public Module? Shortcut { get; }

    /// <summary>x + f(x).</summary>
    /// <exception cref="ArgumentException">f(x) has another shape than what it is added to.</exception>
    public Tensor Forward(Tensor x, Rng? rng = null)
    {
        Tensor y = inner.Forward(x, rng), around = shortcut?.Forward(x, rng) ?? x;
        return y.Shape == around.Shape
            ? around + y
            : throw new ArgumentException(
                $"Residual: {Inner.GetType().Name} makes {y.Shape} of {x.Shape}, which does not fit {around.Shape}; "
                + "give a shortcut that makes the same shape.");
    }

    private static ArgumentException NoModule(string name) =>
        new($"Residual: {name} is no Module; derive it from Module.", name);

    /// <inheritdoc/>
    Tensor ILayer.Forward(Tensor x) => Forward(x);
}
