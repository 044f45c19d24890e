using Nabla.Formulas.Evaluation.Graph;
using Nabla.Formulas.Evaluation.Quantities;
using Nabla.Formulas.Printing;
using Nabla.Formulas.Trees;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Formulas.Evaluation.Reading;

/// <summary>
/// One evaluation of a formula: which part of it, its value, its gradients, and whether the engine agrees.
/// </summary>
internal sealed class Run
{
    // What float32 rounds away where terms of size 1 cancel to 0 is no disagreement.
    private const double Agreement = 1e-3, Noise = 1e-6;

    // How many small samples tell the error of a value that is sampled, and how far their seeds are apart.
    private const int Batches = 16;
    private const long SeedStride = 1_000_003;

    private readonly Expression main;
    private readonly Relation? condition;
    private readonly Definitions definitions;
    private readonly IReadOnlyList<string> said;
    private readonly Bindings bindings;
    private readonly EvaluationOptions options;

    /// <param name="tree">The formula.</param>
    /// <param name="bindings">The numbers.</param>
    /// <param name="options">What is wanted.</param>
    /// <param name="choose">Which of several formulas is to be evaluated.</param>
    public Run(
        Expression tree, Bindings bindings, EvaluationOptions options, Func<Expression, Expression> choose)
    {
        var words = new BoundWords(bindings);
        (Expression joined, IReadOnlyList<string> tables) = JointTables.Resolve(
            new BoundReadings(bindings).Settle(words.Settle(tree)), bindings);
        said = [.. words.Notes, .. tables];
        main = choose(joined);
        condition = joined is Qualified { Condition: Relation asked } && IsBound(asked, bindings) ? asked : null;
        definitions = Definitions.Of(joined, main);
        this.bindings = bindings;
        this.options = options with { Gradients = [.. options.Gradients.Select(Wanted)] };
    }

    /// <summary>The value of the last member of the formula that has one.</summary>
    public EvaluationResult Evaluate()
    {
        foreach ((string name, Relation[] lines) in definitions.Repeated)
        {
            double[]?[] found = [.. lines.Select(line => Apart(line.Members[^1], (_, value) => value.Node.Values))];
            double[][] values = [.. found.OfType<double[]>()];
            bool isOpen = lines.Zip(found).Any(pair => pair.Second is null && pair.First.Members[^1] is Symbol);
            if (isOpen && values.Length > 0 || Array.Exists(values, other => !AreNear(values[0], other)))
                throw Definitions.NewValue(name, lines[^1]);
        }
        return WithCondition(Valued());
    }

    private static bool AreNear(double[] a, double[] b) => a.Length == b.Length && a.Zip(b).All(pair =>
        pair.First.Equals(pair.Second)
        || Math.Abs(pair.First - pair.Second) <= Agreement * Math.Max(Math.Abs(pair.First), Math.Abs(pair.Second)));

    // What another part of the formula gives; null where it has no value of its own.
    private T? Apart<T>(Expression part, Func<Interpreter, Quantity, T> read)
        where T : class
    {
        EvaluationOptions plain = options with { Gradients = [], Steps = false, Trace = null };
        try
        {
            using var scope = TensorScope.Begin();
            var c = new Interpreter(bindings, plain, definitions);
            return read(c, c.EvaluateTarget(part, null));
        }
        catch (Exception error) when (error is FormulaException or ArgumentException)
        {
            return null;
        }
    }

    private static bool IsBound(Relation asked, Bindings bindings) =>
        asked.Operators.All(sign => sign.Kind is RelationKind.Less or RelationKind.Greater or RelationKind.Unequal)
        && asked.All().OfType<Symbol>().All(symbol => bindings.TryGet(symbol.Name, out _));

    // x² + 1, x > 0 at x = −2 has a value that nobody asked for.
    private EvaluationResult WithCondition(EvaluationResult result)
    {
        if (condition is null || options.Decisions)
            return result;
        return Apart(condition, (_, holds) => holds.Node.Values.Contains(0) ? result with
        {
            Warnings = [.. result.Warnings,
                $"the condition {FormulaPrinter.Text(condition)} does not hold for what is given."],
        } : result) ?? result;
    }

    private EvaluationResult Valued()
    {
        if (main is not Relation relation || Sides.IsCondition(relation))
            return EvaluateMember(main, null);
        FormulaException? first = null;
        for (int i = relation.Members.Count - 1; i > 0; i--)
        {
            if (relation.Operators[i - 1].Kind is RelationKind.Member or RelationKind.Maps or RelationKind.NotMember)
                continue;
            try
            {
                return WithSides(relation, EvaluateMember(relation.Members[i], relation.Members[0]));
            }
            catch (FormulaException error)
            {
                first ??= error;
                if (options.Budget is { IsSpent: true })
                    break;
            }
        }
        throw first ?? new FormulaException("the formula says what something is, but nothing in it can be computed.");
    }

