using System.Runtime.CompilerServices;

namespace Nabla.Numerics.Kernels.Products;

/// <summary>One row of a tile of C: one or two registers side by side.</summary>
internal unsafe interface ITileRow<TSelf, TRegister>
    where TSelf : struct, ITileRow<TSelf, TRegister>
    where TRegister : struct, IRegister<TRegister>
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
    static abstract void MultiplyAdd(TRegister a, TSelf b, ref TSelf sum);
}

/// <summary>A row as wide as one register.</summary>
internal unsafe struct SingleRow<TRegister>(TRegister only) : ITileRow<SingleRow<TRegister>, TRegister>
    where TRegister : struct, IRegister<TRegister>
{
    private TRegister only = only;

    public static int Width => TRegister.Width;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleRow<TRegister> Load(float* source) => new(TRegister.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(SingleRow<TRegister> row, float* target) => TRegister.Store(row.only, target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleRow<TRegister> Add(SingleRow<TRegister> x, SingleRow<TRegister> y) =>
        new(TRegister.Add(x.only, y.only));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAdd(TRegister a, SingleRow<TRegister> b, ref SingleRow<TRegister> sum) =>
        TRegister.MultiplyAdd(a, b.only, ref sum.only);
}

/// <summary>A row as wide as two registers: each A value, once broadcast, serves two multiplications.</summary>
internal unsafe struct DoubleRow<TRegister>(TRegister left, TRegister right) : ITileRow<DoubleRow<TRegister>, TRegister>
    where TRegister : struct, IRegister<TRegister>
{
    private TRegister left = left;
    private TRegister right = right;

    public static int Width => 2 * TRegister.Width;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleRow<TRegister> Load(float* source) =>
        new(TRegister.Load(source), TRegister.Load(source + TRegister.Width));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(DoubleRow<TRegister> row, float* target)
    {
        TRegister.Store(row.left, target);
        TRegister.Store(row.right, target + TRegister.Width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleRow<TRegister> Add(DoubleRow<TRegister> x, DoubleRow<TRegister> y) =>
        new(TRegister.Add(x.left, y.left), TRegister.Add(x.right, y.right));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAdd(TRegister a, DoubleRow<TRegister> b, ref DoubleRow<TRegister> sum)
    {
        TRegister.MultiplyAdd(a, b.left, ref sum.left);
        TRegister.MultiplyAdd(a, b.right, ref sum.right);
    }
}
