using System.Buffers;
using System.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Numerics.LinearAlgebra;
using Nabla.Numerics.Threading;
using Nabla.Tensors;

namespace Nabla.Learning.Classical;

/// <summary>Means and covariances of many rows [n, D], in two passes over them. Tensors are contiguous.</summary>
internal static class Moments
{
    // Sums of so many floats are exact enough to be floats; their sums are doubles.
    private const int RowsInFloatSum = 32;

    private const int RowsInPiece = 2048, ElementsInBlock = 1 << 23, MostRowsInBlock = 8192, Stripes = 4;

    /// <summary>The mean of each column, [D]. A row that is not finite makes it so.</summary>
    public static double[] Mean(Tensor x)
    {
        (int rows, int columns) = (x.Shape[0], x.Shape[1]);
        int pieces = (rows + RowsInPiece - 1) / RowsInPiece;
        double[] sums = new double[pieces * columns];
        WorkerPool.RunChunks(rows, RowsInPiece, new SumBody(x, columns, sums));
        double[] mean = new double[columns];
        for (int piece = 0; piece < pieces; piece++)
            for (int j = 0; j < columns; j++)
                mean[j] += sums[piece * columns + j] / rows;
        return mean;
    }

    /// <summary>Rows start … end − 1 of x less the mean, into <paramref name="centred"/>.</summary>
    public static void Center(
        Tensor x, float[] mean, (int Start, int End) rows, float[] centred) =>
        WorkerPool.RunChunks(rows.End - rows.Start, 256, new CenterBody(x, mean, rows.Start, centred));

    /// <summary>
    /// The covariance Σᵢ (xᵢ − μ)(xᵢ − μ)ᵀ / (n − 1), [D, D]: products of single precision over blocks of rows, of
    /// which only those on and above the diagonal are computed, added up in double precision.
    /// </summary>
    public static Matrix<double> Covariance(Tensor x, double[] mean)
    {
        (int rows, int columns) = (x.Shape[0], x.Shape[1]);
        int inBlock = Math.Min(rows, Math.Clamp(ElementsInBlock / columns, 256, MostRowsInBlock));
        float[] centred = ArrayPool<float>.Shared.Rent(inBlock * columns);
        float[] product = ArrayPool<float>.Shared.Rent(columns * columns);
        var covariance = new Matrix<double>(columns, columns);
        float[] center = Array.ConvertAll(mean, value => (float)value);
        for (int start = 0; start < rows; start += inBlock)
        {
            int end = Math.Min(rows, start + inBlock);
            Center(x, center, (start, end), centred);
            for (int stripe = 0; stripe < Stripes; stripe++)
                UpperStripe(centred, product, columns, end - start, stripe);
            WorkerPool.RunChunks(columns, 16, new AddBody(product, covariance, 1.0 / (rows - 1)));
        }
        ArrayPool<float>.Shared.Return(centred);
        ArrayPool<float>.Shared.Return(product);
        Finish(covariance, mean, center, rows);
        return covariance;
    }

    // Of XᵀX the columns of a stripe, down to the diagonal block.
    private static void UpperStripe(float[] x, float[] product, int columns, int rows, int stripe)
    {
        int from = columns * stripe / Stripes, to = columns * (stripe + 1) / Stripes;
        if (from == to)
            return;
        Gemm.Multiply(
            new GemmShape(to, to - from, rows)
            {
                TransposeA = true,
                RowStrideA = columns,
                RowStrideB = columns,
                RowStrideC = columns,
            },
            x, x.AsSpan(from), product.AsSpan(from));
    }

    // The mean as floats is not quite the mean: Σ(x − m)(x − m)ᵀ = Σ(x − μ)(x − μ)ᵀ + n(μ − m)(μ − m)ᵀ.
    private static void Finish(Matrix<double> covariance, double[] mean, float[] center, int rows)
    {
        double scale = rows / (rows - 1.0);
        for (int i = 0; i < mean.Length; i++)
            for (int j = i; j < mean.Length; j++)
            {
                double value = covariance[i, j] - scale * (mean[i] - center[i]) * (mean[j] - center[j]);
                covariance[i, j] = covariance[j, i] = value;
            }
    }

    private readonly struct SumBody(Tensor x, int columns, double[] sums) : IChunkBody
    {
        public void Run(int start, int end)
        {
            Span<double> sum = sums.AsSpan(start / RowsInPiece * columns, columns);
            ReadOnlySpan<float> all = x.AsSpan();
            float[] few = ArrayPool<float>.Shared.Rent(columns);
            for (int from = start; from < end; from += RowsInFloatSum)
            {
                Span<float> part = few.AsSpan(0, columns);
                part.Clear();
                for (int i = from; i < Math.Min(end, from + RowsInFloatSum); i++)
                    Combine(part, all.Slice(i * columns, columns), part, isMinus: false);
                for (int j = 0; j < columns; j++)
                    sum[j] += part[j];
            }
            ArrayPool<float>.Shared.Return(few);
        }
    }

    private readonly struct CenterBody(Tensor x, float[] mean, int first, float[] centred) : IChunkBody
    {
        public void Run(int start, int end)
        {
            int columns = mean.Length;
            ReadOnlySpan<float> all = x.AsSpan();
            for (int i = start; i < end; i++)
                Combine(all.Slice((first + i) * columns, columns), mean,
                    centred.AsSpan(i * columns, columns), isMinus: true);
        }
    }

    private readonly struct AddBody(float[] product, Matrix<double> covariance, double scale) : IChunkBody
    {
        public void Run(int start, int end)
        {
            int columns = covariance.Columns;
            for (int i = start; i < end; i++)
            {
                Span<double> row = covariance.Row(i);
                for (int j = i; j < columns; j++)
                    row[j] += product[i * columns + j] * scale;
            }
        }
    }

    // a + b or a − b, a register at a time.
    private static void Combine(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> result, bool isMinus)
    {
        int j = 0;
        for (; j <= a.Length - Vector<float>.Count; j += Vector<float>.Count)
        {
            Vector<float> left = new(a[j..]), right = new(b[j..]);
            (isMinus ? left - right : left + right).CopyTo(result[j..]);
        }
        for (; j < a.Length; j++)
            result[j] = isMinus ? a[j] - b[j] : a[j] + b[j];
    }
}
