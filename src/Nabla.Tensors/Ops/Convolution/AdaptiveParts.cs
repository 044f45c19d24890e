using Nabla.Numerics.Kernels;

namespace Nabla.Tensors.Ops;

/// <summary>How adaptive pooling divides n numbers into parts, which may overlap by one.</summary>
internal static class AdaptiveParts
{
    /// <summary>Throws unless x is a batch of images with pixels, and the size possible.</summary>
    public static void Check(string operation, Tensor x, Size2d size)
    {
        if (x.Rank != 4 || x.Shape[2] < 1 || x.Shape[3] < 1)
            throw new ArgumentException($"{operation}: x {x.Shape} must be [B, C, H, W] with at least one pixel.");
        if (Math.Min(size.Height, size.Width) < 1)
            throw new ArgumentException($"{operation}: {x.Shape} to {size}; each side must be at least 1.");
    }

    /// <summary>[parts, n]: the share that each number has in the mean of each part.</summary>
    public static Tensor Shares(int n, int parts)
    {
        Tensor shares = Tensor.Zeros([parts, n]);
        Span<float> numbers = shares.Writable();
        for (int part = 0; part < parts; part++)
        {
            (int start, int end) = Range(part, n, parts);
            numbers[(part * n + start)..(part * n + end)].Fill(1f / (end - start));
        }
        return shares;
    }

    /// <summary>The place in x [B, C, H, W] of the first number that is largest in each part; NaN is largest.</summary>
    public static int[] Largest(Tensor x, Size2d size)
    {
        int height = x.Shape[2], width = x.Shape[3];
        ReadOnlySpan<float> numbers = x.Dense().AsSpan();
        var places = new int[x.Shape[0] * x.Shape[1] * size.Area];
        for (int at = 0; at < places.Length; at++)
        {
            int first = at / size.Area * height * width;
            (int top, int bottom) = Range(at / size.Width % size.Height, height, size.Height);
            (int left, int right) = Range(at % size.Width, width, size.Width);
            int best = first + top * width + left;
            for (int h = top; h < bottom; h++)
                for (int w = left; w < right; w++)
                    if (first + h * width + w is var place && (numbers[place] > numbers[best]
                        || (float.IsNaN(numbers[place]) && !float.IsNaN(numbers[best]))))
                        best = place;
            places[at] = best;
        }
        return places;
    }

    private static (int Start, int End) Range(int part, int n, int parts) =>
        ((int)((long)part * n / parts), (int)(((part + 1L) * n + parts - 1) / parts));
}
