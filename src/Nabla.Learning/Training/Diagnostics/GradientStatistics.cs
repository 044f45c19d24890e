using Nabla.Numerics.Kernels;

namespace Nabla.Learning.Training;

/// <summary>A parameter's gradient, and what a step made of it.</summary>
/// <param name="Path">The parameter's property path.</param>
/// <param name="GradientNorm">‖g‖₂ as the optimizer was given it, after clipping.</param>
/// <param name="WeightNorm">‖θ‖₂ before the step.</param>
/// <param name="UpdateNorm">‖Δθ‖₂.</param>
public sealed record ParameterGradient(string Path, double GradientNorm, double WeightNorm, double UpdateNorm)
{
    /// <summary>‖Δθ‖/‖θ‖; +∞ if weights of 0 moved, 0 if they did not.</summary>
    public double UpdateRatio => UpdateNorm == 0 ? 0 : UpdateNorm / WeightNorm;

    /// <summary>The module whose parameter it is: the path without its last part.</summary>
    public string Layer => Path.LastIndexOf('.') is > 0 and var dot ? Path[..dot] : Path;
}

/// <summary>
/// Gradient norms and update-to-weight ratios, for each parameter or layer: which layers learn, which do not.
/// </summary>
public sealed class GradientStatistics
{
    private readonly List<(NamedParameter Named, double Gradient, double Weight, float[] Before)> rows = [];

    private GradientStatistics()
    {
    }

    /// <summary>Notes the gradients, <paramref name="scale"/> times, and weights before an optimizer's step.</summary>
    public static GradientStatistics Before(Module model, float scale = 1)
    {
        var statistics = new GradientStatistics();
        foreach (NamedParameter named in model.Parameters())
            if (named.Parameter.Gradient is not null)
                statistics.rows.Add((
                    named, scale * Norm(named.Parameter.GradientMemory), Norm(named.Parameter.ValuesMemory),
                    named.Parameter.ToArray()));
        return statistics;
    }

    /// <summary>The rows once the step was taken, in the model's order.</summary>
    public IReadOnlyList<ParameterGradient> After() =>
    [
        .. rows.Select(row => new ParameterGradient(
            row.Named.Path, row.Gradient, row.Weight, Distance(row.Named.Parameter.Values, row.Before))),
    ];

    /// <summary>‖g‖₂ of each parameter that has a gradient, by path.</summary>
    /// <example><code>
    /// var layer = new Linear(2, 1, new Rng(1));
    /// layer.Forward(new Tensor([3f, 4], [1, 2])).Sum().Backward();
    /// GradientStatistics.Norms(layer)[0].Norm;                 // = 5
    /// Math.Sqrt(3 * 3 + 4 * 4);                                // = 5
    /// </code></example>
    public static IReadOnlyList<(string Path, double Norm)> Norms(Module model) =>
    [
        .. model.Parameters().Where(named => named.Parameter.Gradient is not null)
            .Select(named => (named.Path, Norm(named.Parameter.GradientMemory))),
    ];

    /// <summary>‖Δθ‖/‖θ‖ of all rows together.</summary>
    public static double UpdateRatio(IEnumerable<ParameterGradient> rows)
    {
        (double update, double weight) = (0, 0);
        foreach (ParameterGradient row in rows)
            (update, weight) = (update + row.UpdateNorm * row.UpdateNorm, weight + row.WeightNorm * row.WeightNorm);
        return update == 0 ? 0 : Math.Sqrt(update / weight);
    }

    /// <summary>The rows of each layer together: norms are √Σ‖·‖² over its parameters.</summary>
    public static IReadOnlyList<ParameterGradient> ByLayer(IEnumerable<ParameterGradient> rows) =>
    [
        .. rows.GroupBy(row => row.Layer, StringComparer.Ordinal).Select(layer => new ParameterGradient(
            layer.Key, Together(layer.Select(row => row.GradientNorm)), Together(layer.Select(row => row.WeightNorm)),
            Together(layer.Select(row => row.UpdateNorm)))),
    ];

    private static double Norm(ReadOnlyMemory<float> numbers) => Math.Sqrt(Elementwise.SquaredNorm(numbers.Span));

    private static double Together(IEnumerable<double> norms) => Math.Sqrt(norms.Sum(norm => norm * norm));

    private static double Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += ((double)a[i] - b[i]) * ((double)a[i] - b[i]);
        return Math.Sqrt(sum);
    }
}
