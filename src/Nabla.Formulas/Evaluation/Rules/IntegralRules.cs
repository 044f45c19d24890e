using Nabla.Formulas.Evaluation.Graph;
using Nabla.Formulas.Evaluation.Quantities;
using Nabla.Formulas.Evaluation.Reading;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Evaluation.Rules;

/// <summary>
/// Definite integrals as weighted sums of the body at many points, all at once on the tensors: by the double
/// exponential rule (Takahasi and Mori 1974), which takes infinite ends and infinite values at the ends.
/// </summary>
internal static class IntegralRules
{
    private const int Coarsest = 5, Finest = 9;

    // How many places are looked at for a peak, up to sinh of how much on an endless range, and what is no peak.
    private const int Looks = 2048;
    private const double Widest = 12, Narrow = 0.01;

    /// <summary>∫ of the body over one variable, or over several one inside the other.</summary>
    public static Quantity Integral(Interpreter c, BigOperator big, Scope scope)
    {
        Symbol[] variables = [.. big.Range.Variables.OfType<Symbol>().Select(Plain)];
        if (variables.Length == 0)
            throw NodeRules.NoValue(big, "an integral without dx has");
        if (big.Range.From is null && big.Range.Domain is null
            && variables.All(variable => c.Store.Find(variable.Name) is null)
            && big.Body.All().Any(node =>
                node is Call { Function: Symbol f } && c.Store.Find(f.Name) is { Shape.Rank: > 0 }))
            return OperatorRules.Operator(c, new(BigOperatorKind.Sum, new([.. variables]), big.Body), scope);
        Expression from = big.Range.From ?? new Negation(Series.Infinite), to = big.Range.To ?? Series.Infinite;
        Expression body = big.Body;
        foreach (Symbol variable in variables.Skip(1))
            body = new BigOperator(BigOperatorKind.Integral, new([variable], from, to), body);
        return Over(c, (variables[0].Name, body), (End(c, from, scope), End(c, to, scope)), scope);
    }

    /// <summary>∫ of f(x)·weight over the ends, which may be infinite.</summary>
    public static Quantity Over(
        Interpreter c, (string Variable, Expression Body) integrand, (Quantity From, Quantity To) ends, Scope scope)
    {
        if (ends.From.Node.Scalar > ends.To.Node.Scalar)
            return c.Algebra.Negate(Over(c, integrand, (ends.To, ends.From), scope));
        if (integrand.Body.All().Any(node => node is BigOperator { Kind: BigOperatorKind.Integral })
            || Peak(c, integrand, ends, scope) is not { } peak)
            return Between(c, integrand, ends, scope);
        Quantity middle = c.Algebra.Number(peak);
        return c.Algebra.Add(
            Between(c, integrand, (ends.From, middle), scope), Between(c, integrand, (middle, ends.To), scope));
    }

    /// <summary>
    /// Where the integrand is farthest from 0, if that is so narrow that the rule's points may miss it; they crowd at
    /// the ends of a range, so the range is split there.
    /// </summary>
    private static double? Peak(
        Interpreter c, (string Variable, Expression Body) integrand, (Quantity From, Quantity To) ends, Scope scope)
    {
        double from = ends.From.Node.Scalar, to = ends.To.Node.Scalar;
        c.Tape.Charge(2 * Looks, 10 * Looks);
        double[] points = [.. Enumerable.Range(0, Looks).Select(i => (i + 0.5) / Looks).Select(u =>
            double.IsInfinity(from) && double.IsInfinity(to) ? Math.Sinh(Widest * (2 * u - 1))
            : double.IsInfinity(to) ? from + Math.Sinh(Widest * u)
            : double.IsInfinity(from) ? to - Math.Sinh(Widest * u)
            : from + (to - from) * u)];
        Axis axis = c.NewAxis(integrand.Variable, Looks);
        Quantity x = c.Algebra.Along(axis, points);
        Quantity body = c.Silently(() =>
            c.Evaluate(integrand.Body, scope.With(new(integrand.Variable, x) { Axis = axis })));
        if (body.Rank > 0 || body.Axes is not [var only] || only != axis)
            return null;
        double[] sizes = Array.ConvertAll(body.Node.Values, value => double.IsFinite(value) ? Math.Abs(value) : 0);
        int at = Array.IndexOf(sizes, sizes.Max());
        return sizes[at] > 0 && sizes.Count(size => size > sizes[at] * Narrow) < Looks / 20 ? points[at] : null;
    }

    private static Quantity Between(
        Interpreter c, (string Variable, Expression Body) integrand, (Quantity From, Quantity To) ends, Scope scope)
    {
        Quantity value = default, before = default;
        double error = double.PositiveInfinity;
        for (int level = Coarsest; level <= Finest && !(error <= 1e-11); level++)
        {
            before = value;
            value = At(c, integrand, ends, scope, Math.Pow(2, -level + 2));
            error = level == Coarsest ? double.PositiveInfinity : Difference(value, before);
        }
        if (!(error <= 1e-3))
            throw new FormulaException(
                $"the integral over {integrand.Variable} does not converge, or its integrand is too rough.");
        if (error > 1e-9)
            c.Note(FormattableString.Invariant(
                $"the integral over {integrand.Variable} has an error of about {error:G1}."));
        return value;
    }

