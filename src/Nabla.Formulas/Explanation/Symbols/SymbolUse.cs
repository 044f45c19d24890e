using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Symbols;

/// <summary>A place where a symbol stands.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Path">The nodes above it, the innermost first.</param>
/// <param name="IsMark">Whether it stands as an index or a label of another symbol.</param>
internal sealed record SymbolUse(Symbol Symbol, NodePath? Path, bool IsMark)
{
    public Expression? Parent => Path?.Node;

    /// <summary>Whether it is applied to arguments.</summary>
    public bool IsApplied => Parent is Call call && ReferenceEquals(call.Function, Symbol);

    /// <summary>Whether it is the index of the last of several behind dots: the G of r₁, …, r_G.</summary>
    public bool EndsList => Parent is Symbol { Subscripts.Count: 1 } owner && Symbol.IsBare && Path!.Up?.Node switch
    {
        Collection collection => collection.Items,
        Call call => call.Arguments,
        _ => (NodeList<Expression>)[],
    } is [_, .., Ellipsis, var last] && ReferenceEquals(last, owner);

    /// <summary>All nodes above, the innermost first.</summary>
    public IEnumerable<Expression> Above
    {
        get
        {
            for (NodePath? at = Path; at is not null; at = at.Up)
                yield return at.Node;
        }
    }
}

/// <summary>The way from a node up to the root.</summary>
internal sealed record NodePath(Expression Node, NodePath? Up);

/// <summary>All places where a formula's symbols stand, in order of reading.</summary>
internal static class SymbolUses
{
    // Enough for anything that a person reads; it keeps a line of a megabyte quick.
    private const int MostUses = 2000;

    public static List<SymbolUse> Of(Expression root)
    {
        var uses = new List<SymbolUse>();
        Collect(root, null, isMark: false, uses);
        return uses;
    }

    // What stands under a brace in words says something about the formula; it is no part of it.
    private static bool IsCaption(Expression note) =>
        note.All().Any(part => part is Words or Symbol { Alphabet: Alphabet.Upright, Letter.Length: > 1 });

    private static void Collect(Expression node, NodePath? path, bool isMark, List<SymbolUse> uses)
    {
        if (uses.Count >= MostUses)
            return;
        if (node is Symbol symbol)
            uses.Add(new SymbolUse(symbol, path, isMark));
        IReadOnlyList<Expression> children =
            node is Annotated { Note: var note } noted && IsCaption(note) ? [noted.Inner] : node.Children;
        if (children.Count == 0)
            return;
        var here = new NodePath(node, path);
        for (int i = 0; i < children.Count; i++)
            Collect(children[i], here, isMark || node is Symbol, uses);
    }
}
