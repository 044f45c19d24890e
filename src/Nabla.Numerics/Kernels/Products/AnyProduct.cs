namespace Nabla.Numerics.Kernels.Products;

/// <summary>Chooses how to compute a product from its shape alone.</summary>
internal static unsafe class AnyProduct<TRegister> where TRegister : struct, IRegister<TRegister>
{
    private const double TinyFlops = 400;

    /// <summary>Computes a product with at least one row and one column.</summary>
    public static void Run(in Product product)
    {
        if (product.Flops <= TinyFlops)
            MultiplyTiny(product);
        else if (product is { N: 1, M: > 1, RowStepC: 1, Bias: null })
            RunMany(product.Transposed());
        else
            RunMany(product);
    }

    private static void RunMany(in Product product)
    {
        if (DotProduct<TRegister>.Fits(product))
            DotProduct<TRegister>.Run(product);
        else if (StreamedProduct<TRegister>.Fits(product))
            StreamedProduct<TRegister>.Run(product);
        else
            BlockedProduct<TRegister>.Run(product);
    }

    /// <summary>
    /// The definition, for products where anything else takes longer; also when there is nothing to sum.
    /// </summary>
    private static void MultiplyTiny(in Product product)
    {
        for (int i = 0; i < product.M; i++)
            for (int j = 0; j < product.N; j++)
            {
                float* a = product.A + i * product.RowStepA, b = product.B + j * product.ColumnStepB;
                float sum = 0;
                for (int k = 0; k < product.K; k++)
                    sum += a[k * product.DepthStepA] * b[k * product.DepthStepB];
                product.Finish(i, j, sum);
            }
    }
}