    // y = x² with an x and a y, Σ i = n(n + 1)/2, |x − y| < ε: whether what is stated holds.
    private EvaluationResult WithSides(Relation relation, EvaluationResult result)
    {
        if (!Sides.AreCompared(relation) || options.Decisions || !HasValues(relation.Members[0]))
            return result;
        return Apart(relation.Members[0], (c, value) =>
        {
            Quantity left = InOrder(c, value);
            return Sides.Compared(relation, new(left.Node.Shape, left.Node.Numbers), result.Value) is { } told
                ? Told(relation, result, told) : result;
        }) ?? result;
    }

    // A left side that is a name has a value only where it is bound; one that computes needs all its names.
    private bool HasValues(Expression left) => left is Symbol symbol ? bindings.TryGet(symbol.Name, out _)
        : left is Number || left.All().Any(node => node is BigOperator or Sum or Product or Quotient or Trees.Power
            or Delimited or Call { Function: Symbol { Kind: SymbolKind.Function } });

    private static EvaluationResult Told(Relation relation, EvaluationResult result, (string Text, bool Holds) told)
    {
        string[] used =
            [.. relation.Members[0].All().OfType<Symbol>().Select(symbol => $"{symbol.Name} is bound, but")];
        string[] warnings = [.. result.Warnings.Where(one =>
            !Array.Exists(used, start => one.StartsWith(start, StringComparison.Ordinal)))];
        return told.Holds ? result with { Notes = [.. result.Notes, told.Text], Warnings = warnings }
            : result with { Warnings = [.. warnings, told.Text] };
    }

    private string Wanted(string name) => bindings.TryGet(name, out _)
        ? name
        : Bindings.NameOf(name) is { } other && bindings.TryGet(other, out _)
            ? other
            : throw new FormulaException(
                $"the gradient by {name} was asked for, but {name} is not bound (bound: {Bound}).");

    private string Bound => string.Join(", ", bindings.Names);

    private EvaluationResult EvaluateMember(Expression member, Expression? left)
    {
        using var scope = TensorScope.Begin();
        var interpreter = new Interpreter(bindings, options, definitions);
        try
        {
            return Finish(interpreter, member, interpreter.EvaluateTarget(member, left));
        }
        catch (ArgumentException error) // tensors and decompositions refuse shapes and numbers with it
        {
            throw new FormulaException($"the formula could not be evaluated: {error.Message}", error);
        }
    }

    private EvaluationResult Finish(Interpreter c, Expression member, Quantity value)
    {
        if (value.IsIdentity)
            throw new FormulaException("the value is an identity matrix whose size nothing says.");
        Quantity ordered = InOrder(c, value);
        double[] engineValue = [.. (ordered.Node.Engine?.ToArray() ?? []).Select(number => (double)number)];
        if (engineValue.Length == ordered.Node.Numbers.Length && ordered.Node.Engine is not null)
            Compare(c, "the value", engineValue, ordered.Node.Numbers);
        var shown = new NumberArray(ordered.Node.Shape, ordered.Node.Numbers);
        Recording? recording = options.HasEngine ? null : Recording.Of(c, ordered.Node);
        List<Step> steps = [.. c.Steps.Where(step => !step.Value.IsIdentity).Select(step => new Step(
            step.Expression, new(step.Value.Node.Shape, step.Value.Node.Numbers),
            [.. step.Value.Axes.Select(axis => axis.Name)]))];
        options.Trace?.Invoke(EngineTrace.Of(c, member, ordered));
        Dictionary<string, NumberArray> gradients =
            options.Decisions ? new(StringComparer.Ordinal) : Gradients(c, ordered.Node);
        string[] idle = [.. bindings.Names.Where(name => !c.Store.Used.ContainsKey(name) && !c.Store.IsPart(name))];
        foreach (string unused in idle)
            c.Warn($"{unused} is bound, but the formula does not use it.");
        WarnOfMore(c, ordered);
        if (Array.Exists(ordered.Node.Numbers, double.IsInfinity)
            && !bindings.Names.Any(name => bindings[name].Values.ToArray().Any(double.IsInfinity)))
            c.Warn("the value is infinite: a number was too large for a double, or something was divided by 0.");
        if (Array.Exists(ordered.Node.Numbers, double.IsNaN))
            c.Warn("the value is not defined (NaN): a root or a logarithm of a negative number, 0/0, or ∞ − ∞.");
        return new EvaluationResult(member, shown)
        {
            Steps = steps,
            Unused = idle,
            Gradients = gradients,
            Inferred = c.Symbols.Inferred.ToDictionary(
                pair => pair.Key, pair =>
                    new NumberArray(pair.Value.Node.Shape, pair.Value.Node.Numbers), StringComparer.Ordinal),
            EngineValue = engineValue.Length == shown.Count ? new(shown.Shape, engineValue) : null,
            StandardError = c.StandardError is null || member is Expectation { Kind: ExpectationKind.Mean }
                ? c.StandardError : ErrorOf(member),
            Notes = [.. said, .. c.Notes],
            Warnings = c.Warnings,
            Recording = recording,
        };
    }

