namespace Nabla.Learning.Data.Formats;

/// <summary>How a CSV file is read; the defaults find out by themselves.</summary>
public sealed record CsvOptions
{
    /// <summary>What stands between fields; null finds comma, semicolon, tab or bar in the first line.</summary>
    public char? Delimiter { get; init; }

    /// <summary>
    /// Whether the first line names the columns; null takes it for names if none of its fields is a number. Columns
    /// without names are called column1, column2 and so on.
    /// </summary>
    public bool? HasHeader { get; init; }

    /// <summary>Lines before the first one that counts, 0 or more.</summary>
    public int SkipLines { get; init; }

    /// <summary>
    /// Fields that stand for a missing value, besides an empty one; the list of pandas and UCI's <c>?</c>.
    /// </summary>
    public IReadOnlyList<string> MissingValues { get; init; } =
    [
        "?", "NA", "N/A", "n/a", "NaN", "nan", "-nan", "-NaN", "NULL", "null", "None", "<NA>", "#N/A", "#NA",
        "1.#QNAN", "-1.#QNAN", "1.#IND", "-1.#IND", "#N/A N/A",
    ];

    /// <summary>Columns that are words even where all of them look like numbers, such as codes.</summary>
    public IReadOnlyList<string> Categorical { get; init; } = [];

    /// <summary>Columns in which anything but a number is an error.</summary>
    public IReadOnlyList<string> Numeric { get; init; } = [];

    /// <summary>Bytes of the longest record that is taken, positive.</summary>
    public int LongestRecord { get; init; } = 1 << 26;
}
