namespace Nabla.Numerics.Calculus;

public static partial class Differentiate
{
    private const double Epsilon = 2.220446049250313e-16; // of a double

    /// <summary>
    /// f′(x) ≈ (f(x + h) − f(x − h))/2h, with an error of h²·f‴/6 + ε·|f|/h: about 10 digits with the default step ∛ε,
    /// relative to the larger of 1 and |x|.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">x is not finite, or the step is not positive.</exception>
    /// <exception cref="NotFiniteNumberException">f is not finite beside x.</exception>
    /// <example><code>
    /// Differentiate.Central(Math.Exp, 0.5, 0.1);             // = 1.65147
    /// (Math.Exp(0.5 + 0.1) - Math.Exp(0.5 - 0.1)) / 0.2;     // = 1.65147
    /// </code></example>
    public static double Central(Func<double, double> f, double x, double? step = null)
    {
        ArgumentNullException.ThrowIfNull(f);
        Finite.Argument("Central", nameof(x), x);
        return Slope("Central", f, x, Step("Central", x, step, Math.Cbrt(Epsilon)));
    }

    /// <summary>
    /// f′(x) by central differences with smaller and smaller steps, extrapolated to step 0 (Richardson), until the
    /// error, which is estimated from neighbouring extrapolations, grows again. Ridders 1982, "Accurate computation of
    /// F′(x) and F′(x)F″(x)"; about 12 digits.
    /// </summary>
    /// <param name="f">The function, smooth within the first step of x.</param>
    /// <param name="x">Where.</param>
    /// <param name="step">The first step, large: f should change considerably; .1·max(1, |x|) if not given.</param>
    /// <exception cref="ArgumentOutOfRangeException">x is not finite, or the step is not positive.</exception>
    /// <exception cref="NotFiniteNumberException">f is not finite within the first step of x.</exception>
    /// <example><code>
    /// Estimate slope = Differentiate.Ridders(Math.Exp, 0.5);
    /// slope.Value;           // = 1.64872127
    /// Math.Exp(0.5);         // = 1.64872127
    /// slope.Error &lt; 1e-9;   // = true
    /// </code></example>
    public static Estimate Ridders(Func<double, double> f, double x, double? step = null)
    {
        const int most = 12;
        const double shrink = 1.4, worse = 2;
        ArgumentNullException.ThrowIfNull(f);
        Finite.Argument("Ridders", nameof(x), x);
        double h = Step("Ridders", x, step, 0.1);
        double[] previous = new double[most], current = new double[most]; // Neville's table, two columns of it
        previous[0] = Slope("Ridders", f, x, h);
        var best = new Estimate(previous[0], double.PositiveInfinity, 2);
        for (int i = 1; i < most; i++)
        {
            h /= shrink;
            current[0] = Slope("Ridders", f, x, h);
            double power = shrink * shrink;
            for (int j = 1; j <= i; j++, power *= shrink * shrink)
            {
                current[j] = (current[j - 1] * power - previous[j - 1]) / (power - 1);
                double error = Math.Max(Math.Abs(current[j] - current[j - 1]), Math.Abs(current[j] - previous[j - 1]));
                if (error <= best.Error)
                    best = new Estimate(current[j], error, 2 * (i + 1));
            }
            if (Math.Abs(current[i] - previous[i - 1]) >= worse * best.Error)
                break;
            (previous, current) = (current, previous);
        }
        return best;
    }

    /// <summary>∇f(x) by central differences, 2n evaluations; the step is as for <see cref="Central"/>.</summary>
    /// <exception cref="ArgumentException">x is empty or not finite, or the step is not positive.</exception>
    /// <exception cref="NotFiniteNumberException">f is not finite beside x.</exception>
    /// <example><code>
    /// Differentiate.NumericalGradient(p => p[0] * p[1], [3, 5]);   // = [5.00000, 3.00000]
    /// </code></example>
    public static double[] NumericalGradient(Func<double[], double> f, ReadOnlySpan<double> x, double? step = null)
    {
        ArgumentNullException.ThrowIfNull(f);
        double[,] jacobian = Slopes("NumericalGradient", p => [f(p)], x, step);
        var gradient = new double[x.Length];
        for (int j = 0; j < gradient.Length; j++)
            gradient[j] = jacobian[0, j];
        return gradient;
    }

