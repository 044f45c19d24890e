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

    // A sum is not over before this many terms were seen: those of e^{-(n - 1000)²} are 0 at first.
    private const int LeastTerms = 4096;

    // Of a settled sum the last terms count nothing; of a slow one they are much smaller after 2,000 times as many.
    private const double Negligible = 1e-12, Vanishing = 0.1;

    /// <summary>The value.</summary>
    /// <exception cref="FormulaException">It does not seem to converge.</exception>
    public static Quantity Infinite(Interpreter c, BigOperator big, Scope scope)
    {
        string name = ((Symbol)big.Range.Variables[0]).Name;
        int from = RangeReader.End(c, big.Range.From ?? new Number(1, "1"), scope, name, smallest: true);
        bool isSum = big.Kind == BigOperatorKind.Sum;
        var partial = new List<Quantity>();
        Quantity? total = null;
        double first = 0, last = 0;
        int begin = from, length = FirstStretch;
        for (int stretch = 0; stretch < Stretches; stretch++)
        {
            (Quantity part, last) = Stretch(c, big, scope, (name, begin, begin + length - 1));
            if (part.Rank == 2)
                throw NodeRules.NoValue(big, "a series of matrices has");
            first = stretch == 0 ? last : first;
            Quantity next = total is not { } before ? part
                : isSum ? c.Algebra.Add(before, part) : c.Algebra.Multiply(before, part);
            if (total is not null && IsSettled(total.Value, next) && IsOver(next, last, isSum)
                && !ComesBack(c, big, scope, (name, begin + length, from + LeastTerms), Largest(next)))
                return next;
            total = next;
            partial.Add(next);
            begin += length;
            length = begin - from;
        }
        // What goes up and down for ever comes back to the same sum at each stretch's end: 1 − 1 + 1 − …
        return last < Vanishing * first ? Extrapolated(c, partial, name) : throw Diverges(name);
    }

    /// <summary>
    /// The sum or product over a stretch, and how far the terms of its second half are from 0, or its factors from 1.
    /// </summary>
    private static (Quantity Total, double Farthest) Stretch(
        Interpreter c, BigOperator big, Scope scope, (string Name, int From, int To) range)
    {
        Running running = c.Run(range.Name, range.From, range.To);
        Quantity body = c.Silently(() => c.Evaluate(big.Body, scope.With(running)));
        if (!body.Has(running.Axis!))
            body = c.Algebra.Stretch(body, [running.Axis!]);
        bool isSum = big.Kind == BigOperatorKind.Sum;
        Quantity total = c.Algebra.Fold(
            body, [running.Axis!], isSum ? Graph.Reductions.Sum : Graph.Reductions.Product);
        (_, int length, int inner) = Graph.Reductions.Lines(body.Node.Shape, Array.IndexOf(body.Axes, running.Axis!));
        double farthest = 0;
        for (int i = 0; i < body.Node.Values.Length; i++)
            if (i / inner % length >= length / 2)
                farthest = Math.Max(farthest, Math.Abs(body.Node.Values[i] - (isSum ? 0 : 1)));
        return (total, farthest);
    }

    /// <summary>
    /// Whether terms further on count again. What is not finite there, as ∞/∞ of xⁿ/n!, tells nothing.
    /// </summary>
    private static bool ComesBack(
        Interpreter c, BigOperator big, Scope scope, (string Name, int From, int To) range, double largest)
    {
        if (range.From > range.To)
            return false;
        double neutral = big.Kind == BigOperatorKind.Sum ? 0 : 1;
        Running running = c.Run(range.Name, range.From, range.To);
        Quantity body = c.Silently(() => c.Evaluate(big.Body, scope.With(running)));
        return Array.Exists(body.Node.Values, value =>
            double.IsFinite(value) && Math.Abs(value - neutral) > Negligible * largest);
    }

    /// <summary>Whether what is left of the terms counts nothing; a product may also have come down to 0.</summary>
    private static bool IsOver(Quantity total, double farthest, bool isSum)
    {
        double largest = Largest(total);
        return isSum ? farthest <= Negligible * largest : farthest <= Negligible || largest == 0;
    }

    private static double Largest(Quantity total) => total.Node.Values.Select(Math.Abs).DefaultIfEmpty().Max();

    private static FormulaException Diverges(string name) =>
        new($"the sum or product over {name} without an end does not seem to converge.");

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
            throw Diverges(name);
        c.Note(FormattableString.Invariant(
            $"the terms over {name} die out slowly; extrapolated, with an error of about {error:G1}."));
        return row[^1];
    }
}
