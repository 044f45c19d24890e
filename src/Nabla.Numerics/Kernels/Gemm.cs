using Nabla.Numerics.Kernels.Products;
using Nabla.Numerics.Threading;

namespace Nabla.Numerics.Kernels;

/// <summary>Matrix product.</summary>
public static unsafe class Gemm
{
    private const double FlopsInBatchPiece = 1 << 20;

    // From here on a product is cut into all its pieces; few large ones are computed one after the other, because as
    // pieces of a batch the last of them would leave most threads idle.
    private const double FlopsOfLargeItem = 1 << 24;

    /// <summary>C = op(A)·op(B) (+ C if accumulating) (+ bias over the columns, [N]).</summary>
    /// <param name="shape">Sizes, transpositions and strides; it says what A, B and C mean.</param>
    /// <param name="a">A, [M, K], or [K, M] if transposed; a batch of them.</param>
    /// <param name="b">B, [K, N], or [N, K] if transposed; a batch of them.</param>
    /// <param name="c">C, [M, N]; a batch of them. Must not share elements with A, B or the bias.</param>
    /// <param name="bias">[N], or empty for none.</param>
    /// <exception cref="ArgumentException">A size is negative or a span is too short for the shape.</exception>
    /// <remarks>With K = 0 the product is zero: C is the bias, or stays as it is when accumulating.</remarks>
    public static void Multiply(
        in GemmShape shape, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c,
        ReadOnlySpan<float> bias = default)
    {
        GemmArguments.Validate(shape, a.Length, b.Length, c.Length, bias.Length);
        if (shape.M == 0 || shape.N == 0 || shape.Batch == 0)
            return;
        fixed (float* aStart = a, bStart = b, cStart = c, biasStart = bias)
        {
            GemmShape folded = GemmArguments.FoldBatch(shape);
            int strideA = GemmArguments.RowStrideA(folded), strideB = GemmArguments.RowStrideB(folded);
            var product = new Product
            {
                M = folded.M,
                N = folded.N,
                K = folded.K,
                A = aStart,
                RowStepA = folded.TransposeA ? 1 : strideA,
                DepthStepA = folded.TransposeA ? strideA : 1,
                B = bStart,
                DepthStepB = folded.TransposeB ? 1 : strideB,
                ColumnStepB = folded.TransposeB ? strideB : 1,
                C = cStart,
                RowStepC = GemmArguments.RowStrideC(folded),
                Bias = biasStart,
                Accumulate = folded.Accumulate,
            };
            MultiplyBatch(product, folded);
        }
    }

    private static void MultiplyBatch(in Product product, in GemmShape shape)
    {
        if (shape.Batch == 1)
        {
            MultiplyOne(product);
            return;
        }

        if (product.Flops >= FlopsOfLargeItem)
        {
            for (int item = 0; item < shape.Batch; item++)
                MultiplyOne(product.Item(item, shape));
            return;
        }

        int items = (int)Math.Clamp(FlopsInBatchPiece / Math.Max(1, product.Flops), 1, shape.Batch);
        WorkerPool.RunChunks(shape.Batch, items, new Items(product, shape));
    }

    private static void MultiplyOne(in Product product) => WidestRegister.Run(new One(product));

    private readonly struct One(Product product) : IRegisterBody
    {
        public void Run<TRegister>() where TRegister : struct, IRegister<TRegister> =>
            AnyProduct<TRegister>.Run(product);
    }

    private readonly struct Items(Product product, GemmShape shape) : IChunkBody
    {
        public void Run(int start, int end)
        {
            for (int item = start; item < end; item++)
                MultiplyOne(product.Item(item, shape));
        }
    }
}
