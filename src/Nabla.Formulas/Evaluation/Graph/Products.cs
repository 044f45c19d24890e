using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Formulas.Evaluation.Graph;

/// <summary>The matrix product of [..., M, K] and [..., K, N]; dimensions in front broadcast.</summary>
internal sealed class MatrixProductRule : IRule
{
    private static readonly MatrixProductRule Instance = new();
    private static readonly Func<Tensor[], Tensor> Engine = static x => x[0].MatMul(x[1]);

    /// <summary>The product; the caller has compared the inner sizes.</summary>
    public static Node Apply(Tape tape, Node a, Node b)
    {
        int m = a.Shape[-2], k = a.Shape[-1], n = b.Shape[-1];
        Shape front = Shape.Broadcast(Front(a.Shape), Front(b.Shape), "matrix product");
        int batches = front.ElementCount;
        tape.Charge((long)batches * m * n, (long)batches * m * n * k);
        return tape.Add([.. front, m, n], Engine, Instance, a, b);
    }

    /// <inheritdoc/>
    public void Forward(Node y)
    {
        Node a = y.Inputs[0], b = y.Inputs[1];
        int m = a.Shape[-2], k = a.Shape[-1], n = b.Shape[-1];
        Shape front = Front(y.Shape);
        Places placesA = Places.Of(Front(a.Shape), front), placesB = Places.Of(Front(b.Shape), front);
        Array.Clear(y.Numbers);
        for (int batch = 0; batch < front.ElementCount; batch++)
            Multiply(
                a.Numbers.AsSpan(placesA[batch] * m * k, m * k), b.Numbers.AsSpan(placesB[batch] * k * n, k * n),
                y.Numbers.AsSpan(batch * m * n, m * n), k, n);
    }

    /// <inheritdoc/>
    public void Backward(Node y, double[] dy)
    {
        Node a = y.Inputs[0], b = y.Inputs[1];
        int m = a.Shape[-2], k = a.Shape[-1], n = b.Shape[-1];
        Shape front = Front(y.Shape);
        Places placesA = Places.Of(Front(a.Shape), front), placesB = Places.Of(Front(b.Shape), front);
        for (int batch = 0; batch < front.ElementCount; batch++)
        {
            int atA = placesA[batch] * m * k, atB = placesB[batch] * k * n;
            ReadOnlySpan<double> slope = dy.AsSpan(batch * m * n, m * n);
            if (a.Wants)
                TimesTransposed(slope, b.Numbers.AsSpan(atB, k * n), a.Slope().AsSpan(atA, m * k), k, n);
            if (b.Wants)
                TransposedTimes(a.Numbers.AsSpan(atA, m * k), slope, b.Slope().AsSpan(atB, k * n), k, n);
        }
    }

    private static Shape Front(Shape shape) => [.. shape.AsSpan()[..^2]];

    private static void Multiply(
        ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> y, int inner, int columns)
    {
        for (int at = 0; at < a.Length; at++)
        {
            Span<double> row = y.Slice(at / inner * columns, columns);
            ReadOnlySpan<double> factors = b.Slice(at % inner * columns, columns);
            for (int j = 0; j < row.Length; j++)
                row[j] += a[at] * factors[j];
        }
    }

    /// <summary>da += dy·bᵀ.</summary>
    private static void TimesTransposed(
        ReadOnlySpan<double> dy, ReadOnlySpan<double> b, Span<double> da, int inner, int columns)
    {
        for (int at = 0; at < da.Length; at++)
        {
            ReadOnlySpan<double> row = dy.Slice(at / inner * columns, columns);
            ReadOnlySpan<double> factors = b.Slice(at % inner * columns, columns);
            for (int j = 0; j < row.Length; j++)
                da[at] += row[j] * factors[j];
        }
    }

    /// <summary>db += aᵀ·dy.</summary>
    private static void TransposedTimes(
        ReadOnlySpan<double> a, ReadOnlySpan<double> dy, Span<double> db, int inner, int columns)
    {
        for (int at = 0; at < a.Length; at++)
        {
            ReadOnlySpan<double> row = dy.Slice(at / inner * columns, columns);
            Span<double> slope = db.Slice(at % inner * columns, columns);
            for (int j = 0; j < row.Length; j++)
                slope[j] += a[at] * row[j];
        }
    }
}