    /// <summary>J_ij = ∂f_i/∂x_j, [m, n], by central differences, 2n evaluations.</summary>
    /// <exception cref="ArgumentException">x is empty or not finite, or the step is not positive.</exception>
    /// <exception cref="NotFiniteNumberException">f is not finite beside x.</exception>
    /// <example><code>
    /// Differentiate.NumericalJacobian(p => [p[0] * p[1], p[0] + p[1]], [3, 5])[0, 1];   // = 3.00000
    /// </code></example>
    public static double[,] NumericalJacobian(
        Func<double[], double[]> f, ReadOnlySpan<double> x, double? step = null)
    {
        ArgumentNullException.ThrowIfNull(f);
        return Slopes("NumericalJacobian", f, x, step);
    }

    /// <summary>
    /// H_ij = ∂²f/∂x_i∂x_j, [n, n], by central second differences, with an error of about √ε·|f|: 6 to 8 digits.
    /// Abramowitz and Stegun 25.3.24 and 25.3.27.
    /// </summary>
    /// <exception cref="ArgumentException">x is empty or not finite, or the step is not positive.</exception>
    /// <exception cref="NotFiniteNumberException">f is not finite beside x.</exception>
    /// <example><code>
    /// Differentiate.NumericalHessian(p => p[0] * p[0] * p[1], [3, 5])[0, 1];   // = 6.000
    /// </code></example>
    public static double[,] NumericalHessian(Func<double[], double> f, ReadOnlySpan<double> x, double? step = null)
    {
        ArgumentNullException.ThrowIfNull(f);
        Finite.Arguments("NumericalHessian", nameof(x), x);
        double[] point = x.ToArray();
        double[] h = Array.ConvertAll(
            point, value => Step("NumericalHessian", value, step, Math.Sqrt(Math.Sqrt(Epsilon))));
        var hessian = new double[point.Length, point.Length];
        for (int i = 0; i < point.Length; i++)
            for (int j = 0; j <= i; j++)
                hessian[i, j] = hessian[j, i] = i == j
                    ? (At(i, 1, j, 0) - 2 * At(i, 0, j, 0) + At(i, -1, j, 0)) / (h[i] * h[i])
                    : (At(i, 1, j, 1) - At(i, 1, j, -1) - At(i, -1, j, 1) + At(i, -1, j, -1)) / (4 * h[i] * h[j]);
        return hessian;

        double At(int i, int stepsI, int j, int stepsJ)
        {
            double[] moved = [.. point];
            moved[i] += stepsI * h[i];
            moved[j] += stepsJ * h[j];
            return Finite.Value("NumericalHessian", f(moved), $"[{string.Join(", ", moved)}]");
        }
    }

    private static double Slope(string operation, Func<double, double> f, double x, double h)
    {
        double above = x + h, below = x - h; // as they are rounded: their distance is exact
        return (Finite.Value(operation, f, above) - Finite.Value(operation, f, below)) / (above - below);
    }

    private static double Step(string operation, double x, double? step, double relative) => step switch
    {
        null => relative * Math.Max(1, Math.Abs(x)),
        > 0 and < double.PositiveInfinity when x + step.Value != x => step.Value,
        _ => throw new ArgumentOutOfRangeException(
            nameof(step), $"{operation}: step {step} must be positive and large enough to change x = {x}."),
    };

    private static double[,] Slopes(
        string operation, Func<double[], double[]> f, ReadOnlySpan<double> x, double? step)
    {
        Finite.Arguments(operation, nameof(x), x);
        double[,]? jacobian = null;
        for (int j = 0; j < x.Length; j++)
        {
            double h = Step(operation, x[j], step, Math.Cbrt(Epsilon));
            double[] above = x.ToArray(), below = x.ToArray();
            (above[j], below[j]) = (x[j] + h, x[j] - h);
            double[] y = f(above), z = f(below);
            jacobian ??= new double[y.Length, x.Length];
            if (y.Length != jacobian.GetLength(0) || z.Length != y.Length)
                throw new ArgumentException(
                    $"{operation}: the function gave {jacobian.GetLength(0)}, {y.Length} and {z.Length} numbers; it " +
                    "must always give as many.", nameof(f));
            for (int i = 0; i < y.Length; i++)
                jacobian[i, j] = Finite.Value(
                    operation, (y[i] - z[i]) / (above[j] - below[j]), $"element {i}, beside x[{j}] = {x[j]}");
        }
        return jacobian!;
    }
}
