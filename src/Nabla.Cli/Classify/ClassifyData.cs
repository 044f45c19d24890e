using Nabla.Cli.Data;
using Nabla.Learning.Data;
using Nabla.Learning.Data.Catalogue;
using Nabla.Learning.Data.Formats;
using Nabla.Numerics;

namespace Nabla.Cli.Classify;

/// <summary>
/// What is learned from, what is looked at meanwhile, and what the model is judged by once, at the end.
/// </summary>
/// <param name="Name">The data set, or the file.</param>
/// <param name="Training">To learn from.</param>
/// <param name="HeldOut">A part of the training data for the learning curve; empty if there is too little.</param>
/// <param name="Test">The examples of the last judgement.</param>
/// <param name="Whole">The data set that the training part is of: its shape, classes and names.</param>
internal sealed record ClassifyData(
    string Name, Dataset<Batch> Training, Dataset<Batch> HeldOut, Dataset<Batch> Test, LabelledData Whole)
{
    // What is held out of a data set that has no test part of its own, and for the learning curve.
    private const double TestShare = 0.2, CurveShare = 1.0 / 12;
    private const int FewestToSplit = 30;

    /// <summary>
    /// Whether there were too few examples for a test part, so that the training part is also the test.
    /// </summary>
    public bool IsTestedOnTraining { get; private init; }

    /// <summary>The data set that the test part is of, and where its examples stand there.</summary>
    public required LabelledData TestOf { get; init; }

    /// <summary>Places of the test's examples in <see cref="TestOf"/>.</summary>
    public required int[] TestPlaces { get; init; }

    /// <summary>The data set or table of this name, cut into parts that depend on the seed only.</summary>
    /// <exception cref="UsageException">There is neither a data set nor a file of this name.</exception>
    /// <exception cref="DataException">It cannot be read, or has no classes.</exception>
    public static ClassifyData Open(string name, string? label, MissingValues missing, Rng rng)
    {
        if (DatasetCatalogue.Find(name) is { } entry)
        {
            if (label is not null)
                throw new UsageException($"--label is for tables in files; {entry.Name} knows its classes.");
            LabelledParts parts = entry.Load(DataStore.Default);
            return Cut(entry.Name, parts.Training, parts.Test, rng);
        }
        if (!File.Exists(name))
            throw new UsageException(name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)
                ? $"There is no file '{name}'. Check the path."
                : $"{NamedData.Unknown(name)} There is no file of that name either.");
        Table table = CsvFile.Read(name);
        string kinds = label ?? table.Columns[^1].Name;
        if (missing == MissingValues.Refuse && Incomplete(table, kinds) is { } column)
            throw new UsageException(
                $"'{name}': column {Foreign.Quote(column.Name)} has missing values. Leave such rows out with "
                + "--missing drop, or fill them in with --missing fill.");
        return Cut(name, LabelledData.Of(table, kinds, missing), null, rng);
    }

    // Rows without a class are left out in any case.
    private static Column? Incomplete(Table table, string kinds)
    {
        Column classes = table[kinds];
        return table.Columns.FirstOrDefault(column => column != classes && column.Missing > 0
            && Enumerable.Range(0, table.Rows).Any(row => column.IsMissing(row) && !classes.IsMissing(row)));
    }

    private static ClassifyData Cut(string name, LabelledData training, LabelledData? test, Rng rng)
    {
        if (training.Classes.Count < 2)
            throw new UsageException(
                $"{name} has the class {Foreign.Quote(training.Classes[0])} only; two or more are needed to tell.");
        if (training.Count < FewestToSplit && test is null)
        {
            int[] all = [.. Enumerable.Range(0, training.Count)];
            return new ClassifyData(name, training, training.Subset(), training, training)
            {
                IsTestedOnTraining = true,
                TestOf = training,
                TestPlaces = all,
            };
        }
        double[] shares = test is null
            ? [(1 - TestShare) * (1 - CurveShare), (1 - TestShare) * CurveShare, TestShare]
            : [1 - CurveShare, CurveShare, 0];
        int[][] parts = Splits.Stratified(training.Labels, shares, rng);
        if (parts[0].Length == 0 || (test is null && parts[2].Length == 0))
            throw new UsageException(
                $"'{name}' has {training.Count} examples of {training.Classes.Count} classes; that is too few of each "
                + "to hold some out. Is --label the column of the class?");
        int[] places = test is null ? parts[2] : [.. Enumerable.Range(0, test.Count)];
        LabelledData testOf = test ?? training;
        return new ClassifyData(
            name, training.Subset(parts[0]), training.Subset(parts[1]), testOf.Subset(places), training)
        {
            TestOf = testOf,
            TestPlaces = places,
        };
    }
}
