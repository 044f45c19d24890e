using System.Globalization;

namespace Nabla.Learning.Data.Formats;

/// <summary>A column of a <see cref="Table"/>: numbers or words.</summary>
public abstract class Column
{
    private protected Column(string name) => Name = name;

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Number of rows.</summary>
    public abstract int Count { get; }

    /// <summary>Number of rows without a value.</summary>
    public abstract int Missing { get; }

    /// <summary>Whether a row has no value.</summary>
    public abstract bool IsMissing(int row);

    /// <summary>A row's value as it is written; empty where it is missing.</summary>
    public abstract string Text(int row);

    /// <summary>These rows, in this order.</summary>
    public abstract Column Rows(ReadOnlySpan<int> rows);

    private protected T[] Pick<T>(T[] values, ReadOnlySpan<int> rows)
    {
        var picked = new T[rows.Length];
        for (int i = 0; i < rows.Length; i++)
            picked[i] = (uint)rows[i] < (uint)values.Length
                ? values[rows[i]]
                : throw new ArgumentOutOfRangeException(
                    nameof(rows), $"Column {Name}: there is no row {rows[i]}; there are {values.Length}.");
        return picked;
    }
}

/// <summary>A column of numbers; NaN where one is missing.</summary>
public sealed class NumericColumn(string name, double[] values) : Column(name)
{
    /// <summary>The numbers; NaN where one is missing.</summary>
    public IReadOnlyList<double> Values => values;

    /// <inheritdoc/>
    public override int Count => values.Length;

    /// <inheritdoc/>
    public override int Missing => values.Count(double.IsNaN);

    /// <summary>The mean of the numbers that are there; NaN if none is.</summary>
    public double Mean => values.Where(x => !double.IsNaN(x)).DefaultIfEmpty(double.NaN).Average();

    /// <inheritdoc/>
    public override bool IsMissing(int row) => double.IsNaN(values[row]);

    /// <inheritdoc/>
    public override string Text(int row) =>
        IsMissing(row) ? "" : values[row].ToString("R", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override Column Rows(ReadOnlySpan<int> rows) => new NumericColumn(Name, Pick(values, rows));
}

/// <summary>A column of words from a list.</summary>
public sealed class CategoricalColumn : Column
{
    private readonly int[] codes;

    /// <summary>A column of these words; null where one is missing.</summary>
    public CategoricalColumn(string name, IEnumerable<string?> words) : base(name)
    {
        string?[] all = [.. words];
        Categories = [.. all.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        Dictionary<string, int> places = Categories.Index()
            .ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        codes = Array.ConvertAll(all, word => word is null ? -1 : places[word]);
    }

    private CategoricalColumn(string name, IReadOnlyList<string> categories, int[] codes) : base(name) =>
        (Categories, this.codes) = (categories, codes);

    /// <summary>The words, each once, in the order of their characters' codes.</summary>
    public IReadOnlyList<string> Categories { get; }

    /// <summary>The place of each row's word in <see cref="Categories"/>; −1 where one is missing.</summary>
    public IReadOnlyList<int> Codes => codes;

    /// <inheritdoc/>
    public override int Count => codes.Length;

    /// <inheritdoc/>
    public override int Missing => codes.Count(code => code < 0);

    /// <summary>The place of the most frequent word, the first of equals; −1 if there is none.</summary>
    public int MostFrequent => codes.Where(code => code >= 0).GroupBy(code => code)
        .OrderByDescending(group => group.Count()).ThenBy(group => group.Key)
        .Select(group => group.Key).FirstOrDefault(-1);

    /// <inheritdoc/>
    public override bool IsMissing(int row) => codes[row] < 0;

    /// <inheritdoc/>
    public override string Text(int row) => IsMissing(row) ? "" : Categories[codes[row]];

    /// <inheritdoc/>
    public override Column Rows(ReadOnlySpan<int> rows) =>
        new CategoricalColumn(Name, Categories, Pick(codes, rows));
}
