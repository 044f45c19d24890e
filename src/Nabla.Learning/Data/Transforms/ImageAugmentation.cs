using Nabla.Numerics;
using Nabla.Tensors;

namespace Nabla.Learning.Data.Transforms;

/// <summary>
/// Changes that leave an image what it shows, drawn anew for each image: a crop of the padded image (a shift), a
/// left-right flip, and a square that is erased (DeVries and Taylor 2017, arXiv:1708.04552).
/// </summary>
/// <example><code>
/// Tensor x = new([1f, 2, 3, 4], [1, 1, 2, 2]);
/// new ImageAugmentation { FlipProbability = 1 }.Apply(x, new Rng(1));      // = [2, 1, 4, 3]
/// new ImageAugmentation().Apply(x, new Rng(1));                            // = [1, 2, 3, 4]
/// </code></example>
public sealed record ImageAugmentation
{
    /// <summary>
    /// p: the image is padded with p rows and columns on each side and cropped to its size at a random place, so that
    /// it moves by up to p, 0 or more.
    /// </summary>
    public int Shift { get; init => field = Require.NotNegative(value, nameof(ImageAugmentation)); }

    /// <summary>The probability of a left-right flip, in [0, 1].</summary>
    public float FlipProbability { get; init => field = Share(value); }

    /// <summary>Side of a square that is erased, at a random place and partly outside; 0 for none.</summary>
    public int EraseSide { get; init => field = Require.NotNegative(value, nameof(ImageAugmentation)); }

    /// <summary>The probability that a square is erased, in [0, 1].</summary>
    public float EraseProbability { get; init => field = Share(value); } = 0.5f;

    /// <summary>What comes in from outside, and what is erased.</summary>
    public float Background { get; init; }

    /// <summary>Images [B, H, W] or [B, C, H, W], each changed by its own draws, all channels alike.</summary>
    /// <exception cref="ArgumentException">x has another number of dimensions.</exception>
    public Tensor Apply(Tensor x, Rng rng)
    {
        if (x.Rank is not (3 or 4))
            throw new ArgumentException($"ImageAugmentation: x {x.Shape} must be [B, H, W] or [B, C, H, W].");
        int channels = x.Rank == 4 ? x.Shape[1] : 1, height = x.Shape[-2], width = x.Shape[-1];
        float[] from = x.ToArray(), to = new float[from.Length];
        int plane = height * width;
        for (int image = 0; image < x.Shape[0]; image++)
        {
            Draw draw = Next(height, width, rng);
            for (int channel = 0; channel < channels; channel++)
            {
                int at = (image * channels + channel) * plane;
                Change(from.AsSpan(at, plane), to.AsSpan(at, plane), width, draw);
            }
        }
        return new Tensor(to, x.Shape);
    }

    private Draw Next(int height, int width, Rng rng)
    {
        int down = rng.NextInt(2 * Shift + 1) - Shift, right = rng.NextInt(2 * Shift + 1) - Shift;
        bool flip = rng.NextSingle() < FlipProbability;
        bool erase = EraseSide > 0 && rng.NextSingle() < EraseProbability;
        (int top, int left) = erase && height > 0 && width > 0
            ? (rng.NextInt(height) - EraseSide / 2, rng.NextInt(width) - EraseSide / 2)
            : (height, width);
        return new Draw(down, right, flip, top, left);
    }

    private void Change(ReadOnlySpan<float> from, Span<float> to, int width, Draw draw)
    {
        int height = width == 0 ? 0 : from.Length / width;
        to.Fill(Background);
        int first = Math.Max(0, draw.Right), end = Math.Min(width, width + draw.Right);
        for (int y = Math.Max(0, draw.Down); y < Math.Min(height, height + draw.Down) && first < end; y++)
        {
            Span<float> row = to.Slice(y * width, width);
            from.Slice((y - draw.Down) * width + first - draw.Right, end - first).CopyTo(row[first..]);
            if (draw.Flip)
                row.Reverse();
        }
        int eraseEnd = Math.Min(width, draw.Left + EraseSide), eraseFirst = Math.Max(0, draw.Left);
        for (int y = Math.Max(0, draw.Top); y < Math.Min(height, draw.Top + EraseSide) && eraseFirst < eraseEnd; y++)
            to.Slice(y * width + eraseFirst, eraseEnd - eraseFirst).Fill(Background);
    }

    private static float Share(float value) => value is >= 0 and <= 1
        ? value
        : throw new ArgumentOutOfRangeException(
            nameof(value), $"ImageAugmentation: probability {value} must be in [0, 1].");

    private readonly record struct Draw(int Down, int Right, bool Flip, int Top, int Left);
}
