using Nabla.Formulas.Knowledge.Gists;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Knowledge.Matching;

/// <summary>
/// What the letters say for or against a match, in the unit of <see cref="GistOps.Weight"/>: the same letter, or one
/// that is used for the same thing by custom; one letter that always stands for the same other one; marks that agree.
/// </summary>
internal sealed class Evidence
{
    private const double SameLetter = 0.7, SameName = 1, OfOneKind = 0.25, Other = 0,
        Repeated = 0.35, Inconsistent = -0.7;

    private readonly Dictionary<string, string> partners = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> back = new(StringComparer.Ordinal);
    private int pairs;
    private bool isVerbatim = true;

    public double Total { get; private set; }

    /// <summary>Whether there are two letters or more, and all are the same.</summary>
    public bool IsVerbatim => isVerbatim && pairs > 1;

    public void Add(Gist mine, Gist theirs)
    {
        pairs++;
        bool isSame = string.Equals(mine.Letter, theirs.Letter, StringComparison.Ordinal);
        isVerbatim &= isSame;
        bool isNew = partners.TryAdd(mine.Letter, theirs.Letter);
        bool isNewBack = back.TryAdd(theirs.Letter, mine.Letter);
        if (isNew && isNewBack)
            Total += Custom(mine, theirs, isSame);
        else if (partners[mine.Letter] == theirs.Letter && back[theirs.Letter] == mine.Letter)
            Total += Repeated;
        else
        {
            Total += Inconsistent;
            Contradictions++;
        }
        Total += Detail(mine, theirs);
    }

    private static double Custom(Gist mine, Gist theirs, bool isSame) =>
        isSame ? mine.Letter.Length > 1 ? SameName : SameLetter
            : mine.IsSpokenOf(theirs) ? SameName
            : mine.IsOfOneKind(theirs) ? OfOneKind : Other;

    /// <summary>How many letters do not keep standing for the same one.</summary>
    public int Contradictions { get; private set; }

    // L(θ) is not L(θ; x, y), and A is not A_k, though nearly; two indices on both sides say more.
    private static double Detail(Gist a, Gist b) => (a.Origin, b.Origin) switch
    {
        (Call mine, Call theirs) => mine.Arguments.Count == theirs.Arguments.Count ? 0.05 : -0.05,
        (Symbol mine, Symbol theirs) when mine.Subscripts.Count == theirs.Subscripts.Count =>
            mine.Subscripts.Count > 1 ? 0.35 : 0.05,
        (Symbol, Symbol) => -0.05,
        _ => 0,
    };
}
