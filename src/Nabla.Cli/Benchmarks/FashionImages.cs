using System.Buffers.Binary;
using System.IO.Compression;
using Nabla.Numerics;
using Nabla.Tensors;

namespace Nabla.Cli.Benchmarks;

/// <summary>
/// 28×28 grey images of ten kinds of clothes: Fashion-MNIST (Xiao et al. 2017, arXiv:1708.07747) where its files are,
/// else random images, which are the same work.
/// </summary>
/// <param name="Images">[N, 784], 0 to 1, in a random order.</param>
/// <param name="Labels">N numbers from 0 to 9.</param>
/// <param name="Source">Where they come from.</param>
internal sealed record FashionImages(Tensor Images, int[] Labels, string Source)
{
    /// <summary>Rows and columns of an image, and all of its points.</summary>
    public const int Side = 28, Points = Side * Side;

    /// <summary>Kinds of clothes.</summary>
    public const int Classes = 10;

    // Where the Debian package dataset-fashion-mnist puts them.
    private const string InstalledFolder = "/usr/share/datasets/fashion-mnist";
    private const string ImageFile = "train-images-idx3-ubyte.gz", LabelFile = "train-labels-idx1-ubyte.gz";
    private const int ImageHeader = 16, LabelHeader = 8, RandomCount = 60_000;

    /// <summary>How many there are.</summary>
    public int Count => Labels.Length;

    /// <summary>The training part from a folder, or from where the system keeps it, or else random images.</summary>
    /// <exception cref="UsageException">The folder was given and has no such files, or they are damaged.</exception>
    public static FashionImages Load(string? folder)
    {
        string from = folder ?? InstalledFolder;
        if (folder is null && !File.Exists(Path.Combine(from, ImageFile)))
            return Random();
        byte[] images = Read(Path.Combine(from, ImageFile), ImageHeader);
        byte[] labels = Read(Path.Combine(from, LabelFile), LabelHeader);
        int count = BinaryPrimitives.ReadInt32BigEndian(images.AsSpan(4));
        if (images.Length != ImageHeader + (long)count * Points || labels.Length != LabelHeader + (long)count
            || labels.AsSpan(LabelHeader).ContainsAnyExceptInRange((byte)0, (byte)(Classes - 1)))
            throw new UsageException($"{from} does not hold Fashion-MNIST: {ImageFile} and {LabelFile} do not fit.");
        return Shuffled(images.AsSpan(ImageHeader), labels.AsSpan(LabelHeader), new Rng(3)) with { Source = from };
    }

    /// <summary>As many images of noise: the same work, for a step does not depend on what is in them.</summary>
    public static FashionImages Random()
    {
        var rng = new Rng(3);
        return new FashionImages(
            Tensor.Uniform([RandomCount, Points], 0, 1, rng), rng.Integers(RandomCount, Classes), "random images");
    }

    private static FashionImages Shuffled(ReadOnlySpan<byte> images, ReadOnlySpan<byte> labels, Rng rng)
    {
        int[] order = [.. Enumerable.Range(0, labels.Length)];
        rng.Shuffle<int>(order);
        var points = new float[images.Length];
        var kinds = new int[labels.Length];
        for (int i = 0; i < order.Length; i++)
        {
            ReadOnlySpan<byte> image = images.Slice(order[i] * Points, Points);
            for (int p = 0; p < Points; p++)
                points[i * Points + p] = image[p] / 255f;
            kinds[i] = labels[order[i]];
        }
        return new FashionImages(new Tensor(points, [order.Length, Points]), kinds, "");
    }

    private static byte[] Read(string path, int header)
    {
        try
        {
            using var file = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
            using var bytes = new MemoryStream();
            file.CopyTo(bytes);
            return bytes.Length >= header ? bytes.ToArray() : throw new InvalidDataException("it is too short");
        }
        catch (InvalidDataException error)
        {
            throw new UsageException($"'{path}' is damaged: {error.Message}", error);
        }
    }
}
