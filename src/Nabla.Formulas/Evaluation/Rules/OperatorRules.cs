using System.Collections.Frozen;
using Nabla.Formulas.Evaluation.Graph;
using Nabla.Formulas.Evaluation.Quantities;
using Nabla.Formulas.Evaluation.Reading;
using Nabla.Formulas.Trees;
using Nabla.Tensors;

namespace Nabla.Formulas.Evaluation.Rules;

/// <summary>Σ, Π, max and their like over a range.</summary>
internal static class OperatorRules
{
    private static readonly Dictionary<BigOperatorKind, Func<Interpreter, BigOperator, Scope, Quantity>> Others = new()
    {
        [BigOperatorKind.ArgMax] = (c, big, scope) => Extreme(c, big, scope, 1),
        [BigOperatorKind.ArgMin] = (c, big, scope) => Extreme(c, big, scope, -1),
        [BigOperatorKind.Integral] = IntegralRules.Integral,
        [BigOperatorKind.Limit] = LimitRules.Limit,
        [BigOperatorKind.Concatenation] = Concatenation,
        [BigOperatorKind.ForAll] = (c, big, scope) => c.Evaluate(big.Body, scope),
    };

    private static readonly FrozenDictionary<BigOperatorKind, Folding> Foldings =
        new Dictionary<BigOperatorKind, Folding>
        {
            [BigOperatorKind.Sum] = new(Reductions.Sum, 0),
            [BigOperatorKind.Product] = new(Reductions.Product, 1),
            [BigOperatorKind.Max] = new(Reductions.Max, double.NegativeInfinity),
            [BigOperatorKind.Supremum] = new(Reductions.Max, double.NegativeInfinity),
            [BigOperatorKind.Min] = new(Reductions.Min, double.PositiveInfinity),
            [BigOperatorKind.Infimum] = new(Reductions.Min, double.PositiveInfinity),
        }.ToFrozenDictionary();

    /// <summary>The value of the operator.</summary>
    public static Quantity Operator(Interpreter c, BigOperator big, Scope scope)
    {
        RefuseInterval(big);
        RefuseSearch(c, big);
        if (Foldings.TryGetValue(big.Kind, out Folding? folding))
            return big.Kind is BigOperatorKind.Sum or BigOperatorKind.Product
                && RangeReader.IsInfinite(c, big.Range, big.Body, scope)
                ? InfiniteRules.Infinite(c, big, scope)
                : Fold(c, big, folding, RangeReader.Enter(c, big.Range, big.Body, scope));
        return Others.TryGetValue(big.Kind, out var rule)
            ? rule(c, big, scope)
            : throw NodeRules.NoValue(big, $"{big.Kind} over a range has");
    }

    // max over x ∈ [0, 1] is over all numbers between them; over {0, 1}, over the two.
    private static void RefuseInterval(BigOperator big)
    {
        bool isInterval = big.Range is { Domain: Collection domain, Variables: [Symbol variable] }
            && (domain is { Items.Count: 2, Kind: CollectionKind.List } || domain.Kind >= CollectionKind.ClosedInterval)
            && !big.Body.All().OfType<Symbol>().Any(symbol => symbol.Subscripts.Contains(variable));
        if (isInterval && big.Kind is BigOperatorKind.Max or BigOperatorKind.Min or BigOperatorKind.Supremum
            or BigOperatorKind.Infimum or BigOperatorKind.ArgMax or BigOperatorKind.ArgMin)
            throw NodeRules.NoValue(big, "the extreme over an interval is not searched for (nabla descend does); of "
                + "two numbers write {a, b}; this one has");
    }

    // min_w ‖Xw − y‖² with one w is no least of its entries.
    private static void RefuseSearch(Interpreter c, BigOperator big)
    {
        bool isVector = big.Kind is BigOperatorKind.Max or BigOperatorKind.Min or BigOperatorKind.ArgMax
                or BigOperatorKind.ArgMin
            && big.Range is { From: null, To: null, Domain: null, Variables: [Symbol variable] }
            && c.Store.Find(variable.Name) is { Shape.Rank: > 0 }
            && big.Body.All().Any(part => part is Delimited { Kind: DelimiterKind.Norm }
                or Postfix { Sign: PostfixSign.Transpose } || part is Symbol other && other.Name != variable.Name
                    && c.Store.Find(other.Name) is { Shape.Rank: 2 });
        if (isVector)
            throw new FormulaException($"{((Symbol)big.Range.Variables[0]).Name} was given one value, and the others "
                + "over which it would run are not searched for: for the value at this one, leave out what says over "
                + "which is taken.", big.Source.Start, "the formula without min or max");
    }

