using Nabla.Numerics.Kernels;

namespace Nabla.Tensors.Ops;

/// <summary>Where the numbers of the patches of images [B, C, H, W] lie: patches are [B, C·U·V, OH·OW].</summary>
internal readonly record struct PatchPlaces(Shape Image, Size2d Kernel, ConvolutionOptions Options)
{
    /// <summary>Patches in each direction.</summary>
    public Size2d Count { get; } =
        new ConvolutionShape(Image[0], Image[1], OutChannels: 1, (Image[2], Image[3]), Kernel)
        {
            Stride = Options.Stride,
            Padding = Options.Padding,
            Dilation = Options.Dilation,
        }.Output;

    /// <summary>[B, C·U·V, OH·OW].</summary>
    public Shape Patches => [Image[0], Image[1] * Kernel.Area, Count.Area];

    /// <summary>The places of images of this shape, checked.</summary>
    public static PatchPlaces Of(string operation, Shape image, Size2d kernel, ConvolutionOptions options)
    {
        if (image.Rank != 4)
            throw new ArgumentException($"{operation}: images {image} must be [B, C, H, W].");
        if (Math.Min(kernel.Height, kernel.Width) < 1 || Math.Min(options.Stride.Height, options.Stride.Width) < 1
            || Math.Min(options.Dilation.Height, options.Dilation.Width) < 1
            || Math.Min(options.Padding.Height, options.Padding.Width) < 0)
            throw new ArgumentException(
                $"{operation}: kernel {kernel}, stride {options.Stride} and dilation {options.Dilation} must be at " +
                $"least 1, padding {options.Padding} at least 0.");
        var places = new PatchPlaces(image, kernel, options);
        return places.Count is { Height: > 0, Width: > 0 }
            ? places
            : throw new ArgumentException(
                $"{operation}: a kernel of {kernel} does not fit into {image} with padding {options.Padding} and " +
                $"dilation {options.Dilation}.");
    }

    /// <summary>The element of the image that [b, row, patch] is; −1 in the padding.</summary>
    public int PlaceOf(int b, int row, int patch)
    {
        int v = row % Kernel.Width, u = row / Kernel.Width % Kernel.Height, c = row / (Kernel.Width * Kernel.Height);
        int h = patch / Count.Width * Options.Stride.Height + u * Options.Dilation.Height - Options.Padding.Height;
        int w = patch % Count.Width * Options.Stride.Width + v * Options.Dilation.Width - Options.Padding.Width;
        return (uint)h < (uint)Image[2] && (uint)w < (uint)Image[3]
            ? ((b * Image[1] + c) * Image[2] + h) * Image[3] + w
            : -1;
    }

    /// <summary>All of them in row-major order.</summary>
    public void Locate(Span<int> places)
    {
        int rows = Patches[1], patches = Patches[2], at = 0;
        for (int b = 0; b < Image[0]; b++)
            for (int row = 0; row < rows; row++)
                for (int patch = 0; patch < patches; patch++)
                    places[at++] = PlaceOf(b, row, patch);
    }
}
