namespace Nabla.Learning.Schedules;

/// <summary>Settings of <see cref="ReduceOnPlateau"/>.</summary>
public sealed record PlateauOptions
{
    /// <summary>η₀, the rate at first, 0 or more.</summary>
    public double Rate { get; init; } = 1e-3;

    /// <summary>γ, what the rate is multiplied by, in (0, 1).</summary>
    public double Factor { get; init; } = 0.1;

    /// <summary>How many looks without an improvement are borne; at the next the rate falls.</summary>
    public int Patience { get; init; } = 10;

    /// <summary>By how much a value must be better than the best to count, 0 or more.</summary>
    public double Threshold { get; init; } = 1e-4;

    /// <summary>Whether the threshold is a share of the best value, or a difference.</summary>
    public bool Relative { get; init; } = true;

    /// <summary>Whether a higher value is better, as of an accuracy.</summary>
    public bool Rising { get; init; }

    /// <summary>How many looks after a fall do not count.</summary>
    public int Cooldown { get; init; }

    /// <summary>The lowest rate.</summary>
    public double Smallest { get; init; }
}

/// <summary>Where a <see cref="ReduceOnPlateau"/> stands: all that a checkpoint needs.</summary>
/// <param name="Rate">The learning rate.</param>
/// <param name="Best">The best value so far; null before the first.</param>
/// <param name="Waited">Looks since the best one.</param>
/// <param name="Cooling">Looks that still do not count.</param>
public sealed record PlateauState(double Rate, double? Best = null, int Waited = 0, int Cooling = 0);

/// <summary>
/// Lowers the rate when a value, such as the validation loss, no longer improves: after more than <c>Patience</c> looks
/// without an improvement η ← max(γη, smallest). No schedule, for it depends on what has happened: its
/// <see cref="State"/> goes into checkpoints.
/// </summary>
/// <example><code>
/// var plateau = new ReduceOnPlateau(new() { Rate = 0.1, Factor = 0.5, Patience = 1 });
/// foreach (double loss in new[] { 3.0, 2, 2, 2 })
///     plateau.Observe(loss);
/// plateau.Rate;    // = 0.05
/// 0.5 * 0.1;       // = 0.05
/// </code></example>
public sealed class ReduceOnPlateau
{
    private const double LeastChange = 1e-8; // PyTorch's eps

    private readonly PlateauOptions options;

    /// <summary>Begins with the rate of the options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public ReduceOnPlateau(PlateauOptions? options = null)
    {
        this.options = options ??= new();
        Require.NotNegative(options.Rate, nameof(ReduceOnPlateau));
        Require.NotNegative(options.Patience, nameof(ReduceOnPlateau));
        Require.NotNegative(options.Threshold, nameof(ReduceOnPlateau));
        Require.NotNegative(options.Cooldown, nameof(ReduceOnPlateau));
        Require.NotNegative(options.Smallest, nameof(ReduceOnPlateau));
        if (options.Factor is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(
                nameof(options), $"ReduceOnPlateau: Factor = {options.Factor} must be in (0, 1).");
        State = new PlateauState(options.Rate);
    }

    /// <summary>The learning rate for the next steps.</summary>
    public double Rate => State.Rate;

    /// <summary>Where it stands; write here what a checkpoint held to go on from there.</summary>
    public PlateauState State
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    }

    /// <summary>Looks at a value and returns the rate for the next steps. NaN is no improvement.</summary>
    public double Observe(double value)
    {
        bool better = !double.IsNaN(value) && (State.Best is not { } best || IsBetter(value, best));
        int cooling = Math.Max(0, State.Cooling - 1);
        int waited = better || State.Cooling > 0 ? 0 : State.Waited + 1;
        State = new PlateauState(Rate, better ? value : State.Best, waited, cooling);
        if (waited > options.Patience)
        {
            double lower = Math.Max(Rate * options.Factor, options.Smallest);
            State = State with
            {
                Rate = Rate - lower > LeastChange ? lower : Rate,
                Waited = 0,
                Cooling = options.Cooldown,
            };
        }
        return Rate;
    }

    private bool IsBetter(double value, double best) => (options.Rising, options.Relative) switch
    {
        (false, true) => value < best * (1 - options.Threshold),
        (false, false) => value < best - options.Threshold,
        (true, true) => value > best * (1 + options.Threshold),
        (true, false) => value > best + options.Threshold,
    };
}
