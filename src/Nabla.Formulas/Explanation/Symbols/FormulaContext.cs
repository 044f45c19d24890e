using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Symbols;

/// <summary>What is known about a formula when its symbols are named.</summary>
internal sealed class FormulaContext
{
    private readonly HashSet<string> names;

    public FormulaContext(Formula formula, IReadOnlyList<RecognisedFormula> recognised)
    {
        Formula = formula;
        Main = formula.Main;
        Recognised = recognised;
        Uses = SymbolUses.Of(formula.Tree);
        Nodes = [.. formula.Tree.All().Take(5000)];
        names = Uses.SelectMany(use =>
            new[] { use.Symbol.Name, use.Symbol.StemName }).ToHashSet(StringComparer.Ordinal);
        Tags = Symbols.Tags.Of(this);
        Named = recognised.FirstOrDefault(formula => !formula.IsPart);
        if (Named?.Found is { } found && Symbols.Tags.OfTopic(found.Entry.Topic) is { } subject)
            Tags.Add(subject);
        Signs.Add(this, Tags);
    }

    public Formula Formula { get; }

    /// <summary>The formula that is meant, of several.</summary>
    public Expression Main { get; }

    /// <summary>What stands left of its first relation, or null.</summary>
    public Expression? Left => (Main as Relation)?.Members[0];

    /// <summary>What it computes.</summary>
    public Expression Right => Main is Relation relation ? relation.Members[^1] : Main;

    public IReadOnlyList<RecognisedFormula> Recognised { get; }

    /// <summary>What the formula as a whole is called, or null.</summary>
    public RecognisedFormula? Named { get; }

    /// <summary>All places where symbols stand.</summary>
    public List<SymbolUse> Uses { get; }

    /// <summary>The nodes, parents first.</summary>
    public List<Expression> Nodes { get; }

    /// <summary>What the formula is about, in words such as <c>update</c> and <c>diffusion</c>.</summary>
    public HashSet<string> Tags { get; }

    /// <summary>Whether one of the names stands in it, with its indices or without.</summary>
    public bool Has(params ReadOnlySpan<string> any)
    {
        foreach (string name in any)
            if (names.Contains(name))
                return true;
        return false;
    }

    /// <summary>Whether a known function is called.</summary>
    public bool Calls(params string[] any) =>
        Nodes.OfType<Call>().Any(call =>
            KnownFunctions.NameOf(call) is { } name && any.Contains(name, StringComparer.Ordinal));

    /// <summary>Whether there is a node of a kind.</summary>
    public bool Contains<T>() where T : Expression => Nodes.Exists(node => node is T);
}
