using Nabla.Tensors.Reference;

namespace Nabla.Learning.Schedules;

/// <summary>
/// Up to a high rate and down to a very small one, each half a cosine: from η/<c>StartDivisor</c> to η, then to
/// η/(<c>StartDivisor</c>·<c>FinalDivisor</c>). Smith and Topin 2018, arXiv:1708.07120, as PyTorch has it, but the
/// rate only; the momentum stays.
/// </summary>
/// <param name="Peak">η, the highest rate, 0 or more.</param>
/// <param name="Steps">n, all steps, 1 or more; later ones keep the last rate.</param>
/// <example><code>
/// new OneCycle(0.1, 10).At(1);                                 // = 0.052
/// 0.004 + 0.5 * (0.1 - 0.004) * (1 - Math.Cos(Math.PI / 2));   // = 0.052
/// </code></example>
[Formula(
    "y = (s ≤ h ? η/d + (η − η/d)·(1 − cos(π·s/h))/2 : η/(d·f) + (η − η/(d·f))·(1 + cos(π·(s − "
    + "h)/(n − 1 − h)))/2)")]
public sealed record OneCycle(double Peak, int Steps) : Schedule
{
    /// <summary>η, the highest rate, 0 or more.</summary>
    public double Peak { get; init => field = Require.NotNegative(value, nameof(OneCycle), nameof(Peak)); } =
        Require.NotNegative(Peak, nameof(OneCycle));

    /// <summary>n, all steps, 1 or more.</summary>
    public int Steps { get; init => field = Require.Positive(value, nameof(OneCycle), nameof(Steps)); } =
        Require.Positive(Steps, nameof(OneCycle));

    /// <summary>The share of the steps in which the rate rises, in (0, 1); with three phases below ½.</summary>
    public double RiseShare { get; init => field = Share(value); } = 0.3;

    /// <summary>What η is divided by at first, above 0.</summary>
    public double StartDivisor { get; init => field = Above0(value, nameof(StartDivisor)); } = 25;

    /// <summary>What the first rate is divided by at the end, above 0.</summary>
    public double FinalDivisor { get; init => field = Above0(value, nameof(FinalDivisor)); } = 1e4;

    /// <summary>The way down is as long as that up, and a third phase goes from the first rate to the last.</summary>
    public bool ThreePhases { get; init; }

    /// <summary>Straight lines instead of cosines.</summary>
    public bool Linear { get; init; }

    /// <inheritdoc/>
    public override double At(int step)
    {
        double first = Peak / StartDivisor, last = first / FinalDivisor;
        double top = RiseShare * Steps - 1, end = Steps - 1;
        double s = Math.Min(step, end);
        if (top > 0 && s <= top)
            return Between(first, Peak, s / top);
        if (!ThreePhases)
            return Between(Peak, last, Share(s, Math.Max(0, top), end));
        double third = 2 * RiseShare * Steps - 2;
        return s <= third ? Between(Peak, first, Share(s, top, third)) : Between(first, last, Share(s, third, end));
    }

    private static double Share(double s, double from, double to) => to > from ? (s - from) / (to - from) : 1;

    private static double Share(double value) => value is > 0 and < 1
        ? value
        : throw new ArgumentOutOfRangeException(
            nameof(value), $"OneCycle: RiseShare = {value} must be in (0, 1).");

    private static double Above0(double value, string name) => value > 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, $"OneCycle: {name} = {value} must be a finite number above 0.");

    private double Between(double from, double to, double p) =>
        Linear ? ScheduleBetween.Line(from, to, p) : ScheduleBetween.Cosine(from, to, p);
}
