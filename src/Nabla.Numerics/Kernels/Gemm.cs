namespace Nabla.Numerics.Kernels;

/// <summary>Matrix product.</summary>
public static class Gemm
{
    /// <summary>C = op(A)·op(B) (+ C if accumulating) (+ bias over the columns, [N]).</summary>
    public static void Multiply(
        in GemmShape shape, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c, ReadOnlySpan<float> bias = default)
    {
        int lda = shape.RowStrideA != 0 ? shape.RowStrideA : shape.TransposeA ? shape.M : shape.K;
        int ldb = shape.RowStrideB != 0 ? shape.RowStrideB : shape.TransposeB ? shape.K : shape.N;
        int ldc = shape.RowStrideC != 0 ? shape.RowStrideC : shape.N;
        for (int batch = 0; batch < shape.Batch; batch++)
            for (int i = 0; i < shape.M; i++)
                for (int j = 0; j < shape.N; j++)
                {
                    int ci = batch * shape.BatchStrideC + i * ldc + j;
                    float sum = shape.Accumulate ? c[ci] : 0;
                    if (!bias.IsEmpty)
                        sum += bias[j];
                    for (int k = 0; k < shape.K; k++)
                        sum += a[batch * shape.BatchStrideA + (shape.TransposeA ? k * lda + i : i * lda + k)]
                            * b[batch * shape.BatchStrideB + (shape.TransposeB ? j * ldb + k : k * ldb + j)];
                    c[ci] = sum;
                }
    }
}
