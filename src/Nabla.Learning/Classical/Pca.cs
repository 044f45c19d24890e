using System.Buffers;
using System.Globalization;
using Nabla.Learning.Checkpoints;
using Nabla.Numerics.Kernels;
using Nabla.Tensors;

namespace Nabla.Learning.Classical;

/// <summary>
/// Principal component analysis: the k orthogonal axes along which data vary most, and the data's coordinates there.
/// <code>X − μ = U·S·Vᵀ,   axes: the first k rows of Vᵀ,   scores Z = (X − μ)·V,   X ≈ Z·Vᵀ + μ</code>
/// The variance along axis i is Sᵢ²/(n − 1). An axis and its negative are the same axis: here its largest coordinate is
/// positive. Pearson 1901; Hotelling 1933.
/// </summary>
/// <example><code>
/// Tensor x = new([0, 0, 1, 1, 2, 2], [3, 2]);
/// Pca pca = Pca.Fit(x, new() { Components = 1 });
/// pca.Components;             // = [0.7071, 0.7071]
/// pca.ExplainedVariance[0];   // = 2.000
/// ((0 - 1) * (0 - 1) + (2 - 1) * (2 - 1)) / 2.0 * 2;   // = 2
/// pca.Transform(x);           // = [-1.4142, 0.0000, 1.4142]
/// </code></example>
public sealed class Pca
{
    private const int RowsInBlock = 4096;
    private const string Note = "nabla.pca";

    private readonly float[] axes, mean, scale; // scale: of scores, 1 or 1/σ

    internal Pca(PrincipalAxes all, int count, bool whiten, long allAxes)
    {
        PrincipalAxes first = all.First(count);
        axes = Array.ConvertAll(first.Axes.Values.ToArray(), value => (float)value);
        mean = Array.ConvertAll(first.Mean, value => (float)value);
        (Whiten, Samples, TotalVariance) = (whiten, all.Samples, all.TotalVariance);
        ExplainedVariance = first.Variance;
        double rest = Math.Max(0, TotalVariance - first.Variance.Sum());
        NoiseVariance = allAxes > count ? rest / (allAxes - count) : 0;
        scale = Scale();
    }

    private Pca(float[] axes, float[] mean, PcaNotes notes)
    {
        (this.axes, this.mean, Whiten, Samples) = (axes, mean, notes.Whiten, notes.Samples);
        (TotalVariance, NoiseVariance, ExplainedVariance) =
            (notes.TotalVariance, notes.NoiseVariance, notes.ExplainedVariance);
        scale = Scale();
    }

    /// <summary>The axes, [k, D]: unit vectors, in the order of their variances.</summary>
    public Tensor Components => new(axes, [Count, Features]);

    /// <summary>The mean of each column, [D].</summary>
    public Tensor Mean => new(mean, [Features]);

    /// <summary>The variance of the scores on each axis (by n − 1), before whitening.</summary>
    public IReadOnlyList<double> ExplainedVariance { get; }

    /// <summary>Its share of the variance of all columns together; 0 where nothing varies.</summary>
    public IReadOnlyList<double> ExplainedVarianceRatio =>
        [.. ExplainedVariance.Select(variance => TotalVariance > 0 ? variance / TotalVariance : 0)];

    /// <summary>√(variance·(n − 1)).</summary>
    public IReadOnlyList<double> SingularValues =>
        [.. ExplainedVariance.Select(variance => Math.Sqrt(variance * (Samples - 1)))];

    /// <summary>The variance of all columns together.</summary>
    public double TotalVariance { get; }

    /// <summary>
    /// The mean variance along the axes that were left out, as in probabilistic PCA (Tipping and Bishop 1999).
    /// </summary>
    public double NoiseVariance { get; }

    /// <summary>Rows that it was fitted to.</summary>
    public long Samples { get; }

    /// <summary>Axes, k.</summary>
    public int Count => ExplainedVariance.Count;

    /// <summary>Columns of the data, D.</summary>
    public int Features => mean.Length;

    /// <summary>Whether scores are divided by their standard deviation.</summary>
    public bool Whiten { get; }

