using Nabla.Tensors.Reference;

namespace Nabla.Learning.Schedules;

/// <summary>
/// Half cosines, each beginning anew: η(s) = η₁ + ½(η₀ − η₁)(1 + cos π·c/n), c steps into a cycle of n; each cycle is
/// <c>Growth</c> times as long as the one before. SGDR, Loshchilov and Hutter 2017, arXiv:1608.03983.
/// </summary>
/// <param name="Peak">η₀, the rate at the beginning of a cycle, 0 or more.</param>
/// <param name="Lowest">η₁, the rate to which a cycle falls, 0 or more.</param>
/// <param name="Cycle">n, the steps of the first cycle, 1 or more.</param>
/// <param name="Growth">A whole number, 1 or more.</param>
/// <example><code>
/// new CosineRestarts(0.1, 0, 4, 2).At(6);         // = 0.0853553
/// 0.05 * (1 + Math.Cos(Math.PI * (6 - 4) / 8));   // = 0.0853553
/// </code></example>
[Formula("y = b + 1/2·(a − b)·(1 + cos(π·(s mod n)/n))")]
public sealed record CosineRestarts(double Peak, double Lowest, int Cycle, int Growth = 1) : Schedule
{
    /// <summary>η₀, the rate at the beginning of a cycle, 0 or more.</summary>
    public double Peak { get; init => field = Require.NotNegative(value, nameof(CosineRestarts), nameof(Peak)); } =
        Require.NotNegative(Peak, nameof(CosineRestarts));

    /// <summary>η₁, the rate to which a cycle falls, 0 or more.</summary>
    public double Lowest { get; init => field = Require.NotNegative(value, nameof(CosineRestarts), nameof(Lowest)); } =
        Require.NotNegative(Lowest, nameof(CosineRestarts));

    /// <summary>n, the steps of the first cycle, 1 or more.</summary>
    public int Cycle { get; init => field = Require.Positive(value, nameof(CosineRestarts), nameof(Cycle)); } =
        Require.Positive(Cycle, nameof(CosineRestarts));

    /// <summary>A whole number, 1 or more.</summary>
    public int Growth { get; init => field = Require.Positive(value, nameof(CosineRestarts), nameof(Growth)); } =
        Require.Positive(Growth, nameof(CosineRestarts));

    /// <inheritdoc/>
    public override double At(int step)
    {
        long begin = 0, length = Cycle;
        if (Growth == 1)
            begin = step / length * length;
        else
            for (; step >= begin + length; length *= Growth)
                begin += length;
        return ScheduleBetween.Cosine(Peak, Lowest, (step - begin) / (double)length);
    }
}
