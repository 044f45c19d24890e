using System.Runtime.CompilerServices;
using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Kernels.Convolutions;

/// <summary>Where the four outputs of some neighbouring squares go.</summary>
internal readonly unsafe struct WinogradTarget(float* upper, int rowStep, int columns, bool accumulate)
{
    /// <summary>The row of outputs above.</summary>
    public readonly float* Upper = upper;

    /// <summary>From there to the row below; 0 if there is none.</summary>
    public readonly int RowStep = rowStep;

    /// <summary>Outputs in a row; the last square may have one column only.</summary>
    public readonly int Columns = columns;

    /// <summary>Adds to what is there.</summary>
    public readonly bool Accumulate = accumulate;
}

/// <summary>
/// The three transformations of Winograd's F(2×2, 3×3), for as many squares (or kernels) side by side as a register has
/// lanes. In one dimension: outputs (y₀, y₁) of pixels d₀…d₃ under a kernel g₀, g₁, g₂ are y₀ = m₀ + m₁ + m₂ and
/// y₁ = m₁ − m₂ − m₃ with m₀ = (d₀ − d₂)g₀, m₁ = (d₁ + d₂)(g₀ + g₁ + g₂)/2, m₂ = (d₂ − d₁)(g₀ − g₁ + g₂)/2,
/// m₃ = (d₁ − d₃)g₂. In two dimensions the same is done to rows, then to columns.
/// </summary>
internal static unsafe class WinogradTiles
{
    /// <summary>Products for a square.</summary>
    public const int Places = 16;

    /// <summary>Four numbers of a line of a square.</summary>
    private struct Four<L>
    {
        public L S0, S1, S2, S3;
    }

    /// <summary>
    /// V = BᵀdB of neighbouring squares, which begin two pixels apart; place p goes to target + p·step.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Image<L>(float* image, int rowStep, float* target, int step) where L : struct, ILane<L>
    {
        Four<L> row0 = Seen<L>(image), row1 = Seen<L>(image + rowStep);
        Four<L> row2 = Seen<L>(image + 2 * rowStep), row3 = Seen<L>(image + 3 * rowStep);
        Store(row0.S0 - row2.S0, row0.S1 - row2.S1, row0.S2 - row2.S2, row0.S3 - row2.S3, target, step);
        target += 4 * step;
        Store(row1.S0 + row2.S0, row1.S1 + row2.S1, row1.S2 + row2.S2, row1.S3 + row2.S3, target, step);
        target += 4 * step;
        Store(row2.S0 - row1.S0, row2.S1 - row1.S1, row2.S2 - row1.S2, row2.S3 - row1.S3, target, step);
        target += 4 * step;
        Store(row1.S0 - row3.S0, row1.S1 - row3.S1, row1.S2 - row3.S2, row1.S3 - row3.S3, target, step);
    }

    /// <summary>AᵀMA + bias of neighbouring squares.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Outputs<L>(float* sums, int step, float bias, in WinogradTarget target)
        where L : struct, ILane<L>
    {
        (L left0, L right0) = Line<L>(sums, step);
        (L left1, L right1) = Line<L>(sums + 4 * step, step);
        (L left2, L right2) = Line<L>(sums + 8 * step, step);
        (L left3, L right3) = Line<L>(sums + 12 * step, step);
        L shift = L.Broadcast(bias);
        StoreRow(left0 + left1 + left2 + shift, right0 + right1 + right2 + shift, target.Upper, target);
        if (target.RowStep > 0)
            StoreRow(
                left1 - left2 - left3 + shift, right1 - right2 - right3 + shift, target.Upper + target.RowStep, target);
    }

    /// <summary>U = GgGᵀ of kernels [9, lanes]; place p goes to target + p·step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Kernel<L>(float* kernels, float* target, long step, int count) where L : struct, ILane<L>
    {
        Four<L> column0 = Spread<L>(kernels), column1 = Spread<L>(kernels + L.Count);
        Four<L> column2 = Spread<L>(kernels + 2 * L.Count);
        StoreKernel(Combine(column0.S0, column1.S0, column2.S0), target, step, count);
        StoreKernel(Combine(column0.S1, column1.S1, column2.S1), target + 4 * step, step, count);
        StoreKernel(Combine(column0.S2, column1.S2, column2.S2), target + 8 * step, step, count);
        StoreKernel(Combine(column0.S3, column1.S3, column2.S3), target + 12 * step, step, count);
    }

    /// <summary>
    /// The gradient of M, A·dY·Aᵀ, of one square for neighbouring outputs; dY are the square's four pixels.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OutputGradients<L>(float** pixels, int channel, float* target, int step)
        where L : struct, ILane<L>
    {
        L a = L.Load(pixels[0] + channel, L.Count), b = L.Load(pixels[1] + channel, L.Count);
        L c = L.Load(pixels[2] + channel, L.Count), d = L.Load(pixels[3] + channel, L.Count);
        StoreSpread(a, b, target, step);
        StoreSpread(a + c, b + d, target + 4 * step, step);
        StoreSpread(a - c, b - d, target + 8 * step, step);
        StoreSpread(-c, -d, target + 12 * step, step);
    }

