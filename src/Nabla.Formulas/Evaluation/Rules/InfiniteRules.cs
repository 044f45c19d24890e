using Nabla.Formulas.Evaluation.Quantities;
using Nabla.Formulas.Evaluation.Reading;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Evaluation.Rules;

/// <summary>
/// Sums and products without an end: terms are taken in growing stretches until they no longer count. Where they die
/// out slowly, like 1/n², the sums after n, 2n, 4n, … terms are extrapolated to n → ∞ (Richardson 1927).
/// </summary>
internal static class InfiniteRules
{
    private const int FirstStretch = 32, Stretches = 12;

    /// <summary>The value.</summary>
    /// <exception cref="FormulaException">It does not seem to converge.</exception>
    public static Quantity Infinite(Interpreter c, BigOperator big, Scope scope)
    {
        int from = (int)c.EvaluateNumber(big.Range.From ?? new Number(1, "1"), scope, "where a range begins");
        string name = ((Symbol)big.Range.Variables[0]).Name;
        bool isSum = big.Kind == BigOperatorKind.Sum;
        var partial = new List<Quantity>();
        Quantity? total = null;
        int begin = from, length = FirstStretch;
        for (int stretch = 0; stretch < Stretches; stretch++)
        {
            Quantity part = Stretch(c, big, scope, (name, begin, begin + length - 1));
            Quantity next = total is not { } before ? part
                : isSum ? c.Algebra.Add(before, part) : c.Algebra.Multiply(before, part);
            if (total is not null && IsSettled(total.Value, next))
                return next;
            total = next;
            partial.Add(next);
            begin += length;
            length = begin - from;
        }
        return Extrapolated(c, partial, name);
    }

    private static Quantity Stretch(Interpreter c, BigOperator big, Scope scope, (string Name, int From, int To) range)
    {
        Running running = c.Run(range.Name, range.From, range.To);
        Quantity body = c.Silently(() => c.Evaluate(big.Body, scope.With(running)));
        if (!body.Has(running.Axis!))
            body = c.Algebra.Stretch(body, [running.Axis!]);
        return c.Algebra.Fold(body, [running.Axis!],
            big.Kind == BigOperatorKind.Sum ? Graph.Reductions.Sum : Graph.Reductions.Product);
    }

    private static bool IsSettled(Quantity before, Quantity after)
    {
        for (int i = 0; i < after.Node.Values.Length; i++)
        {
            double value = after.Node.Values[i];
            if (!(Math.Abs(value - before.Node.Values[i]) <= 1e-14 * Math.Abs(value)))
                return false;
        }
        return true;
    }

    /// <summary>The limit of S(n), S(2n), S(4n), … where S differs from it by a series in 1/n.</summary>
    private static Quantity Extrapolated(Interpreter c, List<Quantity> partial, string name)
    {
        Quantity[] row = [.. partial.TakeLast(9)];
        Quantity previous = row[^1];
        for (int order = 1; order < row.Length; order++)
        {
            double weight = Math.Pow(2, order);
            previous = row[^1];
            for (int i = row.Length - 1; i >= order; i--)
                row[i] = c.Algebra.Divide(
                    c.Algebra.Subtract(c.Algebra.Multiply(c.Algebra.Number(weight), row[i]), row[i - 1]),
                    c.Algebra.Number(weight - 1));
        }
        double error = 0, size = 0;
        for (int i = 0; i < row[^1].Node.Values.Length; i++)
        {
            error = Math.Max(error, Math.Abs(row[^1].Node.Values[i] - previous.Node.Values[i]));
            size = Math.Max(size, Math.Abs(row[^1].Node.Values[i]));
        }
        if (!(error <= 1e-6 * Math.Max(size, 1e-300)))
            throw new FormulaException($"the sum or product over {name} without an end does not seem to converge.");
        c.Note(FormattableString.Invariant(
            $"the terms over {name} die out slowly; extrapolated, with an error of about {error:G1}."));
        return row[^1];
    }
}
