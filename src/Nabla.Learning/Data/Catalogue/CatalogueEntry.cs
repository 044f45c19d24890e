namespace Nabla.Learning.Data.Catalogue;

/// <summary>
/// A data set that Nabla knows: what it is and where it can come from. Every class derived from this one is found by
/// <see cref="DatasetCatalogue"/>: to add a data set, add one file in Entries/.
/// </summary>
public abstract class CatalogueEntry
{
    /// <summary>What commands call it: <c>fashion-mnist</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What it is, in a sentence.</summary>
    public abstract string What { get; }

    /// <summary>What can be done with it.</summary>
    public abstract DataKind Kind { get; }

    /// <summary>Its numbers in words: <c>60,000 + 10,000 grey images of 28×28</c>.</summary>
    public abstract string Size { get; }

    /// <summary>On what terms it may be used.</summary>
    public abstract string Licence { get; }

    /// <summary>Who made it and where it is described.</summary>
    public abstract string Reference { get; }

    /// <summary>Where it can come from, the best first.</summary>
    public abstract IReadOnlyList<DataSource> Sources { get; }

    /// <summary>
    /// Its examples with their classes; there is a test part only where the data set has one of its own.
    /// </summary>
    /// <exception cref="DataException">
    /// It has no classes, or its files are not here, or are not what they should be.
    /// </exception>
    public virtual LabelledParts Load(DataStore store) => throw new DataException(
        $"{Name} has no classes: it is {(Kind == DataKind.Text ? "text" : "a table with numbers to be predicted")}. "
        + "Expected one of "
        + $"{string.Join(", ", DatasetCatalogue.All.Where(IsClassified).Select(entry => entry.Name))}.");

    private static bool IsClassified(CatalogueEntry entry) => entry.Kind is DataKind.Images or DataKind.Table;
}

/// <summary>The parts of a data set with classes.</summary>
/// <param name="Training">What to learn from.</param>
/// <param name="Test">What to be judged by, once; null where the data set has no such part.</param>
public sealed record LabelledParts(LabelledData Training, LabelledData? Test);
