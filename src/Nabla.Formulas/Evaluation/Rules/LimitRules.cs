using Nabla.Formulas.Evaluation.Quantities;
using Nabla.Formulas.Evaluation.Reading;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Evaluation.Rules;

/// <summary>Limits by extrapolation from points that come nearer and nearer (Richardson 1927).</summary>
internal static class LimitRules
{
    private const int Points = 8;

    /// <summary>lim of the body as its variable tends to the end of the range.</summary>
    /// <exception cref="FormulaException">The values do not settle.</exception>
    public static Quantity Limit(Interpreter c, BigOperator big, Scope scope)
    {
        if (big.Range is not { Variables: [Symbol variable], To: { } end })
            throw NodeRules.NoValue(big, "a limit without a variable that tends to something has");
        Quantity to = c.Silently(() => c.Evaluate(end, scope));
        bool far = to.IsNumber && double.IsInfinity(to.Node.Scalar);
        Quantity fromAbove = Extrapolated(c, big, variable.Name, scope, i => Near(1, i));
        if (far)
            return fromAbove;
        Quantity fromBelow = Extrapolated(c, big, variable.Name, scope, i => Near(-1, i));
        RequireSameSize(big, fromAbove, fromBelow);
        for (int i = 0; i < fromAbove.Node.Values.Length; i++)
        {
            double a = fromAbove.Node.Values[i], b = fromBelow.Node.Values[i];
            if (double.IsFinite(b) && !(Math.Abs(a - b) <= 1e-5 * Math.Max(1, Math.Abs(a))))
                throw NodeRules.NoValue(big, "the limits from both sides differ; the limit has");
        }
        c.Note($"the limit over {variable.Name} is extrapolated from points nearby.");
        return fromAbove;

        Quantity Near(int side, int i)
        {
            double step = far ? Math.Sign(to.Node.Scalar) * Math.Pow(2, i + 3) : side * Math.Pow(2, -i - 4);
            return far ? c.Algebra.Number(step) : c.Algebra.Add(to, c.Algebra.Number(step));
        }
    }

    private static Quantity Extrapolated(
        Interpreter c, BigOperator big, string variable, Scope scope, Func<int, Quantity> near)
    {
        var row = new Quantity[Points];
        for (int i = 0; i < Points; i++)
            row[i] = c.Silently(() => c.Evaluate(big.Body, scope.With(new(variable, near(i)))));
        Quantity previous = row[^1];
        for (int order = 1; order < Points; order++)
        {
            previous = row[^1];
            double weight = Math.Pow(2, order);
            for (int i = Points - 1; i >= order; i--)
                row[i] = c.Algebra.Divide(
                    c.Algebra.Subtract(c.Algebra.Multiply(c.Algebra.Number(weight), row[i]), row[i - 1]),
                    c.Algebra.Number(weight - 1));
        }
        RequireSameSize(big, row[^1], previous);
        for (int i = 0; i < row[^1].Node.Values.Length; i++)
            if (!(Math.Abs(row[^1].Node.Values[i] - previous.Node.Values[i])
                <= 1e-6 * Math.Max(1, Math.Abs(previous.Node.Values[i]))) && !double.IsNaN(row[^1].Node.Values[i]))
                throw NodeRules.NoValue(big, $"the values do not settle as {variable} goes on; the limit has");
        return row[^1];
    }

    private static void RequireSameSize(BigOperator big, Quantity a, Quantity b)
    {
        if (a.Node.Shape != b.Node.Shape)
            throw NodeRules.NoValue(big, "the lists have other sizes nearer to it; the limit has");
    }
}
