using Nabla.Learning.Data;
using Nabla.Learning.Data.Catalogue;
using Nabla.Learning.Data.Formats;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

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

    private const string ImageFile = "train-images-idx3-ubyte.gz", LabelFile = "train-labels-idx1-ubyte.gz";
    private const int RandomCount = 60_000, Seed = 3;

    /// <summary>How many there are.</summary>
    public int Count => Labels.Length;

    /// <summary>The training part from a folder, or from where this machine has it, or else random images.</summary>
    /// <exception cref="DataException">The folder was given and has no such files, or they are damaged.</exception>
    /// <exception cref="UsageException">The files in it hold something else.</exception>
    public static FashionImages Load(string? folder)
    {
        if ((folder ?? DataStore.Default.Find(DatasetCatalogue.Find("fashion-mnist")!)?.Folder) is not { } from)
            return Random();
        NumericArray images = IdxFile.Read(Path.Combine(from, ImageFile));
        int[] labels = IdxFile.Read(Path.Combine(from, LabelFile)).ToIntegers();
        if (images.Shape != Shape.Create([labels.Length, Side, Side])
            || labels.AsSpan().ContainsAnyExceptInRange(0, Classes - 1))
            throw new UsageException($"{from} does not hold Fashion-MNIST: {ImageFile} and {LabelFile} do not fit.");
        int[] order = [.. Enumerable.Range(0, labels.Length)];
        new Rng(Seed).Shuffle<int>(order);
        string[] names = [.. Enumerable.Range(0, Classes).Select(c => $"{c}")];
        Batch all = new LabelledData(images, labels, names).Gather(order, new Rng(Seed));
        return new FashionImages(all.Inputs.Reshape(all.Count, Points), all.Labels, from);
    }

    /// <summary>As many images of noise: the same work, for a step does not depend on what is in them.</summary>
    public static FashionImages Random()
    {
        var rng = new Rng(Seed);
        return new FashionImages(
            Tensor.Uniform([RandomCount, Points], 0, 1, rng), rng.Integers(RandomCount, Classes), "random images");
    }
}
