namespace Nabla.Learning.Data.Catalogue;

/// <summary>What can be done with a data set.</summary>
public enum DataKind
{
    /// <summary>Images with a class each.</summary>
    Images,

    /// <summary>A table with a class in each row.</summary>
    Table,

    /// <summary>A table with a number to be predicted in each row.</summary>
    Regression,

    /// <summary>Text to learn from.</summary>
    Text,
}
