using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Numerics.Kernels;

/// <summary>Copies a matrix [rows, columns] to its transpose [columns, rows], 8×8 numbers at a time in registers.</summary>
internal static unsafe class Transposition
{
    public static void Run(Matrix from, int rows, int columns, Matrix to)
    {
        int wholeRows = Avx.IsSupported ? rows & ~7 : 0, wholeColumns = columns & ~7;
        for (int c = 0; c < wholeColumns; c += 8)
            for (int r = 0; r < wholeRows; r += 8)
                Eight(from.P + (long)r * from.Row + c, from.Row, to.P + (long)c * to.Row + r, to.Row);
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

    private static void Eight(float* from, long fromRow, float* to, long toRow)
    {
        var r0 = Vector256.Load(from);
        var r1 = Vector256.Load(from + fromRow);
        var r2 = Vector256.Load(from + 2 * fromRow);
        var r3 = Vector256.Load(from + 3 * fromRow);
        var r4 = Vector256.Load(from + 4 * fromRow);
        var r5 = Vector256.Load(from + 5 * fromRow);
        var r6 = Vector256.Load(from + 6 * fromRow);
        var r7 = Vector256.Load(from + 7 * fromRow);
        // Pairs, then fours, then the halves change places.
        Fours(r0, r1, r2, r3, out var a0, out var a1, out var a2, out var a3);
        Fours(r4, r5, r6, r7, out var b0, out var b1, out var b2, out var b3);
        Avx.Permute2x128(a0, b0, 0x20).Store(to);
        Avx.Permute2x128(a1, b1, 0x20).Store(to + toRow);
        Avx.Permute2x128(a2, b2, 0x20).Store(to + 2 * toRow);
        Avx.Permute2x128(a3, b3, 0x20).Store(to + 3 * toRow);
        Avx.Permute2x128(a0, b0, 0x31).Store(to + 4 * toRow);
        Avx.Permute2x128(a1, b1, 0x31).Store(to + 5 * toRow);
        Avx.Permute2x128(a2, b2, 0x31).Store(to + 6 * toRow);
        Avx.Permute2x128(a3, b3, 0x31).Store(to + 7 * toRow);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fours(Vector256<float> r0, Vector256<float> r1, Vector256<float> r2, Vector256<float> r3,
        out Vector256<float> c0, out Vector256<float> c1, out Vector256<float> c2, out Vector256<float> c3)
    {
        Vector256<float> low01 = Avx.UnpackLow(r0, r1), high01 = Avx.UnpackHigh(r0, r1);
        Vector256<float> low23 = Avx.UnpackLow(r2, r3), high23 = Avx.UnpackHigh(r2, r3);
        c0 = Avx.Shuffle(low01, low23, 0x44);
        c1 = Avx.Shuffle(low01, low23, 0xEE);
        c2 = Avx.Shuffle(high01, high23, 0x44);
        c3 = Avx.Shuffle(high01, high23, 0xEE);
    }
}
