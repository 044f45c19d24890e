using Nabla.Formulas.Articles.Reading;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>What the finders know of the article that they check.</summary>
internal sealed class CheckContext(Article article)
{
    private static readonly (double Value, double Unit)[] KnownRounded =
    [
        (2.7, .1), (2.72, .01), (2.718, .001), (2.7183, 1e-4), (3.14, .01), (3.1416, 1e-4), (3.14159, 1e-5),
            (1.41, .01),
        (1.414, .001), (0.693, .001), (0.69, .01), (1.73, .01), (1.732, .001), (0.33, .01), (0.333, .001), (0.67, .01),
        (0.667, .001), (0.17, .01), (0.37, .01), (0.368, .001), (7.39, .01), (20.09, .01),
    ];

    /// <summary>
    /// So many claims of an article are listed, so many of its lines and relation signs are looked at.
    /// </summary>
    public const int MostClaims = 2000, MostUnits = 20_000, MostRelations = 20_000;

    private readonly HashSet<(double Value, double Unit)> rounded = [.. KnownRounded];
    private readonly SortedSet<string> notes = new(StringComparer.Ordinal);
    private int relations;

    public Article Article => article;

    /// <summary>The lines in which numbers are claimed.</summary>
    public IReadOnlyList<TextUnit> Units { get; } = [.. TextUnit.Of(article).Take(MostUnits)];

    /// <summary>What was left out because there is too much of it.</summary>
    public IEnumerable<string> Notes => Units.Count < MostUnits ? notes
        : notes.Append($"numbers were looked for in the first {MostUnits} lines and formulas only");

    /// <summary>Says that something was left out.</summary>
    public void Note(string what) => notes.Add(what);

    /// <summary>Whether another claim can be listed; says so if not.</summary>
    public bool MayClaim()
    {
        if (Claims.Count >= MostClaims)
            Note($"more than {MostClaims} numbers: those found later are left out");
        return Claims.Count < MostClaims;
    }

    /// <summary>Counts a relation sign; whether there were not too many before.</summary>
    public bool MayRelate()
    {
        if (relations == MostRelations || Claims.Count >= MostClaims)
            Note($"only the first {MostRelations} equations with numbers, and the first {MostClaims} numbers, "
                + "were checked");
        return Claims.Count < MostClaims && relations++ < MostRelations;
    }

    public List<Claim> Claims { get; } = [];

    /// <summary>Functions of one or more variables that the article states: f(x, y) = x^2 + 2xy.</summary>
    public StatedFunctions Functions { get; set; } = StatedFunctions.None;

    /// <summary>By how much a number may be off, as it was printed before as a rounded result.</summary>
    public double SlackOf(PrintedNumber printed) =>
        rounded.Contains((Math.Abs(printed.Value), Key(printed.Unit))) ? printed.Unit / 2 : 0;

    /// <summary>Remembers a number that is printed rounded, as it may be used so later.</summary>
    public void AddRounded(PrintedNumber printed)
    {
        if (printed.Unit < 1)
            rounded.Add((Math.Abs(printed.Value), Key(printed.Unit)));
    }

    public void Add(MappedText text, string kind, string printed,
        (string Recomputed, Verdict Verdict, string Why) result)
    {
        if (!MayClaim())
            return;
        MappedText shown = text.Trim();
        int start = shown.Place(0), end = shown.Length > 0 ? shown.Place(shown.Length - 1) + 1 : start;
        Claims.Add(new Claim(shown.Text, start, Math.Max(0, end - start), kind, printed, result.Recomputed,
            result.Verdict,
            result.Why));
    }

    private static double Key(double unit) => Math.Pow(10, Math.Round(Math.Log10(unit)));
}
