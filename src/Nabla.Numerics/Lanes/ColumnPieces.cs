namespace Nabla.Numerics.Lanes;

/// <summary>How the columns of a matrix are cut into pieces where rows must be summed in order.</summary>
internal static class ColumnPieces
{
    private const int Columns = 64;

    /// <summary>Number of pieces.</summary>
    public static int Count(int columns) => Cuts.Count(columns, Columns);

    /// <summary>First column of a piece.</summary>
    public static int Start(int piece) => piece * Columns;

    /// <summary>The column after the last of a piece.</summary>
    public static int End(int piece, int columns) => Math.Min(columns, (piece + 1) * Columns);
}
