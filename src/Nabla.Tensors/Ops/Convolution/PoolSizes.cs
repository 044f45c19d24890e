using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>What max and average pooling have in common.</summary>
internal static class PoolSizes
{
    /// <summary>Test cases: windows that overlap, that leave gaps and that reach over the edge.</summary>
    public static IEnumerable<(Shape X, Size2d Kernel, Size2d? Stride, Size2d Padding)> Samples =>
    [
        ([2, 2, 4, 6], 2, null, 0), ([1, 2, 5, 7], 2, null, 0), ([1, 2, 7, 6], 3, 2, 1),
        ([2, 1, 5, 4], (2, 3), (1, 2), (0, 1)), ([1, 1, 6, 5], (2, 1), 3, 0),
        ([1, 1, 1, 1], 1, null, 0), ([0, 2, 4, 4], 2, null, 0),
        ([3, 5, 38, 70], 2, null, 0), ([6, 16, 14, 14], 2, null, 0), ([2, 3, 15, 15], 2, null, 0),
    ];

    /// <summary>The sizes, checked.</summary>
    public static PoolShape Of(string operation, Tensor x, (Size2d Kernel, Size2d Stride, Size2d Padding) window)
    {
        if (x.Rank != 4)
            throw new ArgumentException($"{operation}: x {x.Shape} must be [B, C, H, W].");
        (Size2d kernel, Size2d stride, Size2d padding) = window;
        if (Math.Min(kernel.Height, kernel.Width) < 1 || Math.Min(stride.Height, stride.Width) < 1)
            throw new ArgumentException($"{operation}: kernel {kernel} and stride {stride} must be at least 1.");
        if (Math.Min(padding.Height, padding.Width) < 0
            || padding.Height > kernel.Height / 2 || padding.Width > kernel.Width / 2)
            throw new ArgumentException(
                $"{operation}: padding {padding} must be at least 0 and at most half the kernel {kernel}.");
        var shape = new PoolShape(x.Shape[0] * x.Shape[1], (x.Shape[2], x.Shape[3]), kernel, stride, padding);
        if (shape.Image.Height == 0 || shape.Image.Width == 0)
            throw new ArgumentException($"{operation}: x {x.Shape} has no pixels; give images of at least 1×1.");
        if (shape.Output.Height == 0 || shape.Output.Width == 0)
            throw new ArgumentException(
                $"{operation}: a kernel of {kernel} is larger than the image of {shape.Image} with padding {padding}.");
        return shape;
    }

    /// <summary>Lines [B, C, L] as images with a height of 1.</summary>
    public static Tensor AsImage(string operation, Tensor x) => x.Rank == 3
        ? x.Unsqueeze(2)
        : throw new ArgumentException($"{operation}: x {x.Shape} must be [B, C, L].");

    /// <summary>For formulas: the window x of each result y, as a list.</summary>
    /// <param name="s">The sizes.</param>
    /// <param name="padded">Whether the padding's zeros are in the list, too.</param>
    public static IEnumerable<FormulaInstance> Windows(PoolShape s, bool padded)
    {
        var image = Shape.Create([s.Planes, 1, s.Image.Height, s.Image.Width]);
        var patches = new PatchPlaces(image, s.Window, new() { Stride = s.Stride, Padding = s.Padding });
        for (int y = 0; y < s.Planes * s.Output.Area; y++)
        {
            int[] places = [.. Enumerable.Range(0, s.Window.Area)
                .Select(row => patches.PlaceOf(y / s.Output.Area, row, y % s.Output.Area))
                .Where(place => padded || place >= 0)];
            yield return new FormulaInstance(new("y", -1, [], [y]), [new("x", 0, [places.Length], places)])
                .With("n", places.Length);
        }
    }

    /// <summary>For references: a number for the pixels under each window.</summary>
    public static NdArray<V> MapWindows<V>(PoolShape s, NdArray<V> x, Func<List<V>, V> map)
        where V : struct, IReal<V> =>
        NdArray<V>.Build([x.Shape[0], x.Shape[1], s.Output.Height, s.Output.Width], index =>
        {
            var window = new List<V>();
            for (int u = 0; u < s.Window.Height; u++)
                for (int v = 0; v < s.Window.Width; v++)
                {
                    int h = index[2] * s.Stride.Height + u - s.Padding.Height;
                    int w = index[3] * s.Stride.Width + v - s.Padding.Width;
                    if ((uint)h < (uint)s.Image.Height && (uint)w < (uint)s.Image.Width)
                        window.Add(x[index[0], index[1], h, w]);
                }
            return map(window);
        });
}
