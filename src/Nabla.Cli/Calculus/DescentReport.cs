using Nabla.Cli.Output;
using Nabla.Cli.Race;

namespace Nabla.Cli.Calculus;

/// <summary>How a run went.</summary>
internal enum DescentVerdict
{
    /// <summary>At the end it was at the minimum, to a thousandth.</summary>
    Converged,

    /// <summary>It was on its way and had not come there.</summary>
    TooSlow,

    /// <summary>It jumped from side to side and came no nearer.</summary>
    Oscillates,

    /// <summary>It left all bounds, or ended higher than it began.</summary>
    Diverges,

    /// <summary>The function falls without end: there is nothing to arrive at.</summary>
    NoMinimum,

    /// <summary>It came to rest where there is no slope, though that is no minimum.</summary>
    StandsStill,
}

/// <summary>A run down a formula, and what there is to say about it.</summary>
internal sealed class DescentReport
{
    /// <summary>How near counts as arrived.</summary>
    public const double Tolerance = 1e-3;

    private const int MostFurtherSteps = 100_000, LastSteps = 10, MostDigits = 6;
    private const double NearerBy = 0.98, Far = 1e-6;
    private const int MostLevelPlaces = 8;
    private const int MostNumbers = 1000, MostKept = 2_000_000;

    // All together less than a second, and less than 100 MB of what is thrown away again.
    private const long OperationsOfRun = 10_000_000, OperationsOfStep = 20_000;
    private const long OperationsOfMinimum = 20_000_000, OperationsOfMore = 30_000_000, OperationsOfLimit = 70_000_000;
    private const long OperationsOfWayOut = 10_000_000;

    public DescentReport(FormulaFunction function, Racer racer, float rate, int steps)
    {
        (Function, Racer, Rate) = (function, racer, rate);
        if (function.Count > MostNumbers || (long)function.Count * steps > MostKept)
            throw new UsageException($"{steps} steps of {function.Count} numbers are too many to follow; at most "
                + $"{MostNumbers} numbers are, and {MostKept} of all steps. Give smaller lists, or fewer --steps.");
        function.Allow(OperationsOfRun + steps * OperationsOfStep);
        Steps = Descent.Run(function, racer, rate, steps);
        RequireRest();
        if (!double.IsFinite(Steps[0].Loss))
            throw new UsageException($"the formula has no value at the start, {StartText(function)}; begin elsewhere: "
                + "--from.");
        DescentStep lowest = Steps.Where(step => double.IsFinite(step.Loss)).MinBy(step => step.Loss) ?? Steps[0];
        function.Allow(OperationsOfMinimum);
        Minimum = Valley.Minimum(function, lowest.At);
        RequireRest();
        function.Allow(OperationsOfMinimum);
        Minimum ??= Crease.Minimum(function, lowest.At) ?? Crease.Minimum(function, Steps[0].At);
        FallsForEver = Minimum is null && Valley.Falls(function, Steps[0].At, lowest.At);
        function.Allow(OperationsOfMinimum);
        LeaveLevelPlaces();
        if (Minimum is { } far && Valley.GoesOn(function, Steps[0].At, far))
        {
            double end = function.Value(far);
            Approached = Math.Abs(end) < Far * (1 + Math.Abs(Steps[0].Loss)) ? 0 : end;
            (Minimum, LevelPlace) = (null, null);
        }
        if (Minimum is { } minimum)
        {
            Minimum = Neat(minimum);
            LossAtMinimum = Clean(function.Value(Minimum), Steps[0].Loss);
            Arrived = ArrivedAt(Minimum);
            function.Allow(OperationsOfMinimum);
            LowerPlace = LowerPlace.Of(function, Steps[0].At, Minimum);
        }
        Verdict = Judge();
        function.Allow(OperationsOfMore);
        if (Verdict == DescentVerdict.TooSlow)
            WouldArrive = Further();
        function.Allow(OperationsOfLimit);
        Corner = Minimum is null ? null : Corner.Of(function, Minimum);
        Edge = Edge.Of(function, Steps);
        bool hasLimit = Minimum is not null && Verdict != DescentVerdict.StandsStill && Corner is null;
        Limit = hasLimit ? RateLimit.Of(this, minimum: Minimum!) : null;
    }

    public FormulaFunction Function { get; }

    public Racer Racer { get; }

    public float Rate { get; }

    /// <summary>The start and the place after each step.</summary>
    public IReadOnlyList<DescentStep> Steps { get; }

    /// <summary>The minimum that it leads to, or null.</summary>
    public double[]? Minimum { get; private set; }

    /// <summary>What the values come nearer and nearer to without a minimum, as those of e⁻ˣ to 0; or null.</summary>
    public double? Approached { get; }

    /// <summary>Whether it was seen to fall on, farther and farther out.</summary>
    public bool FallsForEver { get; }

    /// <summary>A place without slope that is no minimum, at which it rests or which slows it down, or null.</summary>
    public LevelPlace? LevelPlace { get; private set; }

    /// <summary>A place lower than the minimum, which is only a local one then, or null.</summary>
    public LowerPlace? LowerPlace { get; }

    public double LossAtMinimum { get; }

    /// <summary>The step from which on it was within <see cref="Tolerance"/> of the minimum, or null.</summary>
    public int? Arrived { get; }

    /// <summary>
    /// With more steps it would have arrived with this one; null if not soon, or it was not looked for.
    /// </summary>
    public int? WouldArrive { get; }

    public DescentVerdict Verdict { get; }

    /// <summary>From which rate on it does not converge, if that was found.</summary>
    public RateLimit? Limit { get; }

