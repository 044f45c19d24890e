using System.Globalization;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Knowledge.Gists;

/// <summary>
/// What a formula comes down to when layout, indices, signs in front and other matters of style are taken away: a small
/// tree in which <c>wᵀx</c>, <c>Wx</c> and <c>x W</c> are the same.
/// </summary>
internal sealed class Gist
{
    private int kinds;

    public Gist(string op, params Gist[] children)
    {
        Op = op;
        Children = children;
    }

    /// <summary>What is done: <c>sum</c>, <c>mul</c>, <c>log</c>; see <see cref="GistOps"/>.</summary>
    public string Op { get; }

    public Gist[] Children { get; }

    /// <summary>Of a leaf the name by which it is told from others; of a number its digits.</summary>
    public string Letter { get; init; } = "";

    /// <summary>The number of a <see cref="GistOps.Number"/>.</summary>
    public double Value { get; init; }

    /// <summary>
    /// What it was made from, where that is needed again: a leaf's symbol or call, an operator's range.
    /// </summary>
    public Expression? Origin { get; init; }

    /// <summary>Of a leaf the words that say what it is: its own, and what an entry says of it.</summary>
    public string[] Words { get; private set; } = [];

    /// <summary>Gives the leaves below their words.</summary>
    /// <param name="say">The words of what a leaf was made from.</param>
    public void Say(Func<Expression?, string[]> say)
    {
        if (IsLeaf)
            Words = say(Origin);
        foreach (Gist child in Children)
            child.Say(say);
    }

    /// <summary>Whether the name of code here speaks of what the entry's leaf is.</summary>
    public bool IsSpokenOf(Gist theirs) => Words.Length > 0 && SpokenNames.Agree(Words, theirs.Words);

    /// <summary>Whether both letters are used for things of one kind.</summary>
    public bool IsOfOneKind(Gist other) => (kinds & other.kinds) != 0 ||
        string.Equals(Letter, other.Letter, StringComparison.OrdinalIgnoreCase);

    /// <summary>Its place in the order of reading, parents first; set by <see cref="Number"/>.</summary>
    public int Index { get; private set; }

    /// <summary>
    /// A hash of the tree in which all letters are alike and the order of sums and products does not count.
    /// </summary>
    public ulong Shape { get; private set; }

    /// <summary>How much there is to match, with all below.</summary>
    public double Weight { get; private set; }

    public bool IsLeaf => Op == GistOps.Leaf;

    public bool IsNumber => Op == GistOps.Number;

    public static Gist Of(double value) =>
        new(GistOps.Number) { Value = value, Letter = value.ToString("G6", Culture) };

    /// <summary>Numbers all nodes, computes shapes and weights, and returns how many nodes there are.</summary>
    public int Number(int first = 0)
    {
        Index = first;
        if (IsLeaf)
            kinds = LetterKinds.Of(Letter);
        int next = first + 1;
        double weight = GistOps.Weight(Op);
        ulong mixed = 0;
        bool ordered = !GistOps.IsCommutative(Op);
        foreach (Gist child in Children)
        {
            next = child.Number(next);
            weight += child.Weight;
            mixed = ordered ? mixed * 31 + child.Shape : mixed + child.Shape * (child.Shape | 1);
        }
        Shape = StableHash.Of(StableHash.Of(IsNumber ? Letter : Op), mixed, (ulong)Children.Length);
        Weight = weight;
        return next;
    }

    public override string ToString() => Children.Length == 0 ? Letter.Length > 0 ? Letter : Op
        : $"{Op}({string.Join(", ", Children.AsEnumerable())})";

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;
}
