using System.Globalization;

namespace Nabla.Formulas.Evaluation.Shapes;

/// <summary>
/// Sizes that are known, named, or still open; those that must be equal are made one (Robinson 1965).
/// </summary>
/// <param name="taken">Names that mean something else in the formula.</param>
internal sealed class Sizes(IReadOnlySet<string> taken)
{
    private const char OpenMark = '?';

    private static readonly string[] RowNames = ["m", "n", "p", "q", "r"], ColumnNames = ["n", "m", "k", "p", "q", "r"];

    private readonly Dictionary<string, string> equal = new(StringComparer.Ordinal);
    private readonly HashSet<string> fixedNames = new(StringComparer.Ordinal);
    private readonly HashSet<string> used = new(StringComparer.Ordinal);
    private int opened;

    /// <summary>A size that nothing is known of yet.</summary>
    public string Open() => $"{OpenMark}{++opened}";

    /// <summary>A size that is equal to all others of this name, which is not shown.</summary>
    public static string Open(string name) => $"{OpenMark}{name}";

    /// <summary>Takes a name for a size that differs from those of other fixed names.</summary>
    public void Fix(string name)
    {
        if (!IsNumber(name))
            fixedNames.Add(name);
    }

    /// <summary>What a size is known as.</summary>
    public string Of(string size)
    {
        while (equal.TryGetValue(size, out string? other))
            size = other;
        if (size[0] != OpenMark)
            used.Add(size);
        return size;
    }

    /// <summary>What a size is called; an open one gets a name that nothing else has.</summary>
    public string Named(string size, bool isRow)
    {
        string known = Of(size);
        if (known[0] != OpenMark)
            return known;
        string name = (isRow ? RowNames : ColumnNames).FirstOrDefault(IsFree) ?? Numbered();
        used.Add(name);
        return equal[known] = name;
    }

    /// <summary>Makes two sizes one; false where they are different numbers, or different fixed names.</summary>
    public bool Unify(string a, string b)
    {
        (a, b) = (Of(a), Of(b));
        if (a == b)
            return true;
        if (IsRigid(a) && IsRigid(b))
            return false;
        if (Strength(a) > Strength(b))
            (a, b) = (b, a);
        equal[a] = b;
        return true;
    }

    /// <summary>Whether the size is a written number.</summary>
    public static bool IsNumber(string size) =>
        int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private bool IsRigid(string size) => IsNumber(size) || fixedNames.Contains(size);

    /// <summary>A number says more than a name, a name more than nothing.</summary>
    private int Strength(string size) =>
        IsNumber(size) ? 3 : fixedNames.Contains(size) ? 2 : size[0] == OpenMark ? 0 : 1;

    private bool IsFree(string name) => !taken.Contains(name) && !used.Contains(name);

    private string Numbered() =>
        Enumerable.Range(1, int.MaxValue).Select(i => $"n_{i}").First(IsFree);
}
