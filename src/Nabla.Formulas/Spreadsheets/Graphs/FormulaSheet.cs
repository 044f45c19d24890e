using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Printing;
using Nabla.Formulas.Spreadsheets.Layout;
using Nabla.Formulas.Trees;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Formulas.Spreadsheets.Graphs;

/// <summary>
/// A formula that computes itself: what is given in cells that can be edited, then every part of the formula in the
/// order of computation. The cells' formulas come from the operations by which the engine has computed the value.
/// </summary>
public static class FormulaSheet
{
    private const int LongestTitle = 60;

    /// <summary>Lays a formula out, with these values to begin with.</summary>
    /// <exception cref="FormulaException">
    /// It cannot be evaluated, a part of it is computed by no operation of the engine or drawn at random, or it is too
    /// large.
    /// </exception>
    public static Workbook Build(Formula formula, Bindings bindings)
    {
        ArgumentNullException.ThrowIfNull(formula);
        ArgumentNullException.ThrowIfNull(bindings);
        Workbook? book = null;
        Evaluator.Evaluate(formula, bindings, new EvaluationOptions
        {
            Gradients = bindings.Names,
            Trace = trace => book = Build(formula, trace),
        });
        return book!;
    }

    private static Workbook Build(Formula formula, EngineTrace trace)
    {
        if (trace.IsSampled)
            throw new FormulaException("a part of the formula is drawn at random, which cells that compute "
                + "themselves cannot be; write it without an expectation, or give the list over which it is the mean.");
        Tensor result = trace.Result.Engine ?? throw new FormulaException(
            $"{Written(Missing(trace))} is computed by no operation of the engine, and so not by cells.");
        if (trace.Result.Value.Count == 0)
            throw new FormulaException("the value is an empty list; there is nothing to lay out.");
        if (!result.RequiresGradient)
            throw new FormulaException("no operation leads from a given number to the value, so that cells have "
                + "nothing to compute; give a symbol of the formula a value with --with.");
        var book = new Workbook(Cut(Written(formula.Tree), LongestTitle));
        var page = new Page(book, "Formula", book.Title,
            "How to read this: the blue cells are what was given; each block below is a part of the formula, "
            + "computed from the blocks above it.",
            "Change a blue cell, and everything follows; only how many terms a sum has was settled when this was "
            + "written.");
        var cells = new GraphCells(page);
        page.Band("1  What is given");
        foreach ((string name, TracedPart given) in trace.Given)
            if (given.Engine is { Creator: null } leaf)
                cells.Put(leaf, new(name, "", Sizes(leaf.Shape))
                {
                    Values = GraphCells.GridOf(leaf.Shape, given.Value.Values.ToArray()),
                    Role = Role.Input,
                });
        page.Band("2  Step by step", Written(formula.Tree));
        HashSet<Tensor> needed = Needed(result);
        foreach (TracedPart part in trace.Parts)
            if (part.Engine is { Creator: not null } tensor && tensor != result && needed.Contains(tensor)
                && !cells.IsPlain(tensor))
                cells.Put(tensor, Spec(part));
        page.Band("3  The result", Settled(trace, needed));
        Block block = cells.Put(result, Spec(trace.Result) with { Role = Role.Result });
        string what = formula.Left is { } left ? Written(left) : "value";
        page.Result(trace.Result.Value.Count == 1 ? what : $"{what}, the first of {trace.Result.Value.Count}", block);
        return book;
    }

    private static BlockSpec Spec(TracedPart part)
    {
        string written = Cut(Written(part.Expression), LongestTitle);
        string over = part.Indices.Count == 0 ? "" : $"for each {string.Join(", ", part.Indices)}";
        Shape shape = part.Value.Shape;
        return new(written, "", over)
        {
            Values = GraphCells.GridOf(shape, part.Value.Values.ToArray()),
            Columns = shape.Rank > 0 ? Labels.Numbered("", shape[-1]) : null,
            Rows = shape.Rank > 1
                ? Labels.Of(Enumerable.Range(1, part.Value.Count / shape[-1]).Select(i => $"{i}")) : null,
        };
    }

    /// <summary>Everything that a tensor was computed from, and itself.</summary>
    private static HashSet<Tensor> Needed(Tensor result)
    {
        var needed = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
        var stack = new Stack<Tensor>([result]);
        while (stack.TryPop(out Tensor? tensor))
            if (needed.Add(tensor) && tensor.Creator is { } op)
                foreach (Tensor input in op.Inputs)
                    stack.Push(input);
        return needed;
    }

    /// <summary>What of the formula does not follow what one types.</summary>
    private static string Settled(EngineTrace trace, HashSet<Tensor> needed)
    {
        if (needed.Any(tensor => tensor.Creator is WhereOp))
            return "Which case of the formula holds was found with the numbers given first; it does not follow yours.";
        TracedPart? settled = trace.Parts.FirstOrDefault(
            part => part.Engine is { RequiresGradient: false } && part.Expression is not Symbol && part.Expression.All()
                .OfType<Symbol>().Any(symbol => trace.Given.ContainsKey(symbol.Name)));
        return settled is null ? "" : $"{Cut(Written(settled.Expression), LongestTitle)} was found with the numbers "
            + "given first; it does not follow yours.";
    }

    private static Expression Missing(EngineTrace trace) =>
        trace.Parts.FirstOrDefault(part => part.Engine is null)?.Expression ?? trace.Target;

    private static string Sizes(Shape shape) => shape.Rank == 0 ? "" : shape.ToString();

    private static string Written(Expression expression) => TextPrinter.Write(expression);

    private static string Cut(string text, int longest) => text.Length <= longest ? text : text[..(longest - 1)] + "…";
}
