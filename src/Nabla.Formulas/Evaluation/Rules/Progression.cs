using Nabla.Formulas.Evaluation.Reading;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Evaluation.Rules;

/// <summary>
/// What dots leave out of 2 + 4 + … + 10: its general term, and from where to where <see cref="Series.Index"/> runs in
/// it. The terms in front of the dots say whether it goes on by adding (a, a + d, …) or by multiplying (a, a·r, …).
/// </summary>
/// <param name="General">The term with the index in it.</param>
/// <param name="From">The index of the first term.</param>
/// <param name="To">The index of the last.</param>
internal sealed record Progression(Expression General, Expression From, Expression To)
{
    private const double Rounding = 1e-9;

    /// <summary>The one that has these terms in front of the dots and this one behind; null if there is none.</summary>
    /// <exception cref="FormulaException">There are two.</exception>
    public static Progression? Of(
        Interpreter c, IReadOnlyList<Expression> heads, Expression last, Scope scope) =>
        Between(c, heads, last, scope) ?? ByLetter(c, heads, last, scope);

    private static Progression? Between(
        Interpreter c, IReadOnlyList<Expression> heads, Expression last, Scope scope)
    {
        if (Series.Between(heads[0], last, out Expression from, out Expression to) is not { } general)
            return null;
        if (heads.Count == 1)
            return new(general, from, to);
        Expression?[] places = [.. heads.Select(head => Place(general, head))];
        if (Array.Exists(places, place => place is null) || Number(c, from, scope) is not { } first)
            return null;
        double?[] given = [first, .. places.Skip(1).Select(place => Number(c, place!, scope))];
        if (Array.Exists(given, number => number is null))
            return null;
        double[] begin = [.. given.Select(number => number!.Value)];
        double step = begin[1] - first, ratio = begin[1] / first;
        if (step == 1 && Fits(begin, i => first + i))
            return new(general, from, to);
        if (Number(c, to, scope) is not { } end)
            return null;
        Progression? added = Fits(begin, i => first + i * step)
            ? Counted((end - first) / step, Sum(first, step)) : null;
        Progression? multiplied = Fits(begin, i => first * Math.Pow(ratio, i))
            ? Counted(Math.Log(end / first) / Math.Log(ratio), Power(first, ratio)) : null;
        if (added is not null && multiplied is not null)
            throw new FormulaException($"after {Text(begin[0])} and {Text(begin[1])} the dots may go on by adding "
                + $"{Text(step)} or by multiplying by {Text(ratio)}; write a third term.", heads[1].Source.Start,
                "a third term before the dots");
        return added ?? multiplied;

        // How many steps there are from the first to the last, a whole number or for ever.
        Progression? Counted(double steps, Expression atIndex) =>
            double.IsPositiveInfinity(steps) || steps >= begin.Length - 1
                && Math.Abs(steps - Math.Round(steps)) <= Rounding * Math.Max(1, steps)
                ? new(general.Rewrite(node => node.Equals(Series.Index) ? atIndex : node), Whole(0),
                    double.IsPositiveInfinity(steps) ? Series.Infinite : Whole(Math.Round(steps)))
                : null;
    }

    /// <summary>1 + 3 + … + (2n − 1): the last term says with its letter what each one is.</summary>
    private static Progression? ByLetter(
        Interpreter c, IReadOnlyList<Expression> heads, Expression last, Scope scope)
    {
        if (heads.Count < 2)
            return null;
        double?[] given = [.. heads.Select(head => Number(c, head, scope))];
        if (Array.Exists(given, number => number is null))
            return null;
        double[] begin = [.. given.Select(number => number!.Value)];
        foreach (Symbol letter in last.All().OfType<Symbol>().Where(symbol => symbol.IsBare).Distinct())
        {
            if (Number(c, letter, scope) is not { } end || end != Math.Floor(end))
                continue;
            for (int start = 0; start <= 2; start++)
            {
                Expression At(double number) => last.Rewrite(node => node.Equals(letter) ? Whole(number) : node);
                if (begin.Index().All(one =>
                    Number(c, At(start + one.Index), scope) is { } value && IsClose(value, one.Item)))
                    return new(last.Rewrite(node => node.Equals(letter) ? Series.Index : node), Whole(start), letter);
            }
        }
        return null;
    }

    /// <summary>What stands in a term where the general one has its index; null if the two differ elsewhere.</summary>
    private static Expression? Place(Expression general, Expression term)
    {
        if (general.Equals(Series.Index))
            return term;
        if (general.Equals(term))
            return null;
        if (general.GetType() != term.GetType() || general.Children.Count != term.Children.Count
            || general is Symbol a && term is Symbol b && a.StemName != b.StemName)
            return null;
        Expression? found = null;
        for (int i = 0; i < general.Children.Count; i++)
        {
            if (general.Children[i].Equals(term.Children[i]))
                continue;
            Expression? inner = Place(general.Children[i], term.Children[i]);
            if (inner is null || found is not null && !found.Equals(inner))
                return null;
            found = inner;
        }
        return found;
    }

    private static double? Number(Interpreter c, Expression node, Scope scope)
    {
        if (node.Equals(Series.Infinite))
            return double.PositiveInfinity;
        try
        {
            return c.EvaluateNumber(node, scope, "a term beside dots");
        }
        catch (FormulaException) when (!c.Tape.Budget.IsSpent)
        {
            return null;
        }
    }

    private static bool Fits(double[] numbers, Func<int, double> rule) =>
        numbers.Index().All(one => IsClose(one.Item, rule(one.Index)));

    private static bool IsClose(double a, double b) =>
        Math.Abs(a - b) <= Rounding * Math.Max(Math.Abs(a), Math.Abs(b));

    private static Sum Sum(double first, double step) =>
        new([Whole(first), new Product([Whole(step), Series.Index])]);

    private static Product Power(double first, double ratio) =>
        new([Whole(first), new Trees.Power(Whole(ratio), Series.Index)]);

    private static Number Whole(double number) => new(number, Text(number));

    private static string Text(double number) => FormattableString.Invariant($"{number:R}");
}
