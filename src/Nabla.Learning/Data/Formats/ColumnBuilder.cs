using System.Globalization;
using Nabla.Numerics;

namespace Nabla.Learning.Data.Formats;

/// <summary>Collects a column's fields as numbers until one is none.</summary>
internal sealed class ColumnBuilder(string name, ColumnKind kind, string source, IReadOnlySet<string> missing)
{
    private readonly List<double> numbers = [];
    private readonly List<string?> words = [];
    private readonly Dictionary<string, string> shared = new(StringComparer.Ordinal); // each word is kept once

    public string Name => name;

    /// <summary>What it is, as far as is known.</summary>
    public ColumnKind Kind { get; private set; } = kind;

    /// <summary>Whether fields were read as numbers that should have been words.</summary>
    public bool MustBeReadAgain { get; private set; }

    public static bool IsNumber(string field) =>
        double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    public void Add(string field, long line)
    {
        bool isMissing = field.Length == 0 || missing.Contains(field);
        if (Kind == ColumnKind.Words)
            AddWord(isMissing ? null : field);
        else if (isMissing)
            numbers.Add(double.NaN);
        else if (double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
            numbers.Add(number);
        else if (Kind == ColumnKind.Numbers)
            throw new DataException(
                $"Cannot use '{source}': column {Foreign.Quote(name)} has {Foreign.Quote(field)} in "
                + $"line {line}; expected a number.");
        else
            BecomeWords(field);
    }

    public Column Column() => Kind == ColumnKind.Words
        ? new CategoricalColumn(name, words)
        : new NumericColumn(name, [.. numbers]);

    private void BecomeWords(string field)
    {
        Kind = ColumnKind.Words;
        MustBeReadAgain = numbers.Exists(number => !double.IsNaN(number));
        words.AddRange(Enumerable.Repeat<string?>(null, numbers.Count));
        numbers.Clear();
        AddWord(field);
    }

    private void AddWord(string? word)
    {
        if (word is not null && !shared.TryAdd(word, word))
            word = shared[word];
        words.Add(word);
    }
}

/// <summary>What a column of a CSV file is.</summary>
internal enum ColumnKind
{
    /// <summary>Numbers, until there is something else.</summary>
    Unknown,
    Numbers,
    Words,
}

/// <summary>What is known of the columns from one reading of a file to the next.</summary>
internal sealed class ColumnKinds(CsvOptions options)
{
    private readonly HashSet<string> found = new(StringComparer.Ordinal);
    private readonly HashSet<string> missing = new(options.MissingValues, StringComparer.Ordinal);

    /// <summary>Something to collect each column with.</summary>
    public ColumnBuilder[] Builders(string[] names, string source)
    {
        foreach (string asked in options.Categorical.Concat(options.Numeric))
            if (!names.Contains(asked, StringComparer.Ordinal))
                throw new DataException($"Cannot use '{source}': there is no column {Foreign.Quote(asked)}; expected "
                    + $"one of {string.Join(", ", names.Take(20).Select(Foreign.Quote))}.");
        return Array.ConvertAll(names, name => new ColumnBuilder(name, Of(name), source, missing));
    }

    /// <summary>Notes what was found; false if the file has to be read again.</summary>
    public bool Settle(ColumnBuilder[] columns)
    {
        foreach (ColumnBuilder column in columns)
            if (column.Kind == ColumnKind.Words)
                found.Add(column.Name);
        return !columns.Any(column => column.MustBeReadAgain);
    }

    private ColumnKind Of(string name) =>
        options.Numeric.Contains(name, StringComparer.Ordinal) ? ColumnKind.Numbers
        : options.Categorical.Contains(name, StringComparer.Ordinal) || found.Contains(name) ? ColumnKind.Words
        : ColumnKind.Unknown;
}
