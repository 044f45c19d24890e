namespace Nabla.Learning.Data.Formats;

/// <summary>What becomes of missing values when a table becomes numbers.</summary>
public enum MissingValues
{
    /// <summary>They are an error.</summary>
    Refuse,

    /// <summary>Rows with one are left out.</summary>
    DropRows,

    /// <summary>The column's mean, or its most frequent word, takes their place.</summary>
    Impute,
}
