using Nabla.Tensors.Reference;

namespace Nabla.Learning.Schedules;

/// <summary>How the height of a cycle changes.</summary>
public enum CycleScale
{
    /// <summary>It stays: "triangular".</summary>
    Constant,

    /// <summary>Each cycle is half as high as the one before: "triangular2".</summary>
    Halving,

    /// <summary>γˢ at step s: "exp_range".</summary>
    Exponential,
}

/// <summary>
/// Straight lines up and down again and again: η(s) = η₀ + (η₁ − η₀)·x·scale, x from 0 to 1 in n₊ steps and back in
/// n₋. Smith 2017, arXiv:1506.01186.
/// </summary>
/// <param name="Low">η₀, 0 or more.</param>
/// <param name="High">η₁, 0 or more.</param>
/// <param name="Up">n₊, 1 or more.</param>
/// <param name="Down">n₋, 1 or more.</param>
/// <example><code>
/// new Cyclic(0.1, 0.5, 4, 4).At(13);   // = 0.4
/// 0.1 + (0.5 - 0.1) * 3 / 4;           // = 0.4
/// </code></example>
[Formula("y = a + (b − a)·(s mod (u + d) < u ? (s mod (u + d))/u : 1 − ((s mod (u + d)) − u)/d)")]
public sealed record Cyclic(double Low, double High, int Up, int Down) : Schedule
{
    /// <summary>η₀, 0 or more.</summary>
    public double Low { get; init => field = Require.NotNegative(value, nameof(Cyclic), nameof(Low)); } =
        Require.NotNegative(Low, nameof(Cyclic));

    /// <summary>η₁, 0 or more.</summary>
    public double High { get; init => field = Require.NotNegative(value, nameof(Cyclic), nameof(High)); } =
        Require.NotNegative(High, nameof(Cyclic));

    /// <summary>n₊, 1 or more.</summary>
    public int Up { get; init => field = Require.Positive(value, nameof(Cyclic), nameof(Up)); } =
        Require.Positive(Up, nameof(Cyclic));

    /// <summary>n₋, 1 or more.</summary>
    public int Down { get; init => field = Require.Positive(value, nameof(Cyclic), nameof(Down)); } =
        Require.Positive(Down, nameof(Cyclic));

    /// <summary>How the height changes from cycle to cycle, or from step to step.</summary>
    public CycleScale Scale { get; init; }

    /// <summary>γ of <see cref="CycleScale.Exponential"/>, 0 or more.</summary>
    public double Factor { get; init => field = Require.NotNegative(value, nameof(Cyclic), nameof(Factor)); } = 1;

    /// <inheritdoc/>
    public override double At(int step)
    {
        long length = (long)Up + Down, cycle = step / length, inside = step % length;
        double height = inside <= Up ? inside / (double)Up : (length - inside) / (double)Down;
        double scale = Scale switch
        {
            CycleScale.Halving => Math.Pow(0.5, cycle),
            CycleScale.Exponential => Math.Pow(Factor, step),
            _ => 1,
        };
        return Low + (High - Low) * height * scale;
    }
}
