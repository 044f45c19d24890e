using System.Globalization;

namespace Nabla.Numerics.Calculus;

/// <summary>
/// Halves the interval with the largest error until all together are exact enough. Nodes, weights and the error
/// estimate are those of QK15 of QUADPACK (Piessens et al. 1983). Over the whole line a point stands for two.
/// </summary>
internal sealed class AdaptiveQuadrature(IntegrationOptions options, int callsAtPoint, CancellationToken cancellation)
{
    private const double Epsilon = 2.220446049250313e-16;

    // Kronrod's nodes on [−1, 1], positive ones, the largest first; every second one is Gauss's.
    private static readonly double[] Nodes =
    [
        0.991455371120812639206854697526329, 0.949107912342758524526189684047851, 0.864864423359769072789712788640926,
        0.741531185599394439863864773280788, 0.586087235467691130294144691693310, 0.405845151377397166906606412076961,
        0.207784955007898467600689403773245, 0,
    ];

    private static readonly double[] KronrodWeights =
    [
        0.022935322010529224963732008058970, 0.063092092629978553290700663189204, 0.104790010322250183839876322541518,
        0.140653259715525918745189590510238, 0.169004726639267902826583426598550, 0.190350578064785409913256402421014,
        0.204432940075298892414161999234649, 0.209482141084727828012999174891714,
    ];

    private static readonly double[] GaussWeights =
    [
        0.129484966168869693270611432679082, 0.279705391489276667901467771423780, 0.381830050505118944950369775488975,
        0.417959183673469387755102040816327,
    ];

    private readonly PriorityQueue<Piece, double> pieces = new(); // the largest error first
    private int evaluations;

    private readonly record struct Piece(double From, double To, double Integral, double Error);

    public Estimate Run(Func<double, double> f, double from, double to)
    {
        Add(Measure(f, from, to));
        while (true)
        {
            (double integral, double error) = Total();
            double allowed = Math.Max(options.AbsoluteTolerance, options.RelativeTolerance * Math.Abs(integral));
            if (error <= allowed)
                return new Estimate(integral, error, evaluations);
            cancellation.ThrowIfCancellationRequested();
            Piece worst = pieces.Dequeue();
            double middle = Middle(worst.From, worst.To);
            if (!double.IsFinite(error) || evaluations + 30L * callsAtPoint > options.MaxEvaluations
                || !IsDivisible(worst.From, middle) || !IsDivisible(middle, worst.To))
                throw NotReached(integral, error, allowed);
            Add(Measure(f, worst.From, middle));
            Add(Measure(f, middle, worst.To));
        }
    }

    private void Add(Piece piece) => pieces.Enqueue(piece, -piece.Error);

    private (double Integral, double Error) Total()
    {
        double integral = 0, error = 0, lost = 0;
        foreach ((Piece piece, _) in pieces.UnorderedItems)
        {
            double sum = integral + piece.Integral; // compensated as by Neumaier 1974
            lost += Math.Abs(integral) >= Math.Abs(piece.Integral)
                ? integral - sum + piece.Integral : piece.Integral - sum + integral;
            integral = sum;
            error += piece.Error;
        }
        return (integral + lost, error);
    }

    // Halves first: the difference of two large limits may be infinite.
    private static double Middle(double from, double to) => 0.5 * from + 0.5 * to;

    private static double Half(double from, double to) => 0.5 * to - 0.5 * from;

    /// <summary>Whether rounding keeps all nodes off the ends, where the function may be infinite.</summary>
    private static bool IsDivisible(double from, double to)
    {
        double reach = Half(from, to) * Nodes[0], centre = Middle(from, to);
        return from < centre - reach && centre + reach < to;
    }

    private Piece Measure(Func<double, double> f, double from, double to)
    {
        double centre = Middle(from, to), half = Half(from, to);
        Span<double> values = stackalloc double[15];
        for (int i = 0; i < 7; i++)
        {
            values[i] = f(centre - half * Nodes[i]);
            values[14 - i] = f(centre + half * Nodes[i]);
        }
        values[7] = f(centre);
        evaluations += 15 * callsAtPoint;
        double kronrod = 0, gauss = 0, size = 0, spread = 0;
        for (int i = 0; i < 15; i++)
        {
            int node = Math.Min(i, 14 - i);
            kronrod += KronrodWeights[node] * values[i];
            size += KronrodWeights[node] * Math.Abs(values[i]);
            if (node % 2 == 1)
                gauss += GaussWeights[node / 2] * values[i];
        }
        for (int i = 0; i < 15; i++)
            spread += KronrodWeights[Math.Min(i, 14 - i)] * Math.Abs(values[i] - kronrod / 2);
        return new Piece(from, to, kronrod * half, Error((kronrod - gauss) * half, spread * half, size * half));
    }

    /// <summary>
    /// The difference of the two rules is far too large an error where f is smooth, so it is raised to the power 3/2,
    /// relative to how much f varies; rounding sets a lower limit.
    /// </summary>
    private static double Error(double difference, double spread, double size)
    {
        double error = Math.Abs(difference);
        if (spread > 0 && error > 0)
            error = spread * Math.Min(1, Math.Pow(200 * error / spread, 1.5));
        return Math.Max(error, 50 * Epsilon * size);
    }

    private ConvergenceException NotReached(double integral, double error, double allowed) => new(
        string.Create(CultureInfo.InvariantCulture,
            $"GaussKronrod: after {evaluations} evaluations the integral is {integral:G10} with an error of about ") +
        string.Create(CultureInfo.InvariantCulture,
            $"{error:G3}, above the {allowed:G3} allowed. Divide the range where f or its slope jumps; move a ") +
        "point where f is infinite to x = 0, where numbers are densest; allow a larger tolerance, or more " +
        "evaluations; or the integral may not exist.", integral, error);
}
