namespace Nabla.Numerics.Kernels;

/// <summary>
/// How two operands meet in an elementwise op whose result is [Rows, Columns], dense. By default both operands are
/// dense too; the other members describe operands that are repeated.
/// </summary>
/// <param name="Rows">Rows of the result.</param>
/// <param name="Columns">Columns of the result.</param>
/// <example><code>
/// new ZipShape(r, n) { RowStrideB = 0 }                  // b is [n], the same for every row
/// new ZipShape(r, n) { RowStrideB = 1, RepeatB = true }  // b is [r, 1], one number a row
/// </code></example>
public readonly record struct ZipShape(int Rows, int Columns)
{
    /// <summary>Floats from one row of a to the next; 0 repeats the same row.</summary>
    public int RowStrideA { get; init; } = Columns;

    /// <summary>Floats from one row of b to the next; 0 repeats the same row.</summary>
    public int RowStrideB { get; init; } = Columns;

    /// <summary>A row of a is a single number, repeated over the columns.</summary>
    public bool RepeatA { get; init; }

    /// <summary>A row of b is a single number, repeated over the columns.</summary>
    public bool RepeatB { get; init; }

    internal long LengthA => Span(RowStrideA, RepeatA);

    internal long LengthB => Span(RowStrideB, RepeatB);

    internal long Length => (long)Rows * Columns;

    private long Span(int rowStride, bool repeat) =>
        Rows == 0 || Columns == 0 ? 0 : (Rows - 1L) * rowStride + (repeat ? 1 : Columns);
}
