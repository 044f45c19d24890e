using System.Numerics;
using Nabla.Numerics.Lanes;

namespace Nabla.Formulas.Articles.Python;

/// <summary>The module math.</summary>
internal static class MathModule
{
    /// <summary>Functions of one number, which math and numpy have in common, with the name that numpy uses.</summary>
    public static readonly (string Math, string Numpy, Func<double, double> Compute)[] OfOneNumber =
    [
        ("exp", "exp", Math.Exp), ("expm1", "expm1", x => Real64.Expm1(new Real64(x)).Value),
            ("log2", "log2", Math.Log2),
        ("log10", "log10", Math.Log10), ("log1p", "log1p", x => Real64.Log1p(new Real64(x)).Value),
            ("sqrt", "sqrt", Math.Sqrt),
        ("sin", "sin", Math.Sin), ("cos", "cos", Math.Cos), ("tan", "tan", Math.Tan), ("asin", "arcsin", Math.Asin),
        ("acos", "arccos", Math.Acos), ("atan", "arctan", Math.Atan), ("sinh", "sinh", Math.Sinh),
        ("cosh", "cosh", Math.Cosh), ("tanh", "tanh", Math.Tanh), ("fabs", "fabs", Math.Abs),
        ("degrees", "degrees", x => x * (180 / Math.PI)), ("radians", "radians", x => x * (Math.PI / 180)),
    ];

    public static IReadOnlyDictionary<string, object> Members { get; } = Create();

    private static Dictionary<string, object> Create()
    {
        Dictionary<string, object> members = Modules.Table(
            ("log", (_, a) => Finite(a.Count < 2 ? Math.Log(a.Real(0)) : Math.Log(a.Real(0)) / Math.Log(a.Real(1)))),
            ("pow", (_, a) => Finite(Math.Pow(a.Real(0), a.Real(1)))),
            ("floor", (_, a) => Whole(Math.Floor(a.Real(0)))),
            ("ceil", (_, a) => Whole(Math.Ceiling(a.Real(0)))),
            ("trunc", (_, a) => Whole(Math.Truncate(a.Real(0)))),
            ("factorial", (_, a) => Factorial(a.Int(0))),
            ("comb", (_, a) => Choose(a.Int(0), a.Int(1))),
            ("gcd", (_, a) => Divisor(a.Whole(0), a.Whole(1))),
            ("hypot", (_, a) => Math.Sqrt(a.Real(0) * a.Real(0) + a.Real(1) * a.Real(1))),
            ("atan2", (_, a) => Math.Atan2(a.Real(0), a.Real(1))),
            ("isclose", (_, a) => Math.Abs(a.Real(0) - a.Real(1))
                <= 1e-9 * Math.Max(Math.Abs(a.Real(0)), Math.Abs(a.Real(1)))),
            ("isnan", (_, a) => double.IsNaN(a.Real(0))),
            ("isinf", (_, a) => double.IsInfinity(a.Real(0))),
            ("prod", (_, a) => Operators.Items(a.Required(0)).Aggregate((x, y) => Operators.Binary("*", x, y))));
        foreach ((string name, _, Func<double, double> compute) in OfOneNumber)
            members[name] = new Builtin(name, (_, a) => Finite(compute(a.Real(0))));
        members["pi"] = Math.PI;
        members["e"] = Math.E;
        members["tau"] = Math.Tau;
        members["inf"] = double.PositiveInfinity;
        members["nan"] = double.NaN;
        return members;
    }

    // math raises an error where NumPy gives NaN or infinity.
    private static double Finite(double value) =>
        double.IsFinite(value) ? value : throw new PythonException("a function is outside of its domain");

    private static BigInteger Whole(double value) =>
        double.IsFinite(value) ? new BigInteger(value) : throw new PythonException("infinity is no whole number");

    private static BigInteger Divisor(BigInteger a, BigInteger b)
    {
        Meter.Digits(a * 64, b);
        return BigInteger.GreatestCommonDivisor(a, b);
    }

    private static BigInteger Factorial(int n)
    {
        if (n is < 0 or > 2000)
            throw PythonException.NotKnown("such a factorial");
        Meter.Digits(n * 11L, n * 64L);
        BigInteger product = BigInteger.One;
        for (int i = 2; i <= n; i++)
            product *= i;
        return product;
    }

    private static BigInteger Choose(int n, int k)
    {
        if (n is < 0 or > 2000 || k < 0)
            throw PythonException.NotKnown("such a number of choices");
        Meter.Digits(n, Math.Min(k, n) * 64L);
        BigInteger product = k > n ? BigInteger.Zero : BigInteger.One;
        for (int i = 1; i <= Math.Min(k, n); i++)
            product = product * (n - i + 1) / i;
        return product;
    }
}
