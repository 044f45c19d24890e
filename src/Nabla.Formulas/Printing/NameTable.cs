using System.Collections.Frozen;

namespace Nabla.Formulas.Printing;

/// <summary>Reads a table that is written as words, a name and what belongs to it in turns.</summary>
internal static class NameTable
{
    public static FrozenDictionary<string, string> Of(string pairs) => pairs
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Chunk(2)
        .ToFrozenDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
}
