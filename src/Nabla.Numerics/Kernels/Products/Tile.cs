namespace Nabla.Numerics.Kernels.Products;

/// <summary>Where one tile of C, its rows of A and its columns of B lie. Steps count floats.</summary>
internal unsafe struct Tile
{
    /// <summary>How many products are summed.</summary>
    public nint Depth;

    /// <summary>A's first value; (i, k) lies at i·<see cref="RowStepA"/> + k·<see cref="DepthStepA"/>.</summary>
    public float* A;

    /// <summary>From a row of A to the next.</summary>
    public nint RowStepA;

    /// <summary>From one k to the next in A.</summary>
    public nint DepthStepA;

    /// <summary>B's first value; (k, j) lies at k·<see cref="DepthStepB"/> + j.</summary>
    public float* B;

    /// <summary>From one k to the next in B.</summary>
    public nint DepthStepB;

    /// <summary>C's first value; (i, j) lies at i·<see cref="RowStepC"/> + j.</summary>
    public float* C;

    /// <summary>From a row of C to the next.</summary>
    public nint RowStepC;

    /// <summary>Added to every row; null for none.</summary>
    public float* Bias;

    /// <summary>Add to C instead of overwriting it.</summary>
    public bool Accumulate;
}