    /// <summary>
    /// The gradient of kernels from that of U, GᵀdUG: nine sums, each <paramref name="targetStep"/> from the last.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void KernelGradients<L>(float* sums, long step, float* target, int targetStep)
        where L : struct, ILane<L>
    {
        for (int column = 0; column < 4; column++)
        {
            float* from = sums + column * step, to = sums + column * step;
            (L g0, L g1, L g2) = Gather(
                L.Load(from, L.Count), L.Load(from + 4 * step, L.Count),
                L.Load(from + 8 * step, L.Count), L.Load(from + 12 * step, L.Count));
            L.Store(g0, to, L.Count);
            L.Store(g1, to + 4 * step, L.Count);
            L.Store(g2, to + 8 * step, L.Count);
        }
        for (int row = 0; row < 3; row++, sums += 4 * step, target += 3 * targetStep)
        {
            (L g0, L g1, L g2) = Gather(
                L.Load(sums, L.Count), L.Load(sums + step, L.Count),
                L.Load(sums + 2 * step, L.Count), L.Load(sums + 3 * step, L.Count));
            L.Store(g0, target, L.Count);
            L.Store(g1, target + targetStep, L.Count);
            L.Store(g2, target + 2 * targetStep, L.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreSpread<L>(L left, L right, float* target, int step) where L : struct, ILane<L> =>
        Store(left, left + right, left - right, -right, target, step);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (L First, L Second, L Third) Gather<L>(L s0, L s1, L s2, L s3) where L : struct, ILane<L>
    {
        L half = L.Broadcast(0.5f), outer = (s1 + s2) * half;
        return (s0 + outer, (s1 - s2) * half, outer + s3);
    }

    /// <summary>One row of the squares, combined along it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Four<L> Seen<L>(float* row) where L : struct, ILane<L>
    {
        L a = L.Load(row, L.Count), b = L.Load(row + L.Count, L.Count);
        L c = L.Load(row + 2, L.Count), d = L.Load(row + 2 + L.Count, L.Count);
        L d0 = L.Even(a, b), d1 = L.Odd(a, b), d2 = L.Even(c, d), d3 = L.Odd(c, d);
        return new() { S0 = d0 - d2, S1 = d1 + d2, S2 = d2 - d1, S3 = d1 - d3 };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<L>(L s0, L s1, L s2, L s3, float* target, int step) where L : struct, ILane<L>
    {
        L.Store(s0, target, L.Count);
        L.Store(s1, target + step, L.Count);
        L.Store(s2, target + 2 * step, L.Count);
        L.Store(s3, target + 3 * step, L.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (L Left, L Right) Line<L>(float* sums, int step) where L : struct, ILane<L>
    {
        L m0 = L.Load(sums, L.Count), m1 = L.Load(sums + step, L.Count);
        L m2 = L.Load(sums + 2 * step, L.Count), m3 = L.Load(sums + 3 * step, L.Count);
        return (m0 + m1 + m2, m1 - m2 - m3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow<L>(L left, L right, float* target, in WinogradTarget to) where L : struct, ILane<L>
    {
        StorePart(L.InterleaveLow(left, right), target, to.Columns, to.Accumulate);
        if (to.Columns > L.Count)
            StorePart(L.InterleaveHigh(left, right), target + L.Count, to.Columns - L.Count, to.Accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePart<L>(L value, float* target, int columns, bool accumulate) where L : struct, ILane<L>
    {
        int count = Math.Min(L.Count, columns);
        L.Store(accumulate ? L.Load(target, count) + value : value, target, count);
    }

    /// <summary>One column of the kernels, in four sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Four<L> Spread<L>(float* column) where L : struct, ILane<L> => Combine(
        L.Load(column, L.Count), L.Load(column + 3 * L.Count, L.Count), L.Load(column + 6 * L.Count, L.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Four<L> Combine<L>(L g0, L g1, L g2) where L : struct, ILane<L>
    {
        L half = L.Broadcast(0.5f), outer = (g0 + g2) * half, inner = g1 * half;
        return new() { S0 = g0, S1 = outer + inner, S2 = outer - inner, S3 = g2 };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreKernel<L>(Four<L> row, float* target, long step, int count) where L : struct, ILane<L>
    {
        L.Store(row.S0, target, count);
        L.Store(row.S1, target + step, count);
        L.Store(row.S2, target + 2 * step, count);
        L.Store(row.S3, target + 3 * step, count);
    }
}
