using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Numerics.Kernels;

/// <summary>Copies a matrix [rows, columns] to its transpose [columns, rows], 8×8 numbers at a time in registers.</summary>
internal static unsafe class Transposition
{
    /// <summary>Rows and columns of what is transposed in registers at a time.</summary>
    public const int SquareSize = 8;

    public static void Run(Matrix from, int rows, int columns, Matrix to)
    {
        int wholeRows = Avx.IsSupported ? rows & ~7 : 0, wholeColumns = columns & ~7;
        for (int c = 0; c < wholeColumns; c += SquareSize)
            for (int r = 0; r < wholeRows; r += SquareSize)
                Square(from.P + (long)r * from.Row + c, from.Row, to.P + (long)c * to.Row + r, to.Row);
        if (wholeRows > 0)
            Copy(from, (0, wholeRows), (wholeColumns, columns), to);
        Copy(from, (wholeRows, rows), (0, columns), to);
    }

    private static void Copy(Matrix from, (int Start, int End) rows, (int Start, int End) columns, Matrix to)
    {
        for (int c = columns.Start; c < columns.End; c++)
            for (int r = rows.Start; r < rows.End; r++)
                to.P[(long)c * to.Row + r] = from.P[(long)r * from.Row + c];
    }

    /// <summary>
    /// An 8 × 8 transposition in registers: rows r and r + 4 share a register pair by halves, then floats are
    /// interleaved by twos and by fours.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Square(float* source, nint sourceStep, float* target, nint targetStep)
    {
        float* lower = source + 4 * sourceStep;
        for (int half = 0; half < 2; half++, source += 4, lower += 4, target += 4 * targetStep)
        {
            Vector256<float> r0 = Halves(source, lower);
            Vector256<float> r1 = Halves(source + sourceStep, lower + sourceStep);
            Vector256<float> r2 = Halves(source + 2 * sourceStep, lower + 2 * sourceStep);
            Vector256<float> r3 = Halves(source + 3 * sourceStep, lower + 3 * sourceStep);
            Vector256<float> low01 = Avx.UnpackLow(r0, r1);
            Vector256<float> high01 = Avx.UnpackHigh(r0, r1);
            Vector256<float> low23 = Avx.UnpackLow(r2, r3);
            Vector256<float> high23 = Avx.UnpackHigh(r2, r3);
            Avx.Shuffle(low01, low23, 0b01_00_01_00).Store(target);
            Avx.Shuffle(low01, low23, 0b11_10_11_10).Store(target + targetStep);
            Avx.Shuffle(high01, high23, 0b01_00_01_00).Store(target + 2 * targetStep);
            Avx.Shuffle(high01, high23, 0b11_10_11_10).Store(target + 3 * targetStep);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Halves(float* low, float* high) =>
        Vector256.Create(Vector128.Load(low), Vector128.Load(high));
}
