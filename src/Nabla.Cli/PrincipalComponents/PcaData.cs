using Nabla.Cli.Output;
using Nabla.Learning.Data;
using Nabla.Learning.Data.Catalogue;
using Nabla.Learning.Data.Catalogue.Entries;
using Nabla.Learning.Data.Formats;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Cli.PrincipalComponents;

/// <summary>Rows of numbers from a file, the columns' names and, where there are some, the rows' classes.</summary>
/// <param name="X">[N, D].</param>
/// <param name="Names">What the D columns are called.</param>
internal sealed record PcaData(Tensor X, IReadOnlyList<string> Names)
{
    private const int MostNamed = 5;

    /// <summary>Whether the names say more than the columns' numbers.</summary>
    public bool HasNames { get; private init; }

    /// <summary>A class for each row, or null.</summary>
    public IReadOnlyList<string>? Labels { get; private init; }

    /// <summary>Where the classes come from: a column or a file.</summary>
    public string LabelSource { get; private init; } = "";

    public int Rows => X.Shape[0];

    public int Columns => X.Shape[1];

    /// <summary>The training part of a data set of the catalogue, or a file, whose kind its name says.</summary>
    /// <param name="path">
    /// A data set's name, or CSV, TSV, JSON lines, NPY, NPZ or IDX, compressed with gzip or not.
    /// </param>
    /// <param name="label">A column of a table, an array of an NPZ file, or a file of labels beside an array.</param>
    public static PcaData Read(string path, string? label)
    {
        if (DatasetCatalogue.Find(path) is { } entry && !File.Exists(path))
            return label is null ? OfEntry(entry) : throw new UsageException(
                $"--label is for files; {entry.Name} {(entry is Diabetes ? "has no" : "knows its")} classes.");
        string name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        string ending = Path.GetExtension(name).ToUpperInvariant();
        PcaData data = ending switch
        {
            ".CSV" or ".TSV" or ".TXT" or ".DATA" => OfTable(CsvFile.Read(path), label, path),
            ".JSONL" => OfTable(JsonLinesFile.ReadTable(path), label, path),
            ".NPY" => OfArray(NpyFile.Read(path), LabelsIn(label), path),
            ".NPZ" => OfArrays(NpzFile.Read(path), label, path),
            ".IDX" => OfArray(IdxFile.Read(path), LabelsIn(label), path),
            _ when IsIdx(name) => OfArray(IdxFile.Read(path), LabelsIn(label), path),
            _ => throw new UsageException(
                $"'{path}' is no data set of 'nabla data list' and no kind of file that is known. Names end in .csv, "
                + ".tsv, .txt, .data, .jsonl, .npy, .npz, .idx or -ubyte, and .gz after it."),
        };
        data.CheckNumbers(path);
        return data;
    }

    private static PcaData OfEntry(CatalogueEntry entry)
    {
        if (entry is not Diabetes diabetes)
            return OfDataset(entry.Load(DataStore.Default).Training);
        TensorData data = diabetes.Read(DataStore.Default);
        Batch all = data.Gather([.. Enumerable.Range(0, data.Count)], new Rng(0));
        return new PcaData(all.Inputs, Diabetes.Features) { HasNames = true };
    }

    private static PcaData OfDataset(LabelledData data)
    {
        Tensor x = data.AllInputs().Reshape(data.Count, -1);
        return new PcaData(x, data.Features.Count > 0
            ? data.Features : [.. Enumerable.Range(0, x.Shape[1]).Select(j => $"{j}")])
        {
            HasNames = data.Features.Count > 0,
            Labels = [.. data.Labels.ToArray().Select(k => data.Classes[k])],
            LabelSource = "class",
        };
    }

    // As the files of MNIST and its kin are named: train-images-idx3-ubyte, train-images.idx3-ubyte.
    private static bool IsIdx(string name) => name.EndsWith("-ubyte", StringComparison.OrdinalIgnoreCase);

