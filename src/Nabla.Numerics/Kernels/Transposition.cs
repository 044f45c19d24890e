using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Numerics.Kernels;

/// <summary>
/// Copies a matrix [rows, columns] to its transpose [columns, rows], 8×8 or 16×16 numbers at a time in registers.
/// </summary>
internal static unsafe class Transposition
{
    /// <summary>Rows and columns of what is transposed in registers at a time.</summary>
    public const int SquareSize = 8;

    private const int SquaresAhead = 3;

    /// <summary>
    /// Squares as large as the matrix and the machine allow; the last ones of a row or column overlap those before,
    /// which is far quicker than number by number.
    /// </summary>
    public static void Run(Matrix from, int rows, int columns, Matrix to)
    {
        int least = Math.Min(rows, columns);
        int side = Avx512F.IsSupported && least >= 2 * SquareSize ? 2 * SquareSize
            : Avx.IsSupported && least >= SquareSize ? SquareSize : 0;
        if (side == 0)
        {
            Copy(from, rows, columns, to);
            return;
        }
        for (int i = 0; i < columns; i += side)
            for (int j = 0; j < rows; j += side)
            {
                int c = Math.Min(i, columns - side), r = Math.Min(j, rows - side);
                float* source = from.P + (long)r * from.Row + c, target = to.P + (long)c * to.Row + r;
                if (side == SquareSize)
                {
                    Square(source, from.Row, target, to.Row);
                    continue;
                }
                // Sixteen rows at a time are more than the processor follows by itself.
                if (columns > rows)
                    Prefetch(source + SquaresAhead * side, from.Row);
                else
                    Prefetch(target + SquaresAhead * side, to.Row);
                LargeSquare(source, from.Row, target, to.Row);
            }
    }

    private static void Prefetch(float* row, nint step)
    {
        for (int i = 0; i < 2 * SquareSize; i++, row += step)
            Sse.Prefetch0(row);
    }

    private static void Copy(Matrix from, int rows, int columns, Matrix to)
    {
        for (int c = 0; c < columns; c++)
            for (int r = 0; r < rows; r++)
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

    /// <summary>
    /// A 16 × 16 transposition in registers (AVX-512): floats are interleaved by twos and by fours, which leaves 4 × 4
    /// blocks transposed in the quarters of the registers; two rounds of quarter exchanges put the quarters in place.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LargeSquare(float* source, nint sourceStep, float* target, nint targetStep)
    {
        float* s4 = source + 4 * sourceStep, s8 = s4 + 4 * sourceStep, s12 = s8 + 4 * sourceStep;
        Four(source, sourceStep,
            out Vector512<float> a0, out Vector512<float> a1, out Vector512<float> a2, out Vector512<float> a3);
        Four(s4, sourceStep,
            out Vector512<float> b0, out Vector512<float> b1, out Vector512<float> b2, out Vector512<float> b3);
        Four(s8, sourceStep,
            out Vector512<float> c0, out Vector512<float> c1, out Vector512<float> c2, out Vector512<float> c3);
        Four(s12, sourceStep,
            out Vector512<float> d0, out Vector512<float> d1, out Vector512<float> d2, out Vector512<float> d3);
        Quarters(a0, b0, c0, d0, target, 4 * targetStep);
        Quarters(a1, b1, c1, d1, target + targetStep, 4 * targetStep);
        Quarters(a2, b2, c2, d2, target + 2 * targetStep, 4 * targetStep);
        Quarters(a3, b3, c3, d3, target + 3 * targetStep, 4 * targetStep);
    }

    /// <summary>Four rows: column 4q + i of the rows becomes quarter q of register i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four(float* source, nint step,
        out Vector512<float> r0, out Vector512<float> r1, out Vector512<float> r2, out Vector512<float> r3)
    {
        Vector512<float> x0 = Vector512.Load(source), x1 = Vector512.Load(source + step);
        Vector512<float> x2 = Vector512.Load(source + 2 * step), x3 = Vector512.Load(source + 3 * step);
        Vector512<float> low01 = Avx512F.UnpackLow(x0, x1), high01 = Avx512F.UnpackHigh(x0, x1);
        Vector512<float> low23 = Avx512F.UnpackLow(x2, x3), high23 = Avx512F.UnpackHigh(x2, x3);
        r0 = Avx512F.Shuffle(low01, low23, 0b01_00_01_00);
        r1 = Avx512F.Shuffle(low01, low23, 0b11_10_11_10);
        r2 = Avx512F.Shuffle(high01, high23, 0b01_00_01_00);
        r3 = Avx512F.Shuffle(high01, high23, 0b11_10_11_10);
    }

    /// <summary>
    /// Transposes the quarters of four registers and stores them as rows 0, 4, 8 and 12 of the target.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarters(
        Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, float* target, nint step)
    {
        Vector512<float> ab02 = Avx512F.Shuffle4x128(a, b, 0b10_00_10_00);
        Vector512<float> ab13 = Avx512F.Shuffle4x128(a, b, 0b11_01_11_01);
        Vector512<float> cd02 = Avx512F.Shuffle4x128(c, d, 0b10_00_10_00);
        Vector512<float> cd13 = Avx512F.Shuffle4x128(c, d, 0b11_01_11_01);
        Avx512F.Shuffle4x128(ab02, cd02, 0b10_00_10_00).Store(target);
        Avx512F.Shuffle4x128(ab13, cd13, 0b10_00_10_00).Store(target + step);
        Avx512F.Shuffle4x128(ab02, cd02, 0b11_01_11_01).Store(target + 2 * step);
        Avx512F.Shuffle4x128(ab13, cd13, 0b11_01_11_01).Store(target + 3 * step);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Halves(float* low, float* high) =>
        Vector256.Create(Vector128.Load(low), Vector128.Load(high));
}
