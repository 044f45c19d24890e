using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>
/// Dimensions <paramref name="first"/> … <paramref name="last"/> as one: images [B, C, H, W] as vectors [B, C·H·W].
/// </summary>
/// <param name="first">The first of them; negative counts from the last dimension.</param>
/// <param name="last">The last of them.</param>
/// <example><code>
/// new Flatten().Forward(Tensor.Zeros([5, 2, 3, 4])).Shape.ToString();   // = "[5, 24]"
/// </code></example>
[Formula("y = x")]
public sealed class Flatten(int first = 1, int last = -1) : Module, ILayer
{
    /// <summary>The same numbers with the dimensions as one.</summary>
    /// <exception cref="ArgumentException">x has no such dimensions, or the last lies before the first.</exception>
    public Tensor Forward(Tensor x) => x.Rank > 0
        ? x.Flatten(first, last)
        : throw new ArgumentException("Flatten: x [] is a scalar; it has no dimensions.");
}
