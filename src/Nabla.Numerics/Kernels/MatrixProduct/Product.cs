namespace Nabla.Numerics.Kernels.MatrixProduct;

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

    /// <summary>The product for one item of a batch.</summary>
    public readonly Product Item(int item, in GemmShape shape) => this with
    {
        A = A + (long)item * shape.BatchStrideA,
        B = B + (long)item * shape.BatchStrideB,
        C = C + (long)item * shape.BatchStrideC,
    };
}
