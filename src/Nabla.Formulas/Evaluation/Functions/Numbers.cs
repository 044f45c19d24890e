using Nabla.Formulas.Evaluation.Graph;
using Nabla.Formulas.Evaluation.Quantities;
using Nabla.Formulas.Evaluation.Rules;
using Nabla.Formulas.Trees;
using Nabla.Tensors.Ops;

namespace Nabla.Formulas.Evaluation.Functions;

/// <summary>Functions of numbers with a base, a bound or a setting.</summary>
internal static class Numbers
{
    /// <summary>The rows.</summary>
    public static IEnumerable<Function> All { get; } =
    [
        new("log", 1, 2, Logarithm),
        new("log2", 1, 1, f => f.A.Map(new UnaryRule<Log2>(), f[0])),
        new("cot", 1, 1, f => f.A.Divide(f.A.Number(1), Named(f, "tan"))),
        new("sec", 1, 1, f => f.A.Divide(f.A.Number(1), Named(f, "cos"))),
        new("csc", 1, 1, f => f.A.Divide(f.A.Number(1), Named(f, "sin"))),
        new("atan2", 2, 2, f => f.A.Zip(BinaryRule<Atan2>.Instance, f[0], f[1], "atan2")),
        new("pow", 2, 2, f => PowerRules.Raise(f.A, f[0], f[1])),
        new("mod", 2, 2, f => f.A.Zip(BinaryRule<Remainder>.Instance, f[0], f[1], "mod")),
        new("clip", 1, 3, Clip),
        new("elu", 1, 2, f => f.A.Map(new ParametricRule<Elu>(new(Setting(f, 1))), f[0])),
        new("leaky_relu", 1, 2, f => f.A.Map(new ParametricRule<LeakyRelu>(new(Setting(f, 0.01))), f[0])),
        new("prelu", 2, 2, f => f.A.Zip(BinaryRule<PRelu>.Instance, f[0], f[1], "PReLU")),
        new("binom", 2, 2, Choose),
        new("beta", 2, 2, f => Beta(f.A, f[0], f[1])),
        new("delta", 2, 2, Kronecker),
        new("gcd", 2, 2, f => f.A.Zip(new ConstantPairRule(GreatestDivisor), f[0], f[1], "gcd")),
        new("stop_gradient", 1, 1, f => f[0] with { Node = f.C.Tape.Constant(f[0].Node.Shape, f[0].Node.Values) }),
    ];

    /// <summary>n! / (k!·(n − k)!).</summary>
    public static Quantity Binomial(Algebra algebra, Quantity n, Quantity k) =>
        algebra.Zip(new PlainPairRule(Special.Binomial, Special.BinomialSlopes), n, k, "binom");

    // δ(a, b) is 1 where two whole numbers are equal; of others it is a distance, a step function or Dirac's.
    private static Quantity Kronecker(Application f)
    {
        bool isOfPlaces = f.Call.Function is Symbol { IsBare: true }
            && f.Values.All(value => value.Node.Values.All(number => number == Math.Floor(number)));
        if (!isOfPlaces)
            throw NodeRules.NoValue(
                f.Call, "δ of two numbers that are not both whole (Kronecker's is of two indices) has");
        f.C.Note("δ of two whole numbers is Kronecker's: 1 where they are equal, else 0.");
        return f.A.Zip(ConstantPairRule.Holds((a, b) => a == b), f[0], f[1], "δ");
    }

    private static Quantity Choose(Application f) => f.Call.Arguments[1] is Collection { Items.Count: > 1 }
        ? throw NodeRules.NoValue(f.Call, "a multinomial coefficient (write it as n!/(k_1! k_2!)) has")
        : Binomial(f.A, f[0], f[1]);

    /// <summary>B(a, b) = Γ(a)·Γ(b) / Γ(a + b).</summary>
    private static Quantity Beta(Algebra algebra, Quantity a, Quantity b) => algebra.Divide(
        algebra.Multiply(algebra.Map(Special.Gamma, a), algebra.Map(Special.Gamma, b)),
        algebra.Map(Special.Gamma, algebra.Add(a, b)));

    private static Quantity Named(Application f, string name) => f.A.Map(Elementary.ByName[name], f[0]);

    /// <summary>log x, log_b x; a base may also be the second argument.</summary>
    private static Quantity Logarithm(Application f)
    {
        Quantity natural = f.A.Map(Elementary.Log, f[0]);
        if (f.Scope.Mask is null)
            f.C.WarnIfAny(f[0].Node, value => value <= 0,
                "the logarithm of 0 is −∞, and of a negative number it is not defined.");
        Expression? written = f.Call.Function is Symbol { Subscripts: [var subscript] } ? subscript : null;
        if (written is null && f.Values.Length == 1)
            return natural;
        Quantity @base = written is null ? f[1] : f.C.Evaluate(written, f.Scope);
        return @base.IsNumber && !@base.Node.Wants && @base.Node.Scalar == 2
            ? f.A.Map(new UnaryRule<Log2>(), f[0])
            : f.A.Divide(natural, f.A.Map(Elementary.Log, @base));
    }

    /// <summary>max(low, min(x, high)); from 0 to 1 without bounds.</summary>
    private static Quantity Clip(Application f)
    {
        if (f.Values.Length == 2)
            throw NodeRules.NoValue(f.Call, "clip with one bound, which may be the least, the greatest or the largest "
                + "length (write max(x, low), min(x, high) or clip(x, low, high)), has");
        (Quantity low, Quantity high) = f.Values.Length == 1 ? (f.A.Number(0), f.A.Number(1)) : (f[1], f[2]);
        Quantity above = f.A.Zip(BinaryRule<Maximum>.Instance, f[0], low, "clip");
        return f.A.Zip(BinaryRule<Minimum>.Instance, above, high, "clip");
    }

    private static double Setting(Application f, double usual) => f.Values.Length < 2 ? usual
        : f[1].IsNumber ? f[1].Node.Scalar
        : throw new FormulaException($"the second argument of {f.Call.Letter} must be a number.");

    private static double GreatestDivisor(double a, double b)
    {
        (a, b) = (Math.Abs(a), Math.Abs(b));
        while (b > 0 && double.IsFinite(a))
            (a, b) = (b, a % b);
        return a;
    }
}
