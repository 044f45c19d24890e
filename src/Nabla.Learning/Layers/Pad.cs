using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>
/// A frame around the last dimensions: zeros, a constant, the edge, its mirror image or the other side. PyTorch has a
/// class for each kind and number of dimensions: <c>ZeroPad2d</c>, <c>ReflectionPad1d</c>, ….
/// </summary>
/// <param name="padding">
/// Before and after the last dimension, before and after the one in front of it, …; two numbers for each.
/// </param>
/// <param name="mode">What stands beyond the edges.</param>
/// <param name="value">The constant of <see cref="PadMode.Constant"/>.</param>
/// <example><code>
/// new Pad([1, 2]).Forward(new Tensor([5, 6])).ToArray();                    // = [0, 5, 6, 0, 0]
/// new Pad([1, 1], PadMode.Reflect).Forward(new Tensor([5, 6])).ToArray();   // = [6, 5, 6, 5]
/// </code></example>
[Formula("y_i = v_i + Σ_k P_{i,k}·x_k")]
public sealed class Pad(int[] padding, PadMode mode = PadMode.Constant, float value = 0) : Module, ILayer
{
    private readonly int[] padding = padding.Length % 2 == 0
        ? [.. padding]
        : throw new ArgumentException(
            $"Pad: {padding.Length} numbers are no pairs; give one before and one after each dimension.");

    /// <summary>x with its frame.</summary>
    /// <exception cref="ArgumentException">The padding does not fit x's dimensions, or the mode.</exception>
    public Tensor Forward(Tensor x) => x.Pad(padding, mode, value);
}
