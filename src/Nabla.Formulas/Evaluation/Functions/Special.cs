using System.Numerics;
using Nabla.Formulas.Evaluation.Graph;
using Nabla.Numerics.Lanes;

namespace Nabla.Formulas.Evaluation.Functions;

/// <summary>Functions of one number that the engine does not have: in double only.</summary>
internal static class Special
{
    private const double MostFactorial = 170;

    // Beyond, nearly all binomials are infinite in double.
    private const double MostFactors = 1030;

    /// <summary>x! = Γ(x + 1).</summary>
    public static ElementwiseRule Factorial { get; } =
        new PlainRule(FactorialOf, x => FactorialOf(x) * DigammaOf(x + 1));

    /// <summary>Γ(x).</summary>
    public static ElementwiseRule Gamma { get; } = new PlainRule(GammaOf, x => GammaOf(x) * DigammaOf(x));

    /// <summary>log Γ(x), for x &gt; 0.</summary>
    public static ElementwiseRule LogGamma { get; } = new PlainRule(LogGammaOf, DigammaOf);

    /// <summary>ψ(x) = d/dx log Γ(x).</summary>
    public static ElementwiseRule Digamma { get; } = new PlainRule(DigammaOf, TrigammaOf);

    /// <summary>1 − erf x.</summary>
    public static ElementwiseRule ErrorComplement { get; } = new PlainRule(
        ErrorComplementOf, x => -2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x));

    /// <summary>The x with erf x = y.</summary>
    public static ElementwiseRule InverseError { get; } = new PlainRule(
        InverseErrorOf, y => Math.Sqrt(Math.PI) / 2 * Math.Exp(Math.Pow(InverseErrorOf(y), 2)));

    /// <summary>Φ(x), the probability that a standard normal number is below x.</summary>
    public static ElementwiseRule NormalCdf { get; } = new PlainRule(
        x => ErrorComplementOf(-x / Math.Sqrt(2)) / 2, x => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI));

    /// <summary>Φ⁻¹(p).</summary>
    public static ElementwiseRule NormalQuantile { get; } = new PlainRule(
        QuantileOf, p => Math.Sqrt(2 * Math.PI) * Math.Exp(Math.Pow(QuantileOf(p), 2) / 2));

    /// <summary>The real ⁿ√x of an odd n, also below 0: ∛−8 = −2.</summary>
    public static ElementwiseRule OddRoot(int n) =>
        new PlainRule(x => double.RootN(x, n), x => double.RootN(x, n) / (n * x));

    /// <summary>n over k: by factors for whole k, so that it is exact as long as it fits; else by Γ.</summary>
    public static double Binomial(double n, double k)
    {
        if (k != Math.Floor(k))
            return Math.Exp(LogGammaOf(n + 1) - LogGammaOf(k + 1) - LogGammaOf(n - k + 1));
        if (n == Math.Floor(n) && n >= 0)
            k = Math.Min(k, n - k);
        if (k < 0 || k > MostFactors)
            return k < 0 ? 0 : Math.Exp(LogGammaOf(n + 1) - LogGammaOf(k + 1) - LogGammaOf(n - k + 1));
        if (n == Math.Floor(n) && Math.Abs(n) < 1L << 53)
            return (double)WholeBinomial((BigInteger)n, (int)k);
        double product = 1;
        for (int i = 1; i <= k; i++)
            product = product * (n - k + i) / i;
        return product;
    }

    private static BigInteger WholeBinomial(BigInteger n, int k)
    {
        BigInteger product = 1;
        for (int i = 1; i <= k; i++)
            product = product * (n - k + i) / i; // a binomial coefficient each time, so nothing is left over
        return product;
    }

    /// <summary>The derivatives of <see cref="Binomial"/> by n and by k.</summary>
    public static (double ByN, double ByK) BinomialSlopes(double n, double k)
    {
        double value = Binomial(n, k), rest = DigammaOf(n - k + 1);
        return value == 0 ? (0, 0) : (value * (DigammaOf(n + 1) - rest), value * (rest - DigammaOf(k + 1)));
    }

    private static double QuantileOf(double p) => Math.Sqrt(2) * InverseErrorOf(2 * p - 1);

    private static double FactorialOf(double x)
    {
        if (x != Math.Floor(x) || x < 0 || x > MostFactorial)
            return GammaOf(x + 1);
        double product = 1;
        for (int k = 2; k <= x; k++)
            product *= k;
        return product;
    }

    private static double GammaOf(double x)
    {
        if (x == Math.Floor(x) && x <= MostFactorial + 1)
            return x > 0 ? FactorialOf(x - 1) : double.NaN; // a pole
        return x < 0.5
            ? Math.PI / (Math.Sin(Math.PI * x) * GammaOf(1 - x))
            : Math.Exp(LogGammaOf(x));
    }

    /// <summary>Stirling's series at x + 15 or more, brought down by Γ(x + 1) = x·Γ(x).</summary>
    private static double LogGammaOf(double x)
    {
        if (x <= 0)
            return x == Math.Floor(x) // a pole; else Γ(x)·Γ(1 − x) = π/sin πx
                ? double.PositiveInfinity
                : Math.Log(Math.PI / Math.Abs(Math.Sin(Math.PI * x))) - LogGammaOf(1 - x);
        double shift = 1;
        while (x < 15)
            shift *= x++;
        double r = 1 / x, r2 = r * r;
        double series = r * (1.0 / 12 - r2 * (1.0 / 360 - r2 * (1.0 / 1260 - r2 * (1.0 / 1680 - r2 / 1188))));
        return (x - 0.5) * Math.Log(x) - x + 0.5 * Math.Log(2 * Math.PI) + series - Math.Log(shift);
    }

    private static double DigammaOf(double x)
    {
        if (x <= 0)
            return x == Math.Floor(x) ? double.NaN : DigammaOf(1 - x) - Math.PI / Math.Tan(Math.PI * x);
        double sum = 0;
        for (; x < 15; x++)
            sum -= 1 / x;
        double r2 = 1 / (x * x);
        return sum + Math.Log(x) - 0.5 / x
            - r2 * (1.0 / 12 - r2 * (1.0 / 120 - r2 * (1.0 / 252 - r2 * (1.0 / 240 - r2 / 132))));
    }

    private static double TrigammaOf(double x)
    {
        if (x <= 0)
            return x == Math.Floor(x) ? double.NaN : Math.Pow(Math.PI / Math.Sin(Math.PI * x), 2) - TrigammaOf(1 - x);
        double sum = 0;
        for (; x < 15; x++)
            sum += 1 / (x * x);
        double r = 1 / x, r2 = r * r;
        return sum + r + r2 / 2 + r2 * r * (1.0 / 6 - r2 * (1.0 / 30 - r2 * (1.0 / 42 - r2 / 30)));
    }

    /// <summary>By the continued fraction 7.1.14 of Abramowitz and Stegun where 1 − erf would cancel.</summary>
    private static double ErrorComplementOf(double x)
    {
        if (x < 2)
            return 1 - Real64.Erf(x).Value;
        double fraction = x;
        for (int k = 80; k >= 1; k--)
            fraction = x + k * 0.5 / fraction;
        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / fraction;
    }

    /// <summary>Winitzki's approximation, made exact by Newton's method on the error function.</summary>
    private static double InverseErrorOf(double y)
    {
        if (!(Math.Abs(y) < 1))
            return Math.Abs(y) == 1 ? y * double.PositiveInfinity : double.NaN;
        const double a = 0.147;
        double log = Math.Log((1 - y) * (1 + y)), half = 2 / (Math.PI * a) + log / 2;
        double x = Math.CopySign(Math.Sqrt(Math.Sqrt(half * half - log / a) - half), y);
        for (int i = 0; i < 4; i++)
        {
            double above = y > 0.5 ? 1 - y - ErrorComplementOf(x)
                : y < -0.5 ? ErrorComplementOf(-x) - (1 + y)
                : Real64.Erf(x).Value - y;
            x -= above * Math.Sqrt(Math.PI) / 2 * Math.Exp(x * x);
        }
        return x;
    }
}
