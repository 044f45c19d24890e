using Nabla.Formulas.Knowledge.Gists;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Knowledge.Matching;

/// <summary>
/// Which symbol of an entry each symbol of a formula stands for, read off the leaves that lie on one another.
/// </summary>
internal static class Renaming
{
    public static IReadOnlyDictionary<string, Symbol> Of(IEnumerable<(Gist Mine, Gist Theirs)> leaves)
    {
        var names = new Dictionary<string, Symbol>(StringComparer.Ordinal);
        foreach ((Gist mine, Gist theirs) in leaves)
        {
            if (mine.Origin is not null && theirs.Origin is not null)
                Pair(mine.Origin, theirs.Origin, names);
        }
        return names;
    }

    private static void Pair(Expression mine, Expression theirs, Dictionary<string, Symbol> names)
    {
        switch (mine, theirs)
        {
            case (Symbol a, Symbol b):
                if (names.TryAdd(a.Name, b) && a.Subscripts.Count == b.Subscripts.Count)
                    PairAll(a.Subscripts, b.Subscripts, names);
                if (!Labels.HasWord(a) && (a.IsBare || !a.Subscripts.Any(mark => mark is Number)))
                    names.TryAdd(a.StemName, b); // q_min says nothing of q, W₀ nothing of W
                break;
            case (Call a, Call b):
                Pair(a.Function, b.Function, names);
                if (a.Arguments.Count == b.Arguments.Count)
                    PairAll(a.Arguments, b.Arguments, names);
                break;
            case (Call a, Symbol):
                Pair(a.Function, theirs, names);
                break;
            case (Symbol, Call b):
                Pair(mine, b.Function, names);
                break;
        }
    }

    private static void PairAll(
        NodeList<Expression> mine, NodeList<Expression> theirs, Dictionary<string, Symbol> names)
    {
        for (int i = 0; i < mine.Count; i++)
            Pair(mine[i], theirs[i], names);
    }
}
