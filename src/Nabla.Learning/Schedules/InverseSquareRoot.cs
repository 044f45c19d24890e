using Nabla.Tensors.Reference;

namespace Nabla.Learning.Schedules;

/// <summary>
/// The schedule of the first transformer, "Noam": η(s) = k·d^(−½)·min((s + 1)^(−½), (s + 1)·w^(−1½)), a linear rise in
/// w steps, then the inverse square root. Vaswani et al. 2017, arXiv:1706.03762, equation 3, whose steps begin with 1.
/// </summary>
/// <param name="Factor">k, 0 or more.</param>
/// <param name="Width">d, the width of the model, 1 or more.</param>
/// <param name="WarmupSteps">w, 1 or more.</param>
/// <example><code>
/// new InverseSquareRoot(1, 512, 4000).At(15_999);         // = 0.000349386
/// 1 / Math.Sqrt(512) / Math.Sqrt(16_000);                 // = 0.000349386
/// </code></example>
[Formula("y = k/√d·min(1/√(s + 1), (s + 1)·w^(−3/2))")]
public sealed record InverseSquareRoot(double Factor, int Width, int WarmupSteps) : Schedule
{
    /// <summary>k, 0 or more.</summary>
    public double Factor
    {
        get;
        init => field = Require.NotNegative(value, nameof(InverseSquareRoot), nameof(Factor));
    } = Require.NotNegative(Factor, nameof(InverseSquareRoot));

    /// <summary>d, the width of the model, 1 or more.</summary>
    public int Width { get; init => field = Require.Positive(value, nameof(InverseSquareRoot), nameof(Width)); } =
        Require.Positive(Width, nameof(InverseSquareRoot));

    /// <summary>w, 1 or more.</summary>
    public int WarmupSteps
    {
        get;
        init => field = Require.Positive(value, nameof(InverseSquareRoot), nameof(WarmupSteps));
    } = Require.Positive(WarmupSteps, nameof(InverseSquareRoot));

    /// <inheritdoc/>
    public override double At(int step)
    {
        double t = step + 1.0;
        return Factor / Math.Sqrt(Width) * Math.Min(1 / Math.Sqrt(t), t / Math.Pow(WarmupSteps, 1.5));
    }
}
