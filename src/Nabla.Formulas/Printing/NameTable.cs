using System.Collections.Frozen;

namespace Nabla.Formulas.Printing;

/// <summary>Reads tables that are written as words; a name and what belongs to it in turns.</summary>
internal static class NameTable
{
    /// <summary>The pairs as a table.</summary>
    public static FrozenDictionary<string, string> Of(string pairs) => pairs
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Chunk(2)
        .ToFrozenDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    /// <summary>A set of words.</summary>
    public static FrozenSet<string> Words(string words) =>
        words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
