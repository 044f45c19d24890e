using Nabla.Formulas.Evaluation.Quantities;
using Nabla.Formulas.Evaluation.Reading;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Evaluation.Rules;

/// <summary>Limits by extrapolation from points that come nearer and nearer (Richardson 1927).</summary>
internal static class LimitRules
{
    private const int Points = 8, LeastPoints = 4;

    // Whole letters are taken at whole numbers; the others at no simple fractions, where sin πx would always be 0.
    private const double Crooked = 1.2360679774997896;

    // How far values beside the sequence may be from its last one; the limit itself is told much more exactly.
    private const double Beside = 0.1;

    /// <summary>lim of the body as its variable tends to the end of the range.</summary>
    /// <exception cref="FormulaException">The values do not settle.</exception>
    public static Quantity Limit(Interpreter c, BigOperator big, Scope scope)
    {
        if (big.Range is not { Variables: [Symbol variable], To: { } end })
            throw NodeRules.NoValue(big, "a limit without a variable that tends to something has");
        Quantity to = c.Silently(() => c.Evaluate(end, scope));
        if (!Uses(big.Body, variable.Name))
            return c.Evaluate(big.Body, scope); // points nearby would ask for it again and again
        bool far = to.IsNumber && double.IsInfinity(to.Node.Scalar);
        bool isWhole = far && variable.Letter is "n" or "N" or "k" or "m" or "M" or "K" or "T" or "i" or "j";
        Quantity fromAbove = Extrapolated(c, big, variable.Name, scope, i => Near(1, i));
        RequireSettled(1);
        if (far)
            return fromAbove;
        Quantity fromBelow = Extrapolated(c, big, variable.Name, scope, i => Near(-1, i));
        RequireSettled(-1);
        RequireSameSize(big, fromAbove, fromBelow);
        for (int i = 0; i < fromAbove.Node.Values.Length; i++)
        {
            double a = fromAbove.Node.Values[i], b = fromBelow.Node.Values[i];
            if (double.IsFinite(b) && !(Math.Abs(a - b) <= 1e-5 * Math.Max(1, Math.Abs(a))))
                throw NodeRules.NoValue(big, "the limits from both sides differ; the limit has");
        }
        c.Note($"the limit over {variable.Name} is extrapolated from points nearby.");
        return fromAbove;

        Quantity Near(int side, int i) => At(side, far ? Math.Pow(2, i + 3) : Math.Pow(2, -i - 4));

        Quantity At(int side, double distance)
        {
            double step = isWhole ? Math.Round(distance) : distance * Crooked;
            return far ? c.Algebra.Number(Math.Sign(to.Node.Scalar) * step)
                : c.Algebra.Add(to, c.Algebra.Number(side * step));
        }

        // What swings for ever may come back to the same value at 8, 16, 32, …, but not in between too.
        void RequireSettled(int side)
        {
            double end = far ? Math.Pow(2, Points + 2) : Math.Pow(2, -Points - 3);
            double[] last = Values(end);
            foreach (double factor in new[] { 1.001, 1.01, 1.13, 1.37 })
            {
                double[] other = Values(far ? end * factor : end / factor);
                for (int i = 0; i < Math.Min(last.Length, other.Length); i++)
                    if (!(Math.Abs(other[i] - last[i]) <= Beside * Math.Max(1, Math.Abs(last[i])))
                        && double.IsFinite(last[i]) && double.IsFinite(other[i]))
                        throw Swings(big, variable.Name);
            }

            double[] Values(double distance) => c.Silently(() =>
                c.Evaluate(big.Body, scope.With(new(variable.Name, At(side, distance))))).Node.Values;
        }
    }

    private static Quantity Extrapolated(
        Interpreter c, BigOperator big, string variable, Scope scope, Func<int, Quantity> near)
    {
        var row = new Quantity[Points];
        for (int i = 0; i < Points; i++)
            row[i] = c.Silently(() => c.Evaluate(big.Body, scope.With(new(variable, near(i)))));
        row = [.. row.TakeWhile(value => !Array.Exists(value.Node.Values, double.IsNaN))]; // ∞/∞ far out tells nothing
        if (row.Length < LeastPoints)
            throw NodeRules.NoValue(big, $"the values are not defined as {variable} goes on; the limit has");
        Quantity previous = row[^1];
        for (int order = 1; order < row.Length; order++)
        {
            previous = row[^1];
            double weight = Math.Pow(2, order);
            for (int i = row.Length - 1; i >= order; i--)
                row[i] = c.Algebra.Divide(
                    c.Algebra.Subtract(c.Algebra.Multiply(c.Algebra.Number(weight), row[i]), row[i - 1]),
                    c.Algebra.Number(weight - 1));
        }
        RequireSameSize(big, row[^1], previous);
        for (int i = 0; i < row[^1].Node.Values.Length; i++)
            if (!(Math.Abs(row[^1].Node.Values[i] - previous.Node.Values[i])
                <= 1e-6 * Math.Max(1, Math.Abs(previous.Node.Values[i]))))
                throw Swings(big, variable);
        return row[^1];
    }

    private static FormulaException Swings(BigOperator big, string variable) =>
        NodeRules.NoValue(big, $"the values do not settle as {variable} goes on; the limit has");

    private static void RequireSameSize(BigOperator big, Quantity a, Quantity b)
    {
        if (a.Node.Shape != b.Node.Shape)
            throw NodeRules.NoValue(big, "the lists have other sizes nearer to it; the limit has");
    }

    // Not within an operator of its own: the x of lim_{x→0} 3 lim_{x→1} x is the inner one's.
    private static bool Uses(Expression node, string name) => node switch
    {
        Symbol symbol => symbol.Name == name || symbol.Children.Any(child => Uses(child, name)),
        BigOperator inner when inner.Range.Variables.Any(own => own is Symbol { Name: var letter } && letter == name) =>
            new[] { inner.Range.From, inner.Range.To, inner.Range.Domain }.OfType<Expression>()
                .Any(part => Uses(part, name)),
        _ => node.Children.Any(child => Uses(child, name)),
    };
}
