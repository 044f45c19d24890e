namespace Nabla.Numerics.Kernels.MatrixProduct;

/// <summary>Chooses how to compute a product from its shape alone.</summary>
internal static unsafe class AnyProduct<TLane> where TLane : struct, ILane<TLane>
{
    /// <summary>Computes a product with at least one row and one column.</summary>
    public static void Run(in Product product)
    {
        if (product.K == 0)
            Fill(product);
        else
            BlockedProduct<TLane>.Run(product);
    }

    /// <summary>A sum of no products is zero, so C is the bias.</summary>
    private static void Fill(in Product product)
    {
        for (int i = 0; i < product.M; i++)
        {
            float* row = product.C + i * product.RowStepC;
            for (int j = 0; j < product.N; j++)
                row[j] = (product.Accumulate ? row[j] : 0) + (product.Bias != null ? product.Bias[j] : 0);
        }
    }
}
