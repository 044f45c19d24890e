using Nabla.Formulas.Evaluation.Rules;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Printing.Programs;

// What is taken of each row or each column: mean(x, dim=-1, keepdim=True).
internal sealed partial class ProgramBuilder
{
    // Of a vector it is taken of all entries; where nothing is known of x, the code has the axis, too.
    private Term RowValue(Expression node)
    {
        Expression whole = node with { ByRow = RowSense.None };
        if (node is Call { Arguments: [var a, var b] } pair)
            return PairValue(pair, Value(a), Value(b));
        if (RowRules.ArgumentOf(node) is not { } argument)
            return Value(whole);
        Term x = known[argument] = Value(argument);
        if (x.Rank <= 1 && symbols.KnowsShapes)
            return Value(whole);
        if (ReductionOf(node) is var (reduction, p)
            && dialect.ReduceRows(reduction, p, x, node.ByRow) is { } rows)
            return rows;
        bool mayBeMatrix = !symbols.KnowsShapes
            && argument.All().Any(part => part is Symbol { Letter: [>= 'A' and <= 'Z'] });
        if (mayBeMatrix || x.Rank > 1)
            throw NotByRows(node);
        return Value(whole);
    }

    // cos_sim(A, B): (Σ ab) / (‖a‖ ‖b‖), each sum along the axis.
    private Term PairValue(Call node, Term a, Term b)
    {
        Expression whole = node with { ByRow = RowSense.None };
        if (symbols.KnowsShapes && Math.Max(a.Rank, b.Rank) <= 1)
            return Value(whole);
        if (KnownFunctions.NameOf(node) == "cos_sim"
            && dialect.ReduceRows("sum", 0, dialect.Combine('*', a, b), node.ByRow) is { } dots
            && dialect.ReduceRows("norm", 2, a, node.ByRow) is { } left
            && dialect.ReduceRows("norm", 2, b, node.ByRow) is { } right)
            return dialect.Combine('/', dots, dialect.Combine('*', left, right));
        throw NotByRows(node);
    }

    private FormulaException NotByRows(Expression node) => Unsayable(node,
        $"it is taken {RowCaptions.Of(node.ByRow)}; write it with an index, as in mean_j x_{{ij}}.");

    // What is taken of the rows, and of which norm.
    private static (string Name, double P)? ReductionOf(Expression node) => node switch
    {
        BigOperator { Kind: BigOperatorKind.Sum } => ("sum", 0),
        BigOperator { Kind: BigOperatorKind.Product } => ("prod", 0),
        BigOperator { Kind: BigOperatorKind.Max } => ("max", 0),
        BigOperator { Kind: BigOperatorKind.Min } => ("min", 0),
        Expectation { Kind: ExpectationKind.Mean } => ("mean", 0),
        Expectation { Kind: ExpectationKind.Variance } => ("var", 0),
        Expectation { Kind: ExpectationKind.StandardDeviation } => ("std", 0),
        Call call when KnownFunctions.NameOf(call) is "norm" => ("norm", 2),
        Call call when KnownFunctions.NameOf(call) is "mean" or "std" or "sample_var" or "sample_std" or "max" or "min"
            or "median" or "logsumexp" => (KnownFunctions.NameOf(call)!, 0),
        Delimited { Kind: DelimiterKind.Norm, Subscript: null } => ("norm", 2),
        Delimited { Kind: DelimiterKind.Norm, Subscript: Number order } => ("norm", order.Value),
        _ => null,
    };
}
