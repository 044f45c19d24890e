using Nabla.Numerics.Kernels;
using Nabla.Tensors.Memory;

namespace Nabla.Tensors.Ops;

/// <summary>
/// How tensors [B, H, T, D] lie in memory around attention: as [B, T, H, D], the order in which the linear layers
/// before and after have them, so that <c>Transpose(1, 2)</c> and <c>Reshape</c> cost nothing.
/// </summary>
internal static class HeadLayout
{
    /// <summary>A new tensor of shape [B, H, T, D] that lies as [B, T, H, D].</summary>
    public static Tensor Allocate(Shape shape)
    {
        (int h, int t, int d) = (shape[1], shape[2], shape[3]);
        return new Tensor(shape, TensorBuffer.Allocate(shape.ElementCount), [t * h * d, d, h * d, 1], 0);
    }

    /// <summary>
    /// The tensor itself if the numbers of a head lie side by side, as the kernels want them; else a copy.
    /// </summary>
    public static Tensor Readable(Tensor x) => x.Strides[3] == 1 || x.Shape[3] == 1 ? x : x.Dense();

    /// <summary>
    /// Where x's gradient lies within that of the tensor x was cut from, if the kernels can write there.
    /// </summary>
    public static Tensor? TakePlace(Tensor x, Gradients gradients) => x.Strides[3] == 1 ? gradients.TakePlace(x) : null;

    /// <summary>Where the kernels find batches, heads and rows.</summary>
    public static HeadStrides Strides(Tensor x) => new(x.Strides[0], x.Strides[1], x.Strides[2]);

    /// <summary>The numbers from the tensor's first one on.</summary>
    public static Span<float> Numbers(Tensor x) => x.Buffer.Span[x.Offset..];
}
