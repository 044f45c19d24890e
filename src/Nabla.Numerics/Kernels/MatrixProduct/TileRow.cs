using System.Runtime.CompilerServices;

namespace Nabla.Numerics.Kernels.MatrixProduct;

/// <summary>One row of a tile of C: one or two registers side by side.</summary>
internal unsafe interface ITileRow<TSelf, TLane>
    where TSelf : struct, ITileRow<TSelf, TLane>
    where TLane : struct, ILane<TLane>
{
    /// <summary>Columns.</summary>
    static abstract int Width { get; }

    /// <summary>Reads a row.</summary>
    static abstract TSelf Load(float* source);

    /// <summary>Writes a row.</summary>
    static abstract void Store(TSelf row, float* target);

    /// <summary>Sum of two rows.</summary>
    static abstract TSelf Add(TSelf x, TSelf y);

    /// <summary>sum += a · b, with a the same in every column.</summary>
    static abstract void MultiplyAdd(TLane a, TSelf b, ref TSelf sum);
}

/// <summary>A row as wide as one register.</summary>
internal unsafe struct SingleRow<TLane>(TLane only) : ITileRow<SingleRow<TLane>, TLane>
    where TLane : struct, ILane<TLane>
{
    private TLane _only = only;

    public static int Width => TLane.Width;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleRow<TLane> Load(float* source) => new(TLane.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(SingleRow<TLane> row, float* target) => TLane.Store(row._only, target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleRow<TLane> Add(SingleRow<TLane> x, SingleRow<TLane> y) => new(TLane.Add(x._only, y._only));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAdd(TLane a, SingleRow<TLane> b, ref SingleRow<TLane> sum) =>
        TLane.MultiplyAdd(a, b._only, ref sum._only);
}

/// <summary>A row as wide as two registers: each A value, once broadcast, serves two multiplications.</summary>
internal unsafe struct DoubleRow<TLane>(TLane left, TLane right) : ITileRow<DoubleRow<TLane>, TLane>
    where TLane : struct, ILane<TLane>
{
    private TLane _left = left;
    private TLane _right = right;

    public static int Width => 2 * TLane.Width;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleRow<TLane> Load(float* source) => new(TLane.Load(source), TLane.Load(source + TLane.Width));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(DoubleRow<TLane> row, float* target)
    {
        TLane.Store(row._left, target);
        TLane.Store(row._right, target + TLane.Width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleRow<TLane> Add(DoubleRow<TLane> x, DoubleRow<TLane> y) =>
        new(TLane.Add(x._left, y._left), TLane.Add(x._right, y._right));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAdd(TLane a, DoubleRow<TLane> b, ref DoubleRow<TLane> sum)
    {
        TLane.MultiplyAdd(a, b._left, ref sum._left);
        TLane.MultiplyAdd(a, b._right, ref sum._right);
    }
}