    // C_ij = A_ik B_kj: an index of which the left side knows nothing is summed by some.
    private void WarnOfMore(Interpreter c, Quantity value)
    {
        if (main is not Relation { Members: [Symbol { Subscripts.Count: > 0 } left, ..] })
            return;
        foreach (Axis axis in value.Axes)
            if (!left.Subscripts.Any(mark => mark.All().Any(part => part is Symbol symbol && symbol.Name == axis.Name)))
                c.Warn($"the left side has no index {axis.Name}: the value is a list over it; where it is summed, "
                    + $"write \\sum_{axis.Name}.");
    }

    /// <summary>
    /// The standard error of what is computed from sampled means: the value is computed from many small samples, whose
    /// spread tells (batch means; Glynn and Whitt 1991).
    /// </summary>
    private double ErrorOf(Expression member)
    {
        EvaluationOptions small = options with
        {
            Samples = Math.Max(1, options.Samples / Batches),
            Gradients = [],
            Steps = false,
            Trace = null,
        };
        double[][] values = [.. Enumerable.Range(1, Batches).Select(batch =>
        {
            var c = new Interpreter(bindings, small with { Seed = options.Seed + batch * SeedStride }, definitions);
            return c.EvaluateTarget(member, (main as Relation)?.Members[0]).Node.Values;
        })];
        double largest = 0;
        for (int i = 0; i < values[0].Length; i++)
        {
            double mean = values.Average(value => value[i]);
            double spread = values.Sum(value => (value[i] - mean) * (value[i] - mean)) / (Batches - 1);
            largest = Math.Max(largest, Math.Sqrt(spread / Batches));
        }
        return largest;
    }

    /// <summary>The value with the running letters in the order of the left side, as far as they are there.</summary>
    private Quantity InOrder(Interpreter c, Quantity value)
    {
        if (value.Axes.Length < 2)
            return value;
        List<string> order =
            [.. ((main as Relation)?.Members[0].All() ?? []).OfType<Symbol>().Select(symbol => symbol.Name)];
        int[] places = [.. Enumerable.Range(0, value.Axes.Length)
            .OrderBy(i => order.IndexOf(value.Axes[i].Name) is var at and >= 0
            ? at : int.MaxValue)];
        int[] all = [.. places, .. Enumerable.Range(value.Axes.Length, value.Rank)];
        return new(Rearranging.Permute(c.Tape, value.Node, all), [.. places.Select(i => value.Axes[i])]);
    }

    private Dictionary<string, NumberArray> Gradients(Interpreter c, Node value)
    {
        var gradients = new Dictionary<string, NumberArray>(StringComparer.Ordinal);
        if (options.Gradients.Count == 0)
            return gradients;
        c.Tape.Differentiate(value);
        bool byEngine = value is { Wants: true, Engine.RequiresGradient: true };
        if (byEngine)
            value.Engine!.Sum().Backward();
        foreach (string name in options.Gradients)
        {
            if (c.WithoutGradient.Contains(name))
                continue;
            if (!c.Store.Used.TryGetValue(name, out Quantity leaf))
            {
                NumberArray bound = bindings[name];
                c.Tape.Charge(2L * bound.Count, bound.Count); // those that are bound, and a 0 for each
                c.Warn($"the value does not depend on {name}: its gradient is 0.");
                gradients[name] = new(bound.Shape, new double[bound.Count]);
                continue;
            }
            c.Tape.Charge(leaf.Node.Numbers.Length, leaf.Node.Numbers.Length);
            double[] slope = (double[])leaf.Node.Slope().Clone();
            gradients[name] = new(leaf.Node.Shape, slope);
            if (byEngine && leaf.Node.Engine is Parameter { Gradient: { } engine })
                Compare(c, $"the gradient by {name}", [.. engine.ToArray().Select(number => (double)number)], slope);
        }
        return gradients;
    }

    /// <summary>The engine's float32 must agree with the doubles, as far as float32 can.</summary>
    private static void Compare(Interpreter c, string what, double[] engine, double[] exact)
    {
        double size = 0, gap = 0;
        for (int i = 0; i < exact.Length; i++)
        {
            if (!double.IsFinite(exact[i]) || Math.Abs(exact[i]) > float.MaxValue)
                continue;
            size = Math.Max(size, Math.Abs(exact[i]));
            gap = Math.Max(gap, double.IsNaN(engine[i]) ? double.PositiveInfinity : Math.Abs(engine[i] - exact[i]));
        }
        if (gap > Agreement * size + Noise)
            c.Warn(FormattableString.Invariant(
                $"{what} in the engine's float32 differs by {gap:G2}: digits cancel, or numbers leave its range; ")
                + "what is shown was computed in double.");
    }
}
