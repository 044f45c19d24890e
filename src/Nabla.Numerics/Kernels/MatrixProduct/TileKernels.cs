namespace Nabla.Numerics.Kernels.MatrixProduct;

/// <summary>The compiled <see cref="TileKernel{TLane, TRow, THeight}"/>s of one row width, by height.</summary>
internal static unsafe class TileKernels<TLane, TRow>
    where TLane : struct, ILane<TLane>
    where TRow : struct, ITileRow<TRow, TLane>
{
    private static readonly delegate*<Tile*, void>[] s_byHeight =
    [
        &TileKernel<TLane, TRow, Rows1>.Multiply, &TileKernel<TLane, TRow, Rows2>.Multiply,
        &TileKernel<TLane, TRow, Rows3>.Multiply, &TileKernel<TLane, TRow, Rows4>.Multiply,
        &TileKernel<TLane, TRow, Rows5>.Multiply, &TileKernel<TLane, TRow, Rows6>.Multiply,
        &TileKernel<TLane, TRow, Rows7>.Multiply, &TileKernel<TLane, TRow, Rows8>.Multiply,
        &TileKernel<TLane, TRow, Rows9>.Multiply, &TileKernel<TLane, TRow, Rows10>.Multiply,
        &TileKernel<TLane, TRow, Rows11>.Multiply, &TileKernel<TLane, TRow, Rows12>.Multiply,
        &TileKernel<TLane, TRow, Rows13>.Multiply, &TileKernel<TLane, TRow, Rows14>.Multiply,
    ];

    /// <summary>The kernel for tiles of 1 … 14 rows.</summary>
    public static delegate*<Tile*, void> OfHeight(int rows) => s_byHeight[rows - 1];
}
