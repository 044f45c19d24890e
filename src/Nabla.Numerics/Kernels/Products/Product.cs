using System.Runtime.CompilerServices;

namespace Nabla.Numerics.Kernels.Products;

/// <summary>
/// One matrix product after validation: C [M, N] = A [M, K] · B [K, N], with each operand as a pointer and its steps in
/// floats. Transposition is nothing but other steps.
/// </summary>
internal unsafe struct Product
{
    public int M;
    public int N;
    public int K;

    /// <summary>A(i, k) lies at i·<see cref="RowStepA"/> + k·<see cref="DepthStepA"/>.</summary>
    public float* A;
    public nint RowStepA;
    public nint DepthStepA;

    /// <summary>B(k, j) lies at k·<see cref="DepthStepB"/> + j·<see cref="ColumnStepB"/>.</summary>
    public float* B;
    public nint DepthStepB;
    public nint ColumnStepB;

    /// <summary>C(i, j) lies at i·<see cref="RowStepC"/> + j.</summary>
    public float* C;
    public nint RowStepC;

    /// <summary>Added to every row of C; null for none.</summary>
    public float* Bias;

    /// <summary>Add to C instead of overwriting it.</summary>
    public bool Accumulate;

    /// <summary>2·M·N·K: a multiplication and an addition for each i, j, k.</summary>
    public readonly double Flops => 2.0 * M * N * K;

    /// <summary>The product for a rectangle of C.</summary>
    public readonly Product Part((int First, int Count) rows, (int First, int Count) columns) => this with
    {
        M = rows.Count,
        N = columns.Count,
        A = A + rows.First * RowStepA,
        B = B + columns.First * ColumnStepB,
        C = C + rows.First * RowStepC + columns.First,
        Bias = Bias == null ? null : Bias + columns.First,
    };

    /// <summary>The part of the product that sums over these k; all but the first add to C.</summary>
    public readonly Product DepthPart(int first, int count) => this with
    {
        K = count,
        A = A + first * DepthStepA,
        B = B + first * DepthStepB,
        Bias = first > 0 ? null : Bias,
        Accumulate = Accumulate || first > 0,
    };

    /// <summary>Bᵀ·Aᵀ, which for a single dense column of C is the same numbers in the same places.</summary>
    public readonly Product Transposed() => this with
    {
        M = N,
        N = M,
        A = B,
        RowStepA = ColumnStepB,
        DepthStepA = DepthStepB,
        B = A,
        DepthStepB = DepthStepA,
        ColumnStepB = RowStepA,
        RowStepC = M,
    };

    /// <summary>Puts a finished sum in its place, with what has to be added to it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Finish(int row, int column, float sum)
    {
        float* c = C + row * RowStepC + column;
        if (Bias != null)
            sum += Bias[column];
        *c = Accumulate ? sum + *c : sum;
    }

    /// <summary>The product for one item of a batch.</summary>
    public readonly Product Item(int item, in GemmShape shape) => this with
    {
        A = A + (long)item * shape.BatchStrideA,
        B = B + (long)item * shape.BatchStrideB,
        C = C + (long)item * shape.BatchStrideC,
    };
}