    /// <summary>The body over the range, folded into one.</summary>
    private static Quantity Fold(Interpreter c, BigOperator big, Folding folding, Entered range)
    {
        if (range.Indices.Any(index => index.Axis!.Size == 0))
            return c.Algebra.Number(folding.Neutral);
        bool before = c.TakesEntries;
        c.TakesEntries = range.OverBody && big.Range.Variables.Count == 0;
        Quantity body;
        try
        {
            body = c.EvaluateIn(
                c.TakesEntries ? PowerSense.OfEntries : c.PowerSense, big.Body, range.Scope);
        }
        finally
        {
            c.TakesEntries = before;
        }
        if (range.OverBody)
            return OverBody(c, big, folding, body);
        if (range.Mask is { } mask)
            body = ConditionRules.Choose(c.Algebra, mask, body, c.Algebra.Number(folding.Neutral));
        if (!range.Axes.Any(body.Has) && body.Rank > 0 && range.Axes is [{ } only] && body.Own[0] == only.Size
            && range.Mask is null)
            return OverBody(c, big, folding, body);
        Axis[] missing = [.. range.Axes.Where(axis => !body.Has(axis))];
        body = c.Algebra.Fold(body, range.Axes, folding.Reduce);
        return Repeat(c.Algebra, big.Kind, body, missing.Aggregate(1.0, (count, axis) => count * axis.Size));
    }

    private static Quantity OverBody(Interpreter c, BigOperator big, Folding folding, Quantity body)
    {
        if (body.Rank == 0 && big.Range.Variables.Count > 0)
            throw new FormulaException(
                "how far the index runs cannot be told: write its range, or bind the lists that it indexes.",
                big.Source.Start, "a range such as i=1 … N");
        if (big.Range.Variables.Count > 0)
            c.Note("the index does not occur in the body: all entries of the list are taken together.");
        if (body.Rank == 0 && body.Axes.Length > 0)
            c.Warn($"the {(big.Kind == BigOperatorKind.Sum ? "sum" : "operator")} names no index, and what it is "
                + "taken of is one number for each index of the left side: write over what it runs, as in \\sum_i.");
        return c.Algebra.FoldOwn(body, folding.Reduce);
    }

    /// <summary>A body that does not depend on the index: n times it, or its nth power.</summary>
    private static Quantity Repeat(Algebra algebra, BigOperatorKind kind, Quantity body, double count) => count == 1
        ? body
        : kind switch
        {
            BigOperatorKind.Sum => algebra.Multiply(body, algebra.Number(count)),
            BigOperatorKind.Product => PowerRules.Raise(algebra, body, algebra.Number(count)),
            _ => body,
        };

    /// <summary>The value of the index at which the body is largest, or smallest; of several the first.</summary>
    private static Quantity Extreme(Interpreter c, BigOperator big, Scope scope, int sign)
    {
        Entered range = RangeReader.Enter(c, big.Range, big.Body, scope);
        Quantity body = c.Evaluate(big.Body, range.Scope);
        if (range.Mask is { } mask)
            body = ConditionRules.Choose(c.Algebra, mask, body, c.Algebra.Number(sign * double.NegativeInfinity));
        if (range.OverBody)
        {
            if (body.Rank == 0)
                throw NodeRules.NoValue(big, "arg max over something that is neither indexed nor a list has");
            return ListExtreme(c.Algebra, body, sign);
        }
        if (range.Indices.Any(index => index.Axis!.Size == 0))
            throw NodeRules.NoValue(big, "arg max over an empty range has");
        if (range.Indices is not [var running] || body.Rank > 0)
            throw NodeRules.NoValue(big, "arg max over several indices together has");
        body = body.Has(running.Axis!) ? body : c.Algebra.Stretch(body, [running.Axis!]);
        int dim = Array.IndexOf(body.Axes, running.Axis!);
        int[] best = Reductions.Extreme(body.Node, dim, sign);
        double[] values = running.Value.Node.Values;
        if (running.Value.Rank > 0)
            throw NodeRules.NoValue(big, $"arg max over the rows of {running.Name}, which are lists, has");
        Shape shape = body.Node.Shape.Without(dim);
        return new(c.Tape.Decided(
            shape, [.. best.Select(at => values[at])], new ExtremePlace(dim, sign > 0, values), body.Node),
            [.. body.Axes.Where(axis => axis != running.Axis)]);
    }

    /// <summary>The position, from 1, of the largest number of a list; along the last dimension.</summary>
    public static Quantity ListExtreme(Algebra algebra, Quantity list, int sign)
    {
        int dim = list.Node.Shape.Rank - 1;
        if (list.Node.Shape[dim] == 0)
            throw new FormulaException("of an empty list no entry is the largest or the smallest.");
        int[] best = Reductions.Extreme(list.Node, dim, sign);
        double[] places = [.. Enumerable.Range(1, list.Node.Shape[dim]).Select(place => (double)place)];
        return new(algebra.Tape.Decided(list.Node.Shape.Without(dim), [.. best.Select(at => places[at])],
            new ExtremePlace(dim, sign > 0, places), list.Node), list.Axes);
    }

    private static Quantity Concatenation(Interpreter c, BigOperator big, Scope scope)
    {
        Entered range = RangeReader.Enter(c, big.Range, big.Body, scope);
        Quantity body = c.Evaluate(big.Body, range.Scope);
        foreach (Axis axis in range.Axes.Reverse())
            body = c.Algebra.Own(body, axis);
        return c.Algebra.Reshape(body, [body.Own.ElementCount]);
    }

    private sealed record Folding(Func<Tape, Node, int, Node> Reduce, double Neutral);
}
