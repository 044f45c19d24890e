namespace Nabla.Numerics.Kernels.Products;

/// <summary>The compiled <see cref="TileKernel{TRegister, TRow, THeight}"/>s of one row width, by height.</summary>
internal static unsafe class TileKernels<TRegister, TRow>
    where TRegister : struct, IRegister<TRegister>
    where TRow : struct, ITileRow<TRow, TRegister>
{
    private static readonly delegate*<Tile*, void>[] ByHeight =
    [
        &TileKernel<TRegister, TRow, Rows1>.Multiply, &TileKernel<TRegister, TRow, Rows2>.Multiply,
        &TileKernel<TRegister, TRow, Rows3>.Multiply, &TileKernel<TRegister, TRow, Rows4>.Multiply,
        &TileKernel<TRegister, TRow, Rows5>.Multiply, &TileKernel<TRegister, TRow, Rows6>.Multiply,
        &TileKernel<TRegister, TRow, Rows7>.Multiply, &TileKernel<TRegister, TRow, Rows8>.Multiply,
        &TileKernel<TRegister, TRow, Rows9>.Multiply, &TileKernel<TRegister, TRow, Rows10>.Multiply,
        &TileKernel<TRegister, TRow, Rows11>.Multiply, &TileKernel<TRegister, TRow, Rows12>.Multiply,
        &TileKernel<TRegister, TRow, Rows13>.Multiply, &TileKernel<TRegister, TRow, Rows14>.Multiply,
    ];

    /// <summary>The kernel for tiles of 1 … 14 rows.</summary>
    public static delegate*<Tile*, void> OfHeight(int rows) => ByHeight[rows - 1];
}
