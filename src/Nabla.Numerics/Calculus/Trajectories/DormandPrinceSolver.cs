namespace Nabla.Numerics.Calculus;

/// <summary>One run of the method of Dormand and Prince, with steps of varying length.</summary>
internal sealed class DormandPrinceSolver
{
    private const double Safety = 0.9, Shortest = 0.2, Longest = 5, Order = 5;
    private const double Smoothing = 0.04; // β of Hairer's controller: a step heeds the error of the one before

    private static readonly double[] Nodes = [0, 1.0 / 5, 3.0 / 10, 4.0 / 5, 8.0 / 9, 1, 1];

    private static readonly double[][] Weights =
    [
        [],
        [1.0 / 5],
        [3.0 / 40, 9.0 / 40],
        [44.0 / 45, -56.0 / 15, 32.0 / 9],
        [19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729],
        [9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656],
        [35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84], // the step itself, order 5
    ];

    // Order 5 less order 4.
    private static readonly double[] ErrorWeights =
        [71.0 / 57600, 0, -71.0 / 16695, 71.0 / 1920, -17253.0 / 339200, 22.0 / 525, -1.0 / 40];

    private readonly Slope f;
    private readonly TrajectoryOptions options;
    private readonly double[][] slopes = new double[7][];
    private double[] y, next;

    public DormandPrinceSolver(Slope f, double[] start, TrajectoryOptions options)
    {
        (this.f, this.options) = (f, options);
        (y, next) = ([.. start], new double[start.Length]);
        for (int i = 0; i < slopes.Length; i++)
            slopes[i] = new double[start.Length];
    }

    public StatePath Run(double from, double to)
    {
        List<double> times = [from];
        List<double[]> states = [[.. y]];
        double t = from, direction = Math.Sign(to - from), previousError = 1e-4;
        f(t, y, slopes[0]);
        for (int i = 0; i < y.Length; i++)
            Finite.Value("DormandPrince", slopes[0][i], $"t = {from}, in number {i} of the slope");
        double length = Math.Min(options.FirstStep ?? FirstStep(), Math.Abs(to - from));
        for (int tries = 0; t != to; tries++)
        {
            bool last = length >= Math.Abs(to - t) * (1 - 1e-12);
            double h = last ? to - t : direction * length;
            if (t + h == t || tries == options.MaxSteps)
                throw NotReached(t, to, h, tries);
            double error = Try(t, h);
            if (!(error <= 1)) // also where it is NaN
            {
                double shrinkage = Safety * Math.Pow(error, -1 / Order);
                length = Math.Abs(h) * (shrinkage > Shortest ? shrinkage : Shortest);
                continue;
            }
            double growth = Safety * Math.Pow(error, 0.75 * Smoothing - 1 / Order) * Math.Pow(previousError, Smoothing);
            t = last ? to : t + h;
            (y, next) = (next, y);
            (slopes[0], slopes[6]) = (slopes[6], slopes[0]); // the last slope is the first of the next step
            times.Add(t);
            states.Add([.. y]);
            previousError = Math.Max(error, 1e-4);
            length = Math.Abs(h) * Math.Clamp(growth, Shortest, Longest);
        }
        return new StatePath([.. times], [.. states]);
    }

    /// <summary>Writes the state at t + h, and says how large its error is, in tolerances.</summary>
    private double Try(double t, double h)
    {
        for (int stage = 1; stage < 7; stage++)
        {
            for (int i = 0; i < y.Length; i++)
            {
                double sum = 0;
                for (int k = 0; k < stage; k++)
                    sum += Weights[stage][k] * slopes[k][i];
                next[i] = y[i] + h * sum;
            }
            f(t + Nodes[stage] * h, next, slopes[stage]);
        }
        double squares = 0;
        for (int i = 0; i < y.Length; i++)
        {
            double error = 0;
            for (int k = 0; k < 7; k++)
                error += ErrorWeights[k] * slopes[k][i];
            double ratio = error == 0 ? 0 : h * error / Tolerance(y[i], next[i]);
            squares += ratio * ratio / y.Length;
        }
        return Math.Sqrt(squares);
    }

    private double Tolerance(double before, double after) =>
        options.AbsoluteTolerance + options.RelativeTolerance * Math.Max(Math.Abs(before), Math.Abs(after));

    /// <summary>A length over which the state changes by about a hundredth of its size.</summary>
    private double FirstStep()
    {
        double state = 0, slope = 0;
        for (int i = 0; i < y.Length; i++)
        {
            double scale = Math.Max(Tolerance(y[i], y[i]), double.Epsilon);
            state = Math.Max(state, Math.Abs(y[i]) / scale);
            slope = Math.Max(slope, Math.Abs(slopes[0][i]) / scale);
        }
        return state < 1e-5 || slope < 1e-5 || !double.IsFinite(slope) ? 1e-6 : 0.01 * state / slope;
    }

    private ConvergenceException NotReached(double t, double to, double h, int tries) => new(
        $"DormandPrince: stopped at t = {t} of {to}, with a step of {Math.Abs(h):G3} after {tries} steps. The " +
        "solution may be singular there, or the equation stiff; allow a larger tolerance or more steps.",
        double.NaN, double.NaN);
}
