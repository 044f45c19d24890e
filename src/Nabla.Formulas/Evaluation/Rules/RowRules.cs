using Nabla.Formulas.Evaluation.Quantities;
using Nabla.Formulas.Evaluation.Reading;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Evaluation.Rules;

/// <summary>Functions of lists that a program takes of each row of a matrix: <c>A.mean(dim=-1)</c>.</summary>
internal static class RowRules
{
    // No symbol of a formula is called so.
    private static readonly Symbol Argument = new("\u0001rows"), Other = new("\u0001others");

    /// <summary>What the function is applied to; null where it is none of one list.</summary>
    public static Expression? ArgumentOf(Expression node) => node switch
    {
        Call { Arguments: [var one] } => one,
        BigOperator { Range.Variables.Count: 0 } big => big.Body,
        Expectation { Arguments: [var one], Over.Count: 0, Given.Count: 0 } => one,
        Delimited { Items: [var one] } => one,
        _ => null,
    };

    /// <summary>Whether it gives a list for each list, as softmax does.</summary>
    public static bool GivesLists(Expression node) =>
        node is Call call && KnownFunctions.NameOf(call) is "softmax" or "log_softmax" or "cumsum";

    /// <summary>The value of the node, row by row where its argument is a matrix.</summary>
    public static Quantity Evaluate(Interpreter c, Expression node, Scope scope)
    {
        Expression whole = node with { ByRow = RowSense.None };
        if (node is Call { Arguments: [_, _] } pair)
            return OfPairs(c, pair, scope);
        if (ArgumentOf(node) is not { } argument)
            return NodeRules.Evaluate(c, whole, scope);
        Quantity value = c.EvaluateIn(Sense(c, node), argument, scope);
        if (value is { Rank: 0, Axes.Length: > 0 }) // of numbers that an index runs through
            return NodeRules.Evaluate(c, whole, scope);
        bool isOfColumns = node.ByRow.Lines == Lines.Columns;
        bool isOfMatrix = node.ByRow.Lines == Lines.RowsOfMatrix;
        if (isOfColumns && value.Rank > 2 || isOfMatrix && value.Rank != 2)
            throw NodeRules.NoValue(node, $"what is taken along dimension {(isOfColumns ? 0 : 1)} of {value.Rank} has");
        isOfColumns &= value.Rank == 2;
        value = isOfColumns ? c.Algebra.Transpose(value) : value;
        Axis[] rows = [.. value.Own.AsSpan()[..Math.Max(0, value.Rank - 1)].ToArray()
            .Select(size => c.NewAxis("", size))];
        Quantity each = rows.Length == 0 ? value : value with { Axes = [.. value.Axes, .. rows] };
        Expression applied = WithArgument(whole, Argument);
        Quantity result = NodeRules.Evaluate(c, applied, scope.With(new Running(Argument.Name, each)));
        foreach (Axis row in rows.Reverse())
            result = c.Algebra.Own(result, row);
        if (isOfColumns && result.Rank == 2) // softmax gives lists
            return c.Algebra.Transpose(result);
        if (rows.Length == 0 || !node.ByRow.IsKept)
            return result;
        return c.Algebra.Reshape(result, isOfColumns ? [1, .. result.Own.AsSpan()] : [.. result.Own.AsSpan(), 1]);
    }

    // F.cosine_similarity(A, B): row by row of both, or of the one that has rows.
    private static Quantity OfPairs(Interpreter c, Call node, Scope scope)
    {
        Quantity[] values = [.. node.Arguments.Select(argument => c.Evaluate(argument, scope))];
        int rank = values.Max(value => value.Rank), most = node.ByRow.Lines == Lines.RowsOfMatrix ? 2 : rank;
        if (rank != most || rank > 2)
            throw NodeRules.NoValue(node, $"what is taken along one dimension of {rank} has");
        if (node.ByRow.Lines == Lines.Columns && rank == 2)
            values = [.. values.Select(value => value.Rank == 2 ? c.Algebra.Transpose(value) : value)];
        int[] counts = [.. values.Where(value => value.Rank == 2).Select(value => value.Own[0]).Distinct()];
        if (counts.Length > 1)
            throw NodeRules.NoValue(node, $"{counts[0]} and {counts[1]} lists side by side have");
        Axis[] rows = [.. counts.Select(count => c.NewAxis("", count))];
        Quantity[] lists = [.. values.Select(value =>
            value.Rank == 2 ? value with { Axes = [.. value.Axes, .. rows] } : value)];
        Scope within = scope.With(new Running(Argument.Name, lists[0])).With(new Running(Other.Name, lists[1]));
        Quantity result = NodeRules.Evaluate(c,
            node with { ByRow = RowSense.None, Arguments = [Argument, Other] }, within);
        return rows.Length == 0 ? result : c.Algebra.Own(result, rows[0]);
    }

    private static PowerSense Sense(Interpreter c, Expression node) => node switch
    {
        Call call => MatrixForms.In(KnownFunctions.NameOf(call) ?? call.Letter, c.PowerSense),
        BigOperator => PowerSense.OfEntries,
        _ => c.PowerSense,
    };

    private static Expression WithArgument(Expression node, Expression argument) => node switch
    {
        Call call => call with { Arguments = [argument] },
        BigOperator big => big with { Body = argument },
        Expectation of => of with { Arguments = [argument] },
        Delimited delimited => delimited with { Items = [argument] },
        _ => node,
    };
}
