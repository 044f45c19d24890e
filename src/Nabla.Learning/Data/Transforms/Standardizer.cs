using Nabla.Tensors;

namespace Nabla.Learning.Data.Transforms;

/// <summary>
/// Brings every feature to mean 0 and standard deviation 1: z = (x − μ)/σ, with the μ and σ = √(Σ(x − μ)²/N) of the
/// data that it was made from (training data, never the test's). A feature that does not vary is only centred.
/// scikit-learn's StandardScaler.
/// </summary>
/// <example><code>
/// Standardizer s = Standardizer.Of(new Tensor([1f, 3, 5, 7], [4, 1]));
/// s.Apply(new Tensor([8f], [1, 1])).Item();      // = 1.7889
/// (8 - 4) / Math.Sqrt((9 + 1 + 1 + 9) / 4.0);    // = 1.7889
/// </code></example>
public sealed class Standardizer
{
    /// <summary>One with these means and deviations.</summary>
    /// <exception cref="ArgumentException">
    /// Their numbers differ, or a deviation is not positive and finite.
    /// </exception>
    public Standardizer(IReadOnlyList<float> means, IReadOnlyList<float> deviations)
    {
        if (means.Count != deviations.Count || deviations.Any(d => !(d > 0 && float.IsFinite(d))))
            throw new ArgumentException(
                $"Standardizer: {means.Count} means and {deviations.Count} deviations; expected as many, all "
                + "deviations positive.");
        (Means, Deviations) = (means, deviations);
    }

    /// <summary>μ of each feature.</summary>
    public IReadOnlyList<float> Means { get; }

    /// <summary>σ of each feature; 1 where it does not vary.</summary>
    public IReadOnlyList<float> Deviations { get; }

    /// <summary>The one that makes each column of x [N, D] standard.</summary>
    /// <exception cref="ArgumentException">x is no matrix, or has no rows.</exception>
    public static Standardizer Of(Tensor x)
    {
        (int rows, int columns) = Matrix(x, nameof(Standardizer));
        return Of(x.ToArray(), rows, columns);
    }

    /// <summary>The one that makes all numbers of x together standard, as is usual for images.</summary>
    /// <exception cref="ArgumentException">x is empty.</exception>
    public static Standardizer OfAll(Tensor x) => x.Count > 0
        ? Of(x.ToArray(), x.Count, 1)
        : throw new ArgumentException($"Standardizer: {x.Shape} has no numbers.");

    /// <summary>z = (x − μ)/σ, feature d being the last dimension of x (or all numbers, if there is one μ).</summary>
    /// <exception cref="ArgumentException">The last dimension of x is not the number of features.</exception>
    public Tensor Apply(Tensor x) => Each(x, static (value, mean, deviation) => (value - mean) / deviation);

    /// <summary>x = z·σ + μ: what <see cref="Apply"/> was given.</summary>
    /// <exception cref="ArgumentException">The last dimension of z is not the number of features.</exception>
    public Tensor Invert(Tensor z) => Each(z, static (value, mean, deviation) => value * deviation + mean);

    internal static (int Rows, int Columns) Matrix(Tensor x, string owner) => x.Rank == 2 && x.Shape[0] > 0
        ? (x.Shape[0], x.Shape[1])
        : throw new ArgumentException($"{owner}: x {x.Shape} must be [N, D] with a row or more.");

    private static Standardizer Of(float[] values, int rows, int columns)
    {
        var means = new float[columns];
        var deviations = new float[columns];
        for (int d = 0; d < columns; d++)
        {
            double sum = 0, squares = 0;
            for (int i = d; i < values.Length; i += columns)
                sum += values[i];
            double mean = sum / rows;
            for (int i = d; i < values.Length; i += columns)
                squares += (values[i] - mean) * (values[i] - mean);
            double deviation = Math.Sqrt(squares / rows);
            // What rounding alone makes vary does not vary.
            bool varies = deviation > 1e-7 * Math.Abs(mean) && deviation > 0;
            (means[d], deviations[d]) = ((float)mean, varies ? (float)deviation : 1);
        }
        return new Standardizer(means, deviations);
    }

    private Tensor Each(Tensor x, Func<float, float, float, float> change)
    {
        int features = Means.Count;
        if (features != 1 && (x.Rank == 0 || x.Shape[-1] != features))
            throw new ArgumentException(
                $"Standardizer: x {x.Shape} must have {features} numbers in its last dimension.");
        float[] values = x.ToArray();
        for (int at = 0; at < values.Length; at += features)
            for (int d = 0; d < features; d++)
                values[at + d] = change(values[at + d], Means[d], Deviations[d]);
        return new Tensor(values, x.Shape);
    }
}
