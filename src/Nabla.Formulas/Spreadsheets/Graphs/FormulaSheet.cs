using Nabla.Formulas.Evaluation;
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
    private const double Agreement = 1e-12;
    private const int MostTries = 3;

    /// <summary>Lays a formula out, with these values to begin with.</summary>
    /// <exception cref="FormulaException">
    /// It cannot be evaluated, a part of it is computed by no operation of the engine or drawn at random, or it is too
    /// large.
    /// </exception>
    public static Workbook Build(Formula formula, Bindings bindings)
    {
        ArgumentNullException.ThrowIfNull(formula);
        ArgumentNullException.ThrowIfNull(bindings);
        var budget = Budget.OfEvaluation();
        double[] expected =
            [.. Evaluator.Evaluate(formula, bindings, new() { Budget = budget }).Value.Values.ToArray()];
        try
        {
            if (Build(formula, bindings, budget, decisions: true) is { } live && Agree(live.Values, expected))
                return live.Book;
        }
        catch (FormulaException) when (!budget.IsSpent)
        {
            // A case that does not apply has no value, say: then the cells follow the case that does.
        }
        return Build(formula, bindings, budget, decisions: false).Book;
    }

    private static (Workbook Book, double[] Values) Build(
        Formula formula, Bindings bindings, Budget budget, bool decisions)
    {
        Workbook? book = null;
        int tries = 0; // of a = b = c each member is tried that cannot be laid out, and each try takes a sheet
        EvaluationResult result = Evaluator.Evaluate(formula, bindings, new EvaluationOptions
        {
            Gradients = bindings.Names,
            Trace = trace => book = ++tries <= MostTries ? Build(formula, trace, budget)
                : throw new FormulaException("none of the last members of the formula can be laid out."),
            Budget = budget,
            Decisions = decisions,
        });
        return (book!, [.. result.Value.Values.ToArray()]);
    }

    private static bool Agree(double[] a, double[] b) => a.Length == b.Length && a.Zip(b).All(pair =>
        pair.First.Equals(pair.Second)
        || Math.Abs(pair.First - pair.Second) <= Agreement * Math.Max(1, Math.Abs(pair.Second)));

    private static Workbook Build(Formula formula, EngineTrace trace, Budget budget)
    {
        Tensor result = Result(trace);
        var words = new FormulaWords(formula);
        var book = new Workbook(words.Title);
        var page = new Page(book, "Formula", book.Title,
        [
            .. new[] { words.About }.OfType<string>(),
            "How to read this: the blue cells are what was given; each block below is a part of the formula, "
                + "computed from the blocks above it.",
            "Change a blue cell, and everything follows. Click on a white cell to see its formula.",
        ]);
        var cells = new GraphCells(page, budget);
        page.Band("1  What is given");
        foreach ((string name, TracedPart given) in trace.Given)
            if (given.Engine is { Creator: null } leaf)
                cells.Put(leaf, Given(words.Of(name), given, Ends(formula.Tree, name) ? given.Value : null));
        page.Band("2  Step by step", words.Reading);
        HashSet<Tensor> needed = Needed(result);
        foreach (TracedPart part in trace.Parts)
            if (part.Engine is { Creator: not null } tensor && tensor != result && needed.Contains(tensor)
                && !cells.IsPlain(tensor))
                cells.Put(tensor, Spec(part, words));
        page.Band("3  The result", Settled(trace, needed));
        Block block = cells.Put(result, Spec(trace.Result, words) with { Role = Role.Result });
        string what = formula.Left is { } left ? FormulaWords.Short(left) : "value";
        page.Result(trace.Result.Value.Count == 1 ? what : $"{what}, the first of {trace.Result.Value.Count}", block);
        return book;
    }

    private static Tensor Result(EngineTrace trace)
    {
        if (trace.IsSampled)
            throw new FormulaException("a part of the formula is drawn at random, which cells that compute "
                + "themselves cannot be; write it without an expectation, or give the list over which it is the mean.");
        Tensor result = trace.Result.Engine ?? throw new FormulaException(
            $"{FormulaWords.Short(Missing(trace))} is computed by no operation of the engine, and so not by cells.");
        if (trace.Result.Value.Count == 0)
            throw new FormulaException("the value is an empty list; there is nothing to lay out.");
        return result.RequiresGradient ? result : throw new FormulaException(
            "no operation leads from a given number to the value, so that cells have nothing to compute; give a symbol "
            + "of the formula a value with --with.");
    }

    private static BlockSpec Given((string Title, string Meaning) said, TracedPart given, NumberArray? end)
    {
        Shape shape = given.Engine!.Shape;
        string sizes = shape.Rank == 0 ? "" : shape.ToString();
        double? most = end is { Count: 1 } ? end.Values[0] : null;
        string limit = most is null ? "" : $"; at most {most:R} on this sheet";
        return new(said.Title, sizes, said.Meaning + limit)
        {
            Values = GraphCells.GridOf(shape, given.Value.Values.ToArray()),
            Role = Role.Input,
            Most = most,
        };
    }

    private static BlockSpec Spec(TracedPart part, FormulaWords words)
    {
        string over = part.Indices.Count == 0 ? "" : $"for each {string.Join(", ", part.Indices)}";
        Shape shape = part.Value.Shape;
        return new(FormulaWords.Short(part.Expression), over, words.Read(part.Expression))
        {
            Values = GraphCells.GridOf(shape, part.Value.Values.ToArray()),
            Columns = shape.Rank > 0 ? Labels.Numbered("", shape[-1]) : null,
            Rows = shape.Rank > 1
                ? Labels.Of(Enumerable.Range(1, part.Value.Count / shape[-1]).Select(i => $"{i}")) : null,
        };
    }

    /// <summary>Whether a range ends with this name: a larger number would need cells that are not there.</summary>
    private static bool Ends(Expression tree, string name) => tree.All().OfType<BigOperator>().Any(big =>
        big.Range.To is { } end && end.All().Any(part => part is Symbol symbol && symbol.Name == name));

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
        return settled is null ? "" : $"{FormulaWords.Short(settled.Expression)} was found with the numbers given "
            + "first; it does not follow yours.";
    }

    private static Expression Missing(EngineTrace trace) =>
        trace.Parts.FirstOrDefault(part => part.Engine is null)?.Expression ?? trace.Target;
}
