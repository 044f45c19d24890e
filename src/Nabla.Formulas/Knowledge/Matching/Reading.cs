using Nabla.Formulas.Knowledge.Gists;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Knowledge.Matching;

/// <summary>
/// One way to look at a formula: what is named, and what it is. A chain a = b = c has two, a = c and a = b.
/// </summary>
internal sealed class Reading
{
    private const int MostMembers = 4;

    private Reading(Expression? left, Expression right, (RelationKind Kind, EntryWords? Entry) of)
    {
        Right = GistBuilder.BuildWhole(right);
        Left = left is null ? null : GistBuilder.Build(left);
        if (Left is { IsLeaf: false } && (Right.IsLeaf || Right.IsNumber))
            (Left, Right, left, right) = (Right, Left, right, left);
        Size = Right.Number();
        LeftSize = Left?.Number() ?? 0;
        Kind = of.Kind;
        Say(of.Entry is { } entry ? entry.Of : SpokenNames.Of);
        if (left is not null)
        {
            Words = [.. left.All().OfType<Symbol>().SelectMany(Labels.WordsOf).Select(word => word.ToLowerInvariant())];
            Titles = [.. left.All().OfType<Symbol>().SelectMany(Labels.TitlesOf)];
        }
        if (Left is { Op: GistOps.Mul } spelled &&
            Array.TrueForAll(spelled.Children, child => child.Letter is [>= 'A' and <= 'Z']))
        {
            string initials = string.Concat(spelled.Children.Select(child => child.Letter)).ToLowerInvariant();
            (Words, Titles) = ([.. Words, initials], [.. Titles, initials]);
        }
        Collect(Right);
        if (Left is not null)
            Collect(Left);
    }

    public Gist? Left { get; private set; }

    public Gist Right { get; private set; }

    public int Size { get; }

    public int LeftSize { get; }

    public RelationKind Kind { get; }

    /// <summary>Words on the left side, in small letters.</summary>
    public string[] Words { get; } = [];

    /// <summary>Of these, those that may be the name of the whole, in small letters.</summary>
    public string[] Titles { get; } = [];

    /// <summary>The letters that occur.</summary>
    public HashSet<string> Letters { get; } = new(StringComparer.Ordinal);

    /// <summary>What the names of its letters say, by their keys.</summary>
    public HashSet<string> Spoken { get; } = new(StringComparer.Ordinal);

    /// <summary>All readings of a formula, the best first.</summary>
    /// <param name="tree">The formula.</param>
    /// <param name="entry">The entry that it stands in, whose words for its symbols count.</param>
    public static IEnumerable<Reading> Of(Expression tree, EntryWords? entry = null) => tree switch
    {
        FormulaSystem system => system.Formulas.Reverse().Take(MostMembers).SelectMany(each => Of(each, entry)),
        Qualified qualified => Of(qualified.Statement, entry),
        Relation relation => relation.Members.Skip(1).Select((member, i) => (member, relation.Operators[i].Kind))
            .Reverse().Take(MostMembers)
            .Select(part => new Reading(relation.Members[0], part.member, (part.Kind, entry))),
        _ => [new Reading(null, tree, (RelationKind.Equal, entry))],
    };

    private void Say(Func<Expression?, string[]> say)
    {
        Right.Say(say);
        Left?.Say(say);
    }

    private void Collect(Gist gist)
    {
        if (gist.IsLeaf)
            Letters.Add(gist.Letter);
        Spoken.UnionWith(gist.Words.Select(SpokenNames.Key));
        foreach (Gist child in gist.Children)
            Collect(child);
    }
}
