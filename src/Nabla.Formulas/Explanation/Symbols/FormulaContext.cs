using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Symbols;

/// <summary>What is known about a formula when its symbols are named.</summary>
internal sealed class FormulaContext
{
    private readonly HashSet<string> names;

    public FormulaContext(Formula formula, IReadOnlyList<RecognisedFormula> recognised)
    {
        Formula = formula;
        Recognised = recognised;
        Uses = SymbolUses.Of(formula.Tree);
        Nodes = [.. formula.Tree.All().Take(5000)];
        names = [.. Uses.Select(use => use.Symbol.Name), .. Uses.Select(use => use.Symbol.StemName)];
        Tags = Symbols.Tags.Of(this);
        if (recognised.Count > 0)
            Tags.UnionWith(recognised[0].Subjects);
    }

    public Formula Formula { get; }

    public IReadOnlyList<RecognisedFormula> Recognised { get; }

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
        Nodes.OfType<Call>().Any(call => KnownFunctions.NameOf(call) is { } name && any.Contains(name));

    /// <summary>Whether there is a node of a kind.</summary>
    public bool Contains<T>() where T : Expression => Nodes.Exists(node => node is T);
}
