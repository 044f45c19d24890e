namespace Nabla.Numerics.Lanes;

/// <summary>How the rows of a matrix are cut into pieces: by its shape alone, never by the number of threads.</summary>
internal static class RowPieces
{
    private const int Numbers = 1 << 13;

    /// <summary>Rows in a piece.</summary>
    public static int Rows(int columns) => Math.Max(1, Numbers / Math.Max(1, columns));

    /// <summary>Number of pieces.</summary>
    public static int Count(int rows, int columns) => Cuts.Count(rows, Rows(columns));

    /// <summary>First row of a piece and the row after its last.</summary>
    public static (int Start, int End) Range(int piece, int rows, int columns)
    {
        long start = (long)piece * Rows(columns);
        return ((int)start, (int)Math.Min(start + Rows(columns), rows));
    }
}