    /// <summary>The corner that the minimum is, or null; there no rate is the highest that arrives.</summary>
    public Corner? Corner { get; }

    /// <summary>The edge over which it left the numbers for which there is a value, or null.</summary>
    public Edge? Edge { get; }

    public DescentStep Last => Steps[^1];

    /// <summary>Whether it was still climbing at the end, or out of bounds.</summary>
    public bool IsClimbing => !double.IsFinite(Last.Loss) || Last.Loss > Steps[Steps.Count * 3 / 4].Loss;

    /// <summary>Whether a run ended nearer to a minimum than it began, and not only in passing.</summary>
    public static bool Approaches(IReadOnlyList<DescentStep> steps, double[] minimum)
    {
        double before = Distance(steps[0].At, minimum);
        double after = steps.TakeLast(LastSteps).Max(step => Distance(step.At, minimum));
        return after < NearerBy * before || after <= Tolerance * (1 + before);
    }

    private static string StartText(FormulaFunction function) => string.Join(", ", function.Point.Names.Select(
        name => $"{Printable.OneLine(name, 40)} = {function.Point[name].ToDisplay(40).Replace('-', '−')}").Take(4));

    private void RequireRest()
    {
        if (Function.IsSpent)
            throw new UsageException("the formula takes too long to be followed downhill; give smaller lists or "
                + "ranges, or fewer --steps.");
    }

    // Where the slope is 0 there may be a maximum or a saddle.
    private void LeaveLevelPlaces()
    {
        Function.Allow(OperationsOfWayOut);
        for (int i = 0; i < MostLevelPlaces && Minimum is { } place; i++)
        {
            if (LevelPlace.WayOut(Function, place) is not { } lower)
                break;
            LevelPlace ??= LevelPlace.Of(Function, Neat(place));
            Minimum = Valley.Minimum(Function, lower);
        }
        if (LevelPlace is { } level && Minimum is { } minimum && Distance(level.At, minimum) <= Tolerance)
            LevelPlace = null;
        Function.Allow(OperationsOfMinimum);
    }

    private static double Distance(double[] a, double[] b) =>
        Math.Sqrt(a.Zip(b, (left, right) => (left - right) * (left - right)).Sum());

    // Where a minimum is flat, short numbers nearby are as low: 0 and not 1.2e-5.
    private double[] Neat(double[] minimum)
    {
        for (int digits = 0; digits <= MostDigits; digits++)
        {
            double[] rounded = [.. minimum.Select(number => Math.Round(number, digits))];
            if (Distance(rounded, minimum) <= Tolerance && Function.Value(rounded) <= Function.Value(minimum))
                return rounded;
        }
        return minimum;
    }

    // What is left over of 0.
    private static double Clean(double value, double start) =>
        Math.Abs(value) < 1e-9 * (1 + Math.Abs(start)) ? 0 : value;

    private int? ArrivedAt(double[] minimum)
    {
        int after = Steps.Count;
        while (after > 0 && Distance(Steps[after - 1].At, minimum) <= Tolerance * (1 + 1e-6))
            after--;
        // To be there once in passing is not to have arrived.
        return after > Steps.Count - Math.Min(3, Steps.Count) ? null : Steps[after].Step;
    }

    private DescentVerdict Judge()
    {
        if (!double.IsFinite(Last.Loss) || Last.At.Any(number => !(Math.Abs(number) < Descent.Lost)))
            return Minimum is null && Steps.Any(step => step.Loss < Steps[0].Loss)
                ? DescentVerdict.NoMinimum : DescentVerdict.Diverges;
        if (Arrived is not null)
            return DescentVerdict.Converged;
        if (LevelPlace is { } level && Distance(Last.At, level.At) <= Tolerance)
            return DescentVerdict.StandsStill;
        if (Minimum is null)
            return Last.Loss <= Steps[0].Loss ? DescentVerdict.NoMinimum : DescentVerdict.Diverges;
        double span = Math.Abs(Steps[0].Loss - LossAtMinimum);
        if (Last.Loss - LossAtMinimum > span * 1.001 && Steps.Count > 1)
            return DescentVerdict.Diverges;
        return GoesNowhere() || Steps.Any(step => Distance(step.At, Minimum) <= Tolerance)
            ? DescentVerdict.Oscillates : DescentVerdict.TooSlow;
    }

    // In the last third the steps turn back and forth, and the best of it is no better than what was before.
    private bool GoesNowhere()
    {
        int from = Math.Max(1, Steps.Count * 2 / 3);
        if (Steps.Count < 4)
            return false;
        int turns = 0, pairs = 0;
        for (int i = Math.Max(from, 2); i < Steps.Count; i++, pairs++)
        {
            double product = 0;
            for (int k = 0; k < Steps[i].At.Length; k++)
                product += (Steps[i].At[k] - Steps[i - 1].At[k]) * (Steps[i - 1].At[k] - Steps[i - 2].At[k]);
            turns += product < 0 ? 1 : 0;
        }
        double early = Steps.Take(from).Min(step => step.Loss), late = Steps.Skip(from).Min(step => step.Loss);
        return turns * 2 > pairs && late - LossAtMinimum > 0.9 * (early - LossAtMinimum);
    }

    private int? Further()
    {
        var descent = new Descent(Function, Racer, Rate);
        while (descent.Now.Step < MostFurtherSteps && !descent.HasDiverged && !Function.IsSpent)
        {
            descent.Take();
            if (Distance(descent.Now.At, Minimum!) <= Tolerance * (1 + 1e-6))
                return descent.Now.Step;
        }
        return null;
    }
}
