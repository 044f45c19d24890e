using Nabla.Learning.Data;
using Nabla.Numerics;

namespace Nabla.Cli.Output;

/// <summary>A grey image with lines of text beneath it.</summary>
internal sealed record CaptionedImage(float[,] Image, IReadOnlyList<string> Caption);

/// <summary>
/// Grey images as braille: eight dots in a character, more of them where the image is lighter (ordered dithering, Bayer
/// 1973). Small images are enlarged.
/// </summary>
internal static class ImagePicture
{
    private const int SmallestSide = 24, Gap = 2;

    // Thresholds that spread dots evenly, as sixteenths.
    private static readonly int[,] Bayer =
        { { 0, 8, 2, 10 }, { 12, 4, 14, 6 }, { 3, 11, 1, 9 }, { 15, 7, 13, 5 } };

    /// <summary>An example [H, W] as an image from 0 to 1.</summary>
    public static float[,] Of(LabelledData data, int example)
    {
        float[] values = data.Gather([example], new Rng(0)).Inputs.ToArray();
        (int height, int width) = (data.ItemShape[0], data.ItemShape[1]);
        var image = new float[height, width];
        (float low, float high) = (values.Min(), values.Max());
        for (int i = 0; i < values.Length; i++)
            image[i / width, i % width] = high > low ? (values[i] - low) / (high - low) : 0;
        return image;
    }

    /// <summary>Images side by side, as many in a row of the screen as there is room for, then further rows.</summary>
    public static IEnumerable<InkedLine> Row(int width, IReadOnlyList<CaptionedImage> images)
    {
        if (images.Count == 0)
            yield break;
        List<InkedLine>[] drawn = [.. images.Select(one => Draw(one.Image))];
        int column = Math.Max(drawn.Max(lines => lines[0].Length),
            images.Max(one => one.Caption.Max(text => Math.Min(text.Length, 18))));
        int across = Math.Max(1, (width - 2 + Gap) / (column + Gap));
        foreach (int[] row in Enumerable.Range(0, images.Count).Chunk(across))
        {
            for (int line = 0; line < row.Max(i => drawn[i].Count); line++)
                yield return Joined(row, column, i => line < drawn[i].Count ? drawn[i][line] : new InkedLine());
            for (int line = 0; line < row.Max(i => images[i].Caption.Count); line++)
                yield return Joined(row, column, i => line < images[i].Caption.Count
                    ? new InkedLine(Printable.OneLine(images[i].Caption[line], column), line == 0 ? Ink.Plain : Ink.Dim)
                    : new InkedLine());
        }
    }

    /// <summary>One image.</summary>
    public static List<InkedLine> Draw(float[,] image)
    {
        (int height, int width) = (image.GetLength(0), image.GetLength(1));
        int scale = Math.Max(1, (SmallestSide + Math.Max(height, width) - 1) / Math.Max(height, width));
        var canvas = new BrailleCanvas((width * scale + 1) / 2, (height * scale + 3) / 4);
        for (int y = 0; y < height * scale; y++)
            for (int x = 0; x < width * scale; x++)
                if (image[y / scale, x / scale] * 16 > Bayer[y % 4, x % 4] + 0.5f)
                    canvas.Dot(x, y, Ink.Plain);
        return [.. Enumerable.Range(0, (height * scale + 3) / 4).Select(canvas.Row)];
    }

    private static InkedLine Joined(int[] row, int column, Func<int, InkedLine> part)
    {
        var line = new InkedLine();
        foreach ((int place, int i) in row.Index())
            line.PadTo(2 + place * (column + Gap)).Add(part(i));
        return line;
    }
}
