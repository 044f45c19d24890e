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
        var stems = new List<(string Stem, Symbol Theirs)>();
        (Gist Mine, Gist Theirs)[] pairs = [.. leaves];
        HashSet<string> maps = Maps(pairs);
        foreach ((Gist mine, Gist theirs) in pairs)
        {
            if (mine.Origin is Symbol { IsBare: true } && theirs.Origin is Call { Function: Symbol map } call
                && maps.Contains(map.Name))
                Pair(mine.Origin, call.Arguments[0], (names, stems));
            else if (mine.Origin is not null && theirs.Origin is not null)
                Pair(mine.Origin, theirs.Origin, (names, stems));
        }
        // ε_θ, the network, says nothing of an ε that has a place of its own.
        foreach ((string stem, Symbol theirs) in stems)
            names.TryAdd(stem, theirs);
        return names;
    }

    // Functions that map several things: the p of ‖a − p‖ is already the f(p) of ‖f(a) − f(p)‖.
    private static HashSet<string> Maps((Gist Mine, Gist Theirs)[] pairs) => pairs
        .Select(pair => pair.Theirs.Origin).OfType<Call>()
        .Where(call => call is { Function: Symbol, Arguments: [Symbol] })
        .GroupBy(call => ((Symbol)call.Function).Name, call => ((Symbol)call.Arguments[0]).Name,
            StringComparer.Ordinal)
        .Where(group => group.Distinct(StringComparer.Ordinal).Count() > 1)
        .Select(group => group.Key).ToHashSet(StringComparer.Ordinal);

    private static void Pair(Expression mine, Expression theirs,
        (Dictionary<string, Symbol> Names, List<(string, Symbol)> Stems) found)
    {
        switch (mine, theirs)
        {
            case (Symbol a, Symbol b):
                if (found.Names.TryAdd(a.Name, b) && a.Subscripts.Count == b.Subscripts.Count)
                    PairAll(a.Subscripts, b.Subscripts, found);
                if (!Labels.HasWord(a) && (a.IsBare || !a.Subscripts.Any(mark => mark is Number)))
                    found.Stems.Add((a.StemName, b)); // q_min says nothing of q, W₀ nothing of W
                break;
            case (Call a, Call b):
                Pair(a.Function, b.Function, found);
                if (a.Arguments.Count == b.Arguments.Count)
                    PairAll(a.Arguments, b.Arguments, found);
                break;
            case (Call a, Symbol):
                Pair(a.Function, theirs, found);
                break;
            case (Symbol, Call b):
                Pair(mine, b.Function, found);
                break;
        }
    }

    private static void PairAll(
        NodeList<Expression> mine, NodeList<Expression> theirs,
        (Dictionary<string, Symbol> Names, List<(string, Symbol)> Stems) found)
    {
        for (int i = 0; i < mine.Count; i++)
            Pair(mine[i], theirs[i], found);
    }
}