    private static Symbol Plain(Symbol variable) => variable.Prefix == "d" ? variable with { Prefix = "" } : variable;

    private static Quantity End(Interpreter c, Expression end, Scope scope)
    {
        Quantity value = c.Silently(() => c.Evaluate(end, scope));
        return value.IsNumber ? value : throw NodeRules.NoValue(end, "the end of an integral that is a list has");
    }

    private static double Difference(Quantity a, Quantity b)
    {
        double difference = 0, size = 0;
        for (int i = 0; i < a.Node.Values.Length; i++)
        {
            difference = Math.Max(difference, Math.Abs(a.Node.Values[i] - b.Node.Values[i]));
            size = Math.Max(size, Math.Abs(a.Node.Values[i]));
        }
        return double.IsNaN(difference) ? double.PositiveInfinity : difference / Math.Max(size, 1e-12);
    }

    private static Quantity At(
        Interpreter c, (string Variable, Expression Body) integrand, (Quantity From, Quantity To) ends, Scope scope,
            double h)
    {
        bool below = double.IsInfinity(ends.From.Node.Scalar), above = double.IsInfinity(ends.To.Node.Scalar);
        (double[] points, double[] weights) = below && above ? Whole(h) : below || above ? Half(h) : Finite(h);
        Axis axis = c.NewAxis(integrand.Variable, points.Length);
        Quantity x = c.Algebra.Along(axis, points), weight = c.Algebra.Along(axis, weights);
        if (!below && !above)
        {
            Quantity width = c.Algebra.Subtract(ends.To, ends.From);
            x = c.Algebra.Add(ends.From, c.Algebra.Multiply(width, x));
            weight = c.Algebra.Multiply(width, weight);
        }
        else if (below != above)
        {
            x = below ? c.Algebra.Subtract(ends.To, x) : c.Algebra.Add(ends.From, x);
        }
        Quantity body = c.Silently(() =>
            c.Evaluate(integrand.Body, scope.With(new(integrand.Variable, x) { Axis = axis })));
        body = c.Algebra.Stretch(body, [axis]);
        return c.Algebra.SumOver(Masked(c, c.Algebra.Multiply(body, weight), axis), axis);
    }

    /// <summary>
    /// Points at which the integrand is not finite, mostly an end that rounding reached, count nothing.
    /// </summary>
    private static Quantity Masked(Interpreter c, Quantity terms, Axis axis)
    {
        double[] values = terms.Node.Values;
        int broken = values.Count(value => !double.IsFinite(value));
        if (broken == 0)
            return terms;
        if (broken * 4 > axis.Size * Math.Max(1, values.Length / axis.Size))
            throw new FormulaException($"the integrand is not finite in much of the range of {axis.Name}.");
        var holds = Array.ConvertAll(values, double.IsFinite);
        Node zeros = Rearranging.Expand(c.Tape, c.Algebra.Number(0).Node, terms.Node.Shape);
        return terms with { Node = ChoiceRule.Apply(c.Tape, holds, terms.Node, zeros) };
    }

    /// <summary>0 to 1: x = 1/(1 + exp(−π sinh t)).</summary>
    private static (double[] Points, double[] Weights) Finite(double h) => Rule(h, 3.6, t =>
    {
        double u = Math.Exp(-Math.PI * Math.Sinh(t));
        return (1 / (1 + u), Math.PI * Math.Cosh(t) * u / ((1 + u) * (1 + u)));
    });

    /// <summary>0 to ∞: x = exp(π/2·sinh t).</summary>
    private static (double[] Points, double[] Weights) Half(double h) => Rule(h, 4.2, t =>
    {
        double x = Math.Exp(Math.PI / 2 * Math.Sinh(t));
        return (x, Math.PI / 2 * Math.Cosh(t) * x);
    });

    /// <summary>−∞ to ∞: x = sinh(π/2·sinh t).</summary>
    private static (double[] Points, double[] Weights) Whole(double h) => Rule(h, 4.2, t =>
    {
        double s = Math.PI / 2 * Math.Sinh(t);
        return (Math.Sinh(s), Math.PI / 2 * Math.Cosh(t) * Math.Cosh(s));
    });

    private static (double[] Points, double[] Weights) Rule(
        double h, double reach, Func<double, (double X, double Slope)> at)
    {
        int n = (int)(reach / h);
        var points = new double[2 * n + 1];
        var weights = new double[2 * n + 1];
        for (int i = -n; i <= n; i++)
        {
            (double x, double slope) = at(i * h);
            (points[i + n], weights[i + n]) = (x, slope * h);
        }
        return (points, weights);
    }
}