    private static PcaData OfTable(Table table, string? label, string path)
    {
        Column[] words = [.. table.Columns.OfType<CategoricalColumn>()];
        Column? classes = label is not null ? table[label] : words.Length == 1 ? words[0] : null;
        Column[] others = [.. words.Where(column => column != classes)];
        if (others.Length > 0)
            throw new UsageException(
                $"'{path}': {Listed(others)} words and not numbers. Name the one with the classes with --label, and "
                + "take the others out.");
        Table numbers = classes is null ? table : table.Without(classes.Name);
        if (numbers.Columns.Count == 0)
            throw new UsageException($"'{path}' has no columns of numbers.");
        return new PcaData(numbers.ToTensor(), numbers.FeatureNames)
        {
            HasNames = true,
            Labels = classes is null ? null : [.. Enumerable.Range(0, table.Rows).Select(classes.Text)],
            LabelSource = classes?.Name ?? "",
        };
    }

    private static string Listed(Column[] columns) =>
        (columns.Length == 1 ? "column " : "columns ")
        + string.Join(", ", columns.Take(MostNamed).Select(column => Printable.OneLine(column.Name, 40)))
        + (columns.Length > MostNamed ? " …" : "") + (columns.Length == 1 ? " has" : " have");

    private static PcaData OfArrays(IReadOnlyDictionary<string, NumericArray> arrays, string? label, string path)
    {
        if (label is not null && !arrays.ContainsKey(label))
            throw new UsageException(
                $"'{path}' has no array '{label}'; it has {string.Join(", ", arrays.Keys.Take(MostNamed))}.");
        string[] names = [.. arrays.Keys.Where(name => name != label && arrays[name].Shape.Rank > 1)];
        if (names.Length != 1)
            throw new UsageException(
                $"'{path}' has {names.Length} arrays of two or more dimensions; one is needed. Its arrays: "
                + $"{string.Join(", ", arrays.Take(MostNamed).Select(array => $"{array.Key} {array.Value.Shape}"))}.");
        return OfArray(arrays[names[0]], label is null ? null : (arrays[label], label), path);
    }

    private static (NumericArray Values, string Source)? LabelsIn(string? path) => path is null ? null
        : (path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase) ? NpyFile.Read(path) : IdxFile.Read(path), path);

    // Each item, whatever its shape, is a row.
    private static PcaData OfArray(NumericArray array, (NumericArray Values, string Source)? labels, string path)
    {
        if (array.Shape.Rank < 2)
            throw new UsageException(
                $"'{path}' has shape {array.Shape}; rows and columns (two or more dimensions) are needed.");
        int rows = array.Shape[0], columns = rows == 0 ? 0 : array.Count / rows;
        if (labels is { } given && given.Values.Count != rows)
            throw new UsageException(
                $"'{given.Source}' has {Amounts.Count(given.Values.Count)} labels; "
                + $"'{path}' has {Amounts.Count(rows)} rows. Give the labels of these rows.");
        return new PcaData(
            new Tensor(Floats(array, path), [rows, columns]), [.. Enumerable.Range(0, columns).Select(j => $"{j}")])
        {
            Labels = labels?.Values.ToDoubles().Select(value => $"{value}").ToArray(),
            LabelSource = labels is { } from ? Path.GetFileName(from.Source) : "",
        };
    }

    private static float[] Floats(NumericArray array, string path)
    {
        try
        {
            return array.ToFloats();
        }
        catch (OverflowException error)
        {
            throw new UsageException($"'{path}': {error.Message}", error);
        }
    }

    private void CheckNumbers(string path)
    {
        if (Columns < 1)
            throw new UsageException($"'{path}' has rows without numbers; at least 1 column is needed to vary.");
        if (Rows < 2)
            throw new UsageException(
                $"'{path}' has {Rows} row{(Rows == 1 ? "" : "s")}; at least 2 are needed to vary.");
        ReadOnlySpan<float> x = X.AsSpan();
        for (int i = 0; i < x.Length; i++)
            if (!float.IsFinite(x[i]))
                throw new UsageException(
                    $"'{path}': row {i / Columns + 1}, column {Names[i % Columns]} is {x[i]}; "
                    + "finite numbers are needed. Take such rows out, or fill them in.");
    }
}
