using Nabla.Numerics;
using Nabla.Numerics.LinearAlgebra;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Classical;

/// <summary>The ways to the axes; which is right depends on the shape of the data.</summary>
internal static class PcaSolvers
{
    // Up to here (n·D·min(n, D)) the SVD in double precision takes a fraction of a second.
    private const double SmallWork = 1e8;

    private const int FewColumns = 1024, MostOfCovariance = 4096;

    public static PcaSolver Choose(PcaOptions options, int rows, int columns)
    {
        int most = Math.Min(rows, columns);
        if (options.Solver != PcaSolver.Auto)
            return options.Solver;
        bool isExact = most <= FewColumns || options.Share is not null || options.Components is not { } wanted
            || wanted > 0.8 * most;
        return isExact ? PcaSolver.Exact : PcaSolver.Randomized;
    }

    /// <summary>All axes of the data, or at least as many as are wanted.</summary>
    public static PrincipalAxes Solve(Tensor x, int wanted, PcaOptions options)
    {
        (int rows, int columns) = (x.Shape[0], x.Shape[1]);
        PcaSolver solver = Choose(options, rows, columns);
        if (solver == PcaSolver.Incremental)
            return InBatches(x, wanted, options);
        double[] mean = Moments.Mean(x);
        CheckFinite(x, mean);
        double work = (double)rows * columns * Math.Min(rows, columns);
        bool hasCovariance = rows >= 2 * columns && columns <= MostOfCovariance;
        if (solver == PcaSolver.Exact && (work <= SmallWork || !hasCovariance))
            return work <= SmallWork ? FromSvd<double>(x, mean) : FromSvd<float>(x, mean);
        return hasCovariance ? FromCovariance(x, mean, solver, wanted, options)
            : FromRandomDirections(x, mean, wanted, options);
    }

    // X − μ = U·S·Vᵀ: the axes are V, the variances S²/(n − 1).
    private static PrincipalAxes FromSvd<T>(Tensor x, double[] mean)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        Matrix<T> centred = Centred<T>(x, mean);
        var (_, s, vt) = centred.Svd();
        double[] variance = [.. s.Select(value => Squared(value) / (centred.Rows - 1))];
        return new PrincipalAxes
        {
            Axes = vt.To<double>(),
            Variance = variance,
            TotalVariance = variance.Sum(),
            Mean = mean,
            Samples = centred.Rows,
        };
    }

    private static PrincipalAxes FromCovariance(
        Tensor x, double[] mean, PcaSolver solver, int wanted, PcaOptions options)
    {
        Matrix<double> covariance = Moments.Covariance(x, mean);
        int columns = covariance.Columns;
        double total = 0;
        for (int j = 0; j < columns; j++)
            total += covariance[j, j];
        (double[] variance, Matrix<double> axes) = solver == PcaSolver.Exact
            ? Eigenvectors(covariance) : FirstEigenvectors(covariance, wanted, options);
        return new PrincipalAxes
        {
            Axes = axes,
            Variance = [.. variance.Select(value => Math.Max(0, value))],
            TotalVariance = total,
            Mean = mean,
            Samples = x.Shape[0],
        };
    }

    private static (double[] Values, Matrix<double> Rows) Eigenvectors(Matrix<double> symmetric)
    {
        (double[] values, Matrix<double> vectors) = symmetric.Eigh();
        int n = values.Length;
        var rows = new Matrix<double>(n, n);
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                rows[i, j] = vectors[j, n - 1 - i];
        return ([.. values.Reverse()], rows);
    }

    // Subspace iteration: random directions turn towards the axes each time that they go through the covariance.
    private static (double[] Values, Matrix<double> Rows) FirstEigenvectors(
        Matrix<double> covariance, int wanted, PcaOptions options)
    {
        int drawn = (int)Math.Min((long)wanted + options.Oversampling, covariance.Columns);
        Matrix<double> q = Matrix<double>.Randn(covariance.Columns, drawn, new Rng(options.Seed)).Qr().Q;
        for (int i = 0; i <= options.PowerIterations; i++)
            q = (covariance * q).Qr().Q;
        Matrix<double> inside = q.Transpose() * (covariance * q);
        (double[] values, Matrix<double> rows) = Eigenvectors(inside);
        return (values, rows * q.Transpose());
    }

    private static PrincipalAxes FromRandomDirections(Tensor x, double[] mean, int wanted, PcaOptions options)
    {
        Matrix<float> centred = Centred<float>(x, mean);
        double total = 0;
        foreach (float value in centred.Values)
            total += (double)value * value;
        var (_, s, vt) = centred.RandomizedSvd(wanted, new Rng(options.Seed), new RandomizedSvdOptions
        {
            Oversampling = options.Oversampling,
            PowerIterations = options.PowerIterations,
        });
        return new PrincipalAxes
        {
            Axes = vt.To<double>(),
            Variance = [.. s.Select(value => Squared(value) / (centred.Rows - 1))],
            TotalVariance = total / (centred.Rows - 1),
            Mean = mean,
            Samples = centred.Rows,
        };
    }

    private static PrincipalAxes InBatches(Tensor x, int wanted, PcaOptions options)
    {
        var model = new IncrementalPca(wanted, options.Whiten);
        (int rows, int columns) = (x.Shape[0], x.Shape[1]);
        int batch = Math.Max(wanted, Math.Max(2, options.BatchRows ?? 5 * columns));
        for (int start = 0, end; start < rows; start = end)
        {
            end = Math.Min(rows, start + batch);
            if (rows - end < wanted) // too few are left for a batch of their own
                end = rows;
            model.PartialFit(x.Slice(0, start, end - start));
        }
        return model.Axes;
    }

    private static double Squared<T>(T value)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> =>
        double.CreateTruncating(value) * double.CreateTruncating(value);

    private static Matrix<T> Centred<T>(Tensor x, double[] mean)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<float> values = x.AsSpan();
        var centred = new Matrix<T>(x.Shape[0], mean.Length);
        Span<T> to = centred.Values;
        for (int i = 0, j = 0; i < values.Length; i++)
        {
            to[i] = T.CreateTruncating(values[i] - mean[j]);
            j = j + 1 == mean.Length ? 0 : j + 1;
        }
        return centred;
    }

    private static void CheckFinite(Tensor x, double[] mean)
    {
        if (Array.TrueForAll(mean, double.IsFinite))
            return;
        float[] values = x.ToArray();
        int columns = mean.Length, at = Array.FindIndex(values, value => !float.IsFinite(value));
        throw new ArgumentException(at < 0
            ? "Pca: the numbers are so large that their sums are infinite. Scale them first."
            : $"Pca: row {at / columns}, column {at % columns} (both from 0) is {values[at]}; "
                + "finite numbers are expected. Drop or fill in such rows first.");
    }
}
