using Nabla.Formulas.Explanation.Reading;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Steps;

/// <summary>The parts of a formula in the order in which one computes them.</summary>
internal static class StepList
{
    // More than anybody follows; the last ones, which hold the others, are kept, unless they are too long.
    private const int MostSteps = 80, MostParts = 4000;

    /// <summary>Each part that is computed, once; the last one is the whole.</summary>
    public static List<ExplainedStep> Of(Formula formula, English english)
    {
        var nodes = new List<Expression>();
        var seen = new HashSet<Expression>();
        foreach (Expression part in Computed(formula.Tree))
            Collect(part, nodes, seen);
        return [.. Kept(nodes).Select(node => new ExplainedStep(node, english.Words(node)))];
    }

    // Each step of a long formula is long itself.
    private static Stack<Expression> Kept(List<Expression> nodes)
    {
        int parts = 0;
        var kept = new Stack<Expression>();
        for (int i = nodes.Count - 1; i >= 0 && kept.Count < MostSteps; i--)
        {
            int size = nodes[i].All().Take(MostParts).Count();
            if (kept.Count > 0 && parts + size > MostParts)
                continue;
            parts += size;
            kept.Push(nodes[i]);
        }
        return kept;
    }

    /// <summary>The sides that are computed: of an equation those on the right.</summary>
    public static IEnumerable<Expression> Computed(Expression tree) => tree switch
    {
        FormulaSystem system => system.Formulas.SelectMany(Computed),
        Qualified qualified => Computed(qualified.Statement),
        Relation { Members: [Symbol or Call or Derivative or Gradient or Element, ..] } relation =>
            relation.Members.Skip(1),
        Relation relation => relation.Members,
        _ => [tree],
    };

    private static void Collect(Expression node, List<Expression> nodes, HashSet<Expression> seen)
    {
        foreach (Expression operand in Operands(node))
            Collect(operand, nodes, seen);
        if (IsStep(node) && seen.Add(node))
            nodes.Add(node);
    }

    // What has to be computed before a node; not its ranges and labels.
    private static IEnumerable<Expression> Operands(Expression node) => node switch
    {
        Symbol => [],
        Sum sum => sum.Terms.Select((term, i) => i > 0 && term is Negation negation ? negation.Operand : term),
        Call call => call.Arguments.Where(argument => argument is not Relation),
        BigOperator big => [big.Body],
        Expectation expectation => expectation.Arguments,
        Derivative { Of: { } of } => [of],
        Derivative => [],
        Gradient gradient => gradient.Of is { } of ? [of] : [],
        Element element => [element.Target],
        Delimited delimited => delimited.Items,
        Collection collection => collection.Items,
        Annotated annotated => [annotated.Inner],
        _ => node.Children,
    };

    private static bool IsStep(Expression node) => node switch
    {
        Atom or Symbol or Annotated or FormulaSystem or Qualified => false,
        Collection { Kind: CollectionKind.Tuple } => false,
        Quotient { Numerator: Number, Denominator: Number } => false,
        Negation { Operand: Number or Quotient { Numerator: Number, Denominator: Number } } => false,
        Relation => false,
        // A function that nobody defined is given, not computed.
        Call call => KnownFunctions.NameOf(call) is not null || call.Arguments.Any(argument => argument is not Symbol),
        Derivative { Of: Symbol or null } or Gradient { Of: Symbol or null } => false,
        _ => true,
    };
}
