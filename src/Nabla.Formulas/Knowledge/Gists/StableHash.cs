namespace Nabla.Formulas.Knowledge.Gists;

/// <summary>
/// Hashes that are the same in every process, so that what is recognised is, too; those of .NET begin with a random
/// number. Each unit is folded in by h ← (h ⊕ unit) · 0x100000001B3, modulo 2⁶⁴.
/// Source: Fowler, Noll and Vo, FNV-1a, RFC 9923, here over UTF-16 units and whole words in place of bytes.
/// </summary>
internal static class StableHash
{
    private const ulong Basis = 0xCBF29CE484222325, Prime = 0x100000001B3;

    public static ulong Of(string text)
    {
        ulong hash = Basis;
        foreach (char unit in text)
            hash = (hash ^ unit) * Prime;
        return hash;
    }

    public static ulong Of(ulong first, ulong second, ulong third) =>
        Mixed(Mixed(Mixed(Basis, first), second), third);

    // The upper half is folded down, as the product only carries upwards.
    private static ulong Mixed(ulong hash, ulong word)
    {
        ulong product = (hash ^ word) * Prime;
        return product ^ (product >> 32);
    }
}
