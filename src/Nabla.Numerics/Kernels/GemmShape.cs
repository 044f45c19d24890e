namespace Nabla.Numerics.Kernels;

/// <summary>
/// The shape of a (batched) matrix product C = op(A)·op(B), all row-major. A is [M, K] ([K, M] when transposed), B is
/// [K, N] ([N, K] when transposed), C is [M, N].
/// </summary>
/// <param name="M">Rows of C.</param>
/// <param name="N">Columns of C.</param>
/// <param name="K">The inner size.</param>
public readonly record struct GemmShape(int M, int N, int K)
{
    /// <summary>A is stored as [K, M].</summary>
    public bool TransposeA { get; init; }

    /// <summary>B is stored as [N, K].</summary>
    public bool TransposeB { get; init; }

    /// <summary>C += A·B instead of C = A·B.</summary>
    public bool Accumulate { get; init; }

    /// <summary>Floats from one stored row of A to the next; 0 means dense.</summary>
    public int RowStrideA { get; init; }

    /// <summary>Floats from one stored row of B to the next; 0 means dense.</summary>
    public int RowStrideB { get; init; }

    /// <summary>Floats from one row of C to the next; 0 means dense.</summary>
    public int RowStrideC { get; init; }

    /// <summary>Number of products; the batch strides say how far apart their matrices lie.</summary>
    public int Batch { get; init; } = 1;

    /// <summary>Floats from one A of the batch to the next; 0 repeats the same A.</summary>
    public int BatchStrideA { get; init; }

    /// <summary>Floats from one B of the batch to the next; 0 repeats the same B.</summary>
    public int BatchStrideB { get; init; }

    /// <summary>Floats from one C of the batch to the next; must not be 0 when Batch &gt; 1.</summary>
    public int BatchStrideC { get; init; }
}