    /// <summary>Finds the axes of the rows of <paramref name="x"/>, [n, D].</summary>
    /// <exception cref="ArgumentException">
    /// x is no matrix, has fewer than 2 rows or no column, or a number that is not finite; or an option is out of its
    /// range.
    /// </exception>
    public static Pca Fit(Tensor x, PcaOptions? options = null)
    {
        options ??= new PcaOptions();
        (int rows, int columns) = Sizes(x, nameof(Pca));
        if (rows < 2 || columns == 0)
            throw new ArgumentException(
                $"Pca: the data are {x.Shape}; at least 2 rows and 1 column are needed to vary.", nameof(x));
        int most = Math.Min(rows, columns);
        Check(options, x.Shape, most);
        PrincipalAxes all = PcaSolvers.Solve(Dense(x), options.Components ?? most, options);
        int count = options.Share is { } share ? Enough(all, share) : options.Components ?? most;
        return new Pca(all, count, options.Whiten, most);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="CheckpointException">The file cannot be read, or is no PCA.</exception>
    public static Pca Load(string path)
    {
        using var file = SafeTensorsFile.Open(path);
        PcaNotes notes = PcaNotes.Read(file.Metadata.GetValueOrDefault(Note), path);
        int count = notes.ExplainedVariance.Length;
        ReadOnlySpan<int> shape = file.Shape("components"), center = file.Shape("mean");
        if (shape.Length != 2 || center.Length != 1 || shape[0] != count || shape[1] != center[0])
            throw new CheckpointException(
                $"'{path}': the sizes do not fit together: {count} variances, components "
                + $"[{string.Join(", ", shape.ToArray())}], mean [{string.Join(", ", center.ToArray())}]. "
                + "Save the analysis again.");
        return new Pca(file.ReadFloats("components"), file.ReadFloats("mean"), notes);
    }

    /// <summary>Writes a safetensors file: <c>components</c>, <c>mean</c>, the rest as a note.</summary>
    /// <exception cref="CheckpointException">The file cannot be written.</exception>
    public void Save(string path)
    {
        var notes = new PcaNotes(Whiten, Samples, TotalVariance, NoiseVariance, [.. ExplainedVariance]);
        SafeTensorsFile.Write(path,
            [new("components", [Count, Features], axes), new("mean", [Features], mean)],
            new Dictionary<string, string>(StringComparer.Ordinal) { [Note] = notes.ToJson() });
    }

    /// <summary>The scores Z = (x − μ)·V of rows [n, D], as [n, k]; by σ if whitening. It has no gradient.</summary>
    /// <exception cref="ArgumentException">x is no matrix of D columns.</exception>
    public Tensor Transform(Tensor x)
    {
        int rows = Rows(x, Features, nameof(Transform));
        float[] scores = new float[rows * Count];
        x = Dense(x);
        float[] centred = ArrayPool<float>.Shared.Rent(Math.Min(rows, RowsInBlock) * Features);
        for (int start = 0; start < rows; start += RowsInBlock)
        {
            int end = Math.Min(rows, start + RowsInBlock);
            Moments.Center(x, mean, (start, end), centred);
            Gemm.Multiply(
                new GemmShape(end - start, Count, Features) { TransposeB = true }, centred, axes,
                scores.AsSpan(start * Count));
        }
        ArrayPool<float>.Shared.Return(centred);
        for (int i = 0; i < scores.Length && Whiten; i++)
            scores[i] *= scale[i % Count];
        return new Tensor(scores, [rows, Count]);
    }

    /// <summary>The rows with these scores [n, k], as [n, D]: the nearest to the originals that k axes allow.</summary>
    /// <exception cref="ArgumentException">The scores are no matrix of k columns.</exception>
    public Tensor InverseTransform(Tensor scores)
    {
        int rows = Rows(scores, Count, nameof(InverseTransform));
        float[] z = scores.ToArray(), x = new float[rows * Features];
        for (int i = 0; i < z.Length && Whiten; i++)
            z[i] = scale[i % Count] == 0 ? 0 : z[i] / scale[i % Count];
        Gemm.Multiply(new GemmShape(rows, Features, Count), z, axes, x, mean);
        return new Tensor(x, [rows, Features]);
    }

    /// <summary>Number of axes, columns and the shares of the variance.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"Pca: {Count} of {Features}, {ExplainedVarianceRatio.Sum():P1} of the variance");

    internal static (int Rows, int Columns) Sizes(Tensor x, string owner) => x.Rank == 2 ? (x.Shape[0], x.Shape[1])
        : throw new ArgumentException(
            $"{owner}: the data are {x.Shape}; a matrix [rows, columns] is expected. Reshape them.", nameof(x));

    private static Tensor Dense(Tensor x) => x.IsContiguous ? x : new Tensor(x.ToArray(), x.Shape);

    private static int Rows(Tensor x, int columns, string operation)
    {
        (int rows, int actual) = Sizes(x, $"Pca.{operation}");
        return actual == columns ? rows : throw new ArgumentException(
            $"Pca.{operation}: the rows have {actual} numbers; they need {columns}.", nameof(x));
    }

    private static void Check(PcaOptions options, Shape shape, int most)
    {
        if (options.Components is { } wanted && (wanted < 1 || wanted > most))
            throw new ArgumentException(
                $"Pca: components is {wanted}; data of {shape} allow 1 to {most}.", nameof(options));
        if (options.Share is { } share && !(share is > 0 and <= 1))
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"Pca: Share is {share}; it must be above 0 and at most 1."));
        if (options.Share is not null && (options.Components is not null
            || options.Solver is PcaSolver.Randomized or PcaSolver.Incremental))
            throw new ArgumentException(
                "Pca: Share needs all axes: use the exact solver and leave out Components.", nameof(options));
        AtLeast(0, options.PowerIterations, nameof(options.PowerIterations));
        AtLeast(0, options.Oversampling, nameof(options.Oversampling));
        AtLeast(1, options.BatchRows ?? 1, nameof(options.BatchRows));
    }

    private static void AtLeast(int least, int value, string name)
    {
        if (value < least)
            throw new ArgumentException($"Pca: {name} is {value}; it must be {least} or more.");
    }

    private static int Enough(PrincipalAxes all, double share)
    {
        double sum = 0;
        int count = 0;
        while (count < all.Variance.Length && sum < share * all.TotalVariance * (1 - 1e-12))
            sum += all.Variance[count++];
        return Math.Max(1, count);
    }

    // Along an axis without variance there is nothing to scale: such scores are rounding only.
    private float[] Scale() => [.. ExplainedVariance.Select(variance => !Whiten ? 1
        : variance > 1e-14 * TotalVariance ? (float)(1 / Math.Sqrt(variance)) : 0)];
}
