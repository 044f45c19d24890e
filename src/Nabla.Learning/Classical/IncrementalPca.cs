using Nabla.Numerics.LinearAlgebra;
using Nabla.Tensors;

namespace Nabla.Learning.Classical;

/// <summary>
/// Principal component analysis of data that come in batches: what is kept are the mean and k axes with their singular
/// values. A batch X of m rows after n rows becomes a few more rows under the axes so far:
/// <code>SVD of [ S·V ; X − mean(X) ; √(n·m/(n + m))·(mean − mean(X)) ]</code>
/// and the first k of its axes are the new ones. With one batch this is the exact solution; with more it is close to
/// it, the closer the more axes are kept. Ross, Lim, Lin and Yang 2008, doi:10.1007/s11263-007-0075-7.
/// </summary>
/// <example><code>
/// var pca = new IncrementalPca(components: 1);
/// pca.PartialFit(new Tensor([0, 0, 1, 1], [2, 2]));
/// pca.PartialFit(new Tensor([2, 2, 3, 3], [2, 2]));
/// pca.Model.ExplainedVariance[0];        // = 3.3333
/// 2 * (1.5 * 1.5 + 0.5 * 0.5) * 2 / 3;   // = 3.3333
/// </code></example>
public sealed class IncrementalPca
{
    private readonly int components;
    private readonly bool whiten;
    private long seen;
    private double[] mean = [], squares = []; // of deviations from the mean
    private double[] singular = [];
    private Matrix<double> axes = new(0, 0);

    /// <summary>An analysis that has seen nothing yet.</summary>
    /// <param name="components">Axes to keep, 1 to min(rows of the first batch, columns).</param>
    /// <param name="whiten">Whether scores have variance 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of components is below 1.</exception>
    public IncrementalPca(int components, bool whiten = false)
    {
        this.components = Require.Positive(components, nameof(IncrementalPca));
        this.whiten = whiten;
    }

    /// <summary>What is known so far.</summary>
    /// <exception cref="InvalidOperationException">Nothing was seen yet.</exception>
    public Pca Model => new(Axes, components, whiten, Math.Min(seen, mean.Length));

    internal PrincipalAxes Axes => seen > 0
        ? new PrincipalAxes
        {
            Axes = axes,
            Variance = [.. singular.Select(value => value * value / (seen - 1))],
            TotalVariance = squares.Sum() / (seen - 1),
            Mean = mean,
            Samples = seen,
        }
        : throw new InvalidOperationException("IncrementalPca: nothing was seen yet. Call PartialFit first.");

    /// <summary>Takes the rows of a batch [m, D] into account.</summary>
    /// <exception cref="ArgumentException">
    /// The batch is no matrix, has another number of columns than those before, a number that is not finite, or is the
    /// first and has fewer rows than components or than 2.
    /// </exception>
    public void PartialFit(Tensor batch)
    {
        (int rows, int columns) = Pca.Sizes(batch, nameof(IncrementalPca));
        Check(rows, columns);
        if (rows == 0)
            return;
        float[] values = batch.ToArray();
        var stacked = new Matrix<double>(singular.Length + rows + (seen > 0 ? 1 : 0), columns);
        double[] batchMean = Mean(values, rows, columns);
        for (int i = 0; i < singular.Length; i++)
            for (int j = 0; j < columns; j++)
                stacked[i, j] = singular[i] * axes[i, j];
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
                stacked[singular.Length + i, j] = values[i * columns + j] - batchMean[j];
        double shift = Math.Sqrt((double)seen * rows / (seen + rows));
        for (int j = 0; j < columns && seen > 0; j++)
            stacked[stacked.Rows - 1, j] = shift * (mean[j] - batchMean[j]);
        var (_, s, vt) = stacked.Svd();
        AddMoments(values, batchMean, rows);
        singular = s[..components];
        axes = new Matrix<double>(components, columns, vt.Values[..(components * columns)]);
    }

    private void Check(int rows, int columns)
    {
        if (seen > 0 && columns != mean.Length)
            throw new ArgumentException(
                $"IncrementalPca: the batch has {columns} columns; those before had {mean.Length}.");
        if (seen > 0)
            return;
        if (components > columns)
            throw new ArgumentException(
                $"IncrementalPca: components is {components}; data of {columns} columns allow 1 to {columns}.");
        if (rows < Math.Max(2, components))
            throw new ArgumentException(
                $"IncrementalPca: the first batch has {rows} rows; it needs {Math.Max(2, components)} or more, "
                + "as many as components.");
    }

    private static double[] Mean(float[] values, int rows, int columns)
    {
        double[] mean = new double[columns];
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
                throw new ArgumentException(
                    $"IncrementalPca: row {i / columns}, column {i % columns} (both from 0) is {values[i]}; "
                    + "finite numbers are expected.");
            mean[i % columns] += (double)values[i] / rows;
        }
        return mean;
    }

    // Means and squares of two parts give those of the whole: Chan, Golub and LeVeque 1979.
    private void AddMoments(float[] values, double[] batchMean, int rows)
    {
        int columns = batchMean.Length;
        if (seen == 0)
            (mean, squares) = (new double[columns], new double[columns]);
        for (int i = 0; i < values.Length; i++)
        {
            double apart = values[i] - batchMean[i % columns];
            squares[i % columns] += apart * apart;
        }
        double[] both = new double[columns];
        for (int j = 0; j < columns; j++)
        {
            double apart = batchMean[j] - mean[j];
            squares[j] += apart * apart * seen * rows / (seen + rows);
            both[j] = mean[j] + apart * rows / (seen + rows);
        }
        mean = both;
        seen += rows;
    }
}
