namespace Nabla.Learning.Classical;

/// <summary>How <see cref="Pca"/> finds the axes.</summary>
public enum PcaSolver
{
    /// <summary>
    /// <see cref="Exact"/> where there are at most 1024 columns or rows, or more than four fifths of all axes are
    /// wanted; else <see cref="Randomized"/>.
    /// </summary>
    Auto,

    /// <summary>
    /// All axes: the SVD of the centred data, or, for large data with at least twice as many rows as columns, the
    /// eigenvectors of its covariance, with sums in double precision over blocks of single-precision products.
    /// </summary>
    Exact,

    /// <summary>
    /// The first axes only, from a few random directions that go through the data (or its covariance) several times.
    /// Halko, Martinsson and Tropp 2011, arXiv:0909.4061.
    /// </summary>
    Randomized,

    /// <summary>Batch by batch, as <see cref="IncrementalPca"/>, in memory that does not grow with the rows.</summary>
    Incremental,
}

/// <summary>What <see cref="Pca"/> does.</summary>
public sealed record PcaOptions
{
    /// <summary>Axes to keep, 1 to min(rows, columns); null for all.</summary>
    public int? Components { get; init; }

    /// <summary>
    /// Instead of a number of axes: keep as many as explain this share of the variance, above 0 and at most 1. Needs
    /// the exact solver.
    /// </summary>
    public double? Share { get; init; }

    /// <summary>Whether the scores are divided by their standard deviations, so that each has variance 1.</summary>
    public bool Whiten { get; init; }

    /// <summary>How the axes are found.</summary>
    public PcaSolver Solver { get; init; }

    /// <summary>Seed of the random directions; the same seed gives the same bits.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Times that random directions go through the data, 0 or more.</summary>
    public int PowerIterations { get; init; } = 7;

    /// <summary>Random directions besides those wanted, 0 or more.</summary>
    public int Oversampling { get; init; } = 10;

    /// <summary>Rows in a batch of the incremental solver; null for five times the columns.</summary>
    public int? BatchRows { get; init; }
}
