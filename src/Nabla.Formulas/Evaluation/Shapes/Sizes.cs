using System.Globalization;

namespace Nabla.Formulas.Evaluation.Shapes;

/// <summary>
/// Sizes that are known, named, or still open; those that must be equal are made one (Robinson 1965).
/// </summary>
internal sealed class Sizes
{
    private readonly Dictionary<string, string> equal = new(StringComparer.Ordinal);
    private int opened;

    /// <summary>A size that nothing is known of yet.</summary>
    public string Open() => $"?{++opened}";

    /// <summary>What a size is known as.</summary>
    public string Of(string size)
    {
        while (equal.TryGetValue(size, out string? other))
            size = other;
        return size;
    }

    /// <summary>Makes two sizes one; false where they are different numbers.</summary>
    public bool Unify(string a, string b)
    {
        (a, b) = (Of(a), Of(b));
        if (a == b)
            return true;
        if (IsNumber(a) && IsNumber(b))
            return false;
        if (Strength(a) > Strength(b))
            (a, b) = (b, a);
        equal[a] = b;
        return true;
    }

    /// <summary>Whether the size is a written number.</summary>
    public static bool IsNumber(string size) =>
        int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    /// <summary>A number says more than a name, a name more than nothing.</summary>
    private static int Strength(string size) => IsNumber(size) ? 2 : size[0] == '?' ? 0 : 1;
}
