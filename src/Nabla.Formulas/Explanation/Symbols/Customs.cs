using System.Collections.Frozen;
using System.Text.Json.Serialization;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Symbols;

/// <summary>What a letter usually stands for, perhaps only in formulas about something.</summary>
internal sealed record Custom
{
    /// <summary>The names it holds for, with indices (<c>d_k</c>) or without.</summary>
    public required IReadOnlyList<string> Symbols { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>What it does.</summary>
    public string? Role { get; init; }

    /// <summary>What kind of thing it is.</summary>
    public string? Type { get; init; }

    /// <summary>Its usual shape, as in <c>[T, d_k]</c>, where the type does not say enough.</summary>
    public string? Shape { get; init; }

    /// <summary>The subject in which it holds, one of <see cref="Tags"/>; null for all.</summary>
    public string? When { get; init; }

    /// <summary>
    /// What else must be seen of <see cref="Tags"/> or <see cref="Signs"/>, any of them; null for nothing.
    /// </summary>
    public IReadOnlyList<string>? Needs { get; init; }

    /// <summary><c>function</c> where it holds only if the symbol is applied, <c>value</c> if it is not.</summary>
    public string? Kind { get; init; }
}

/// <summary>
/// The customs of the field; the rows stand in <c>Explanation/Data/customs.json</c>, the first that fits wins.
/// </summary>
internal static class Customs
{
    private static readonly FrozenDictionary<string, Custom[]> Rows =
        ExplanationData.Read("customs", CustomsJson.Default.CustomArray)
            .SelectMany(row => row.Symbols, (row, symbol) => (symbol, row))
            .GroupBy(pair => pair.symbol, pair => pair.row, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);

    /// <summary>What a symbol usually is in formulas about these subjects, or null.</summary>
    public static Custom? Find(Symbol symbol, bool isApplied, HashSet<string> tags) =>
        Find(symbol.Name, isApplied, tags) ?? Find(symbol.StemName, isApplied, tags)
            ?? (symbol.Letter is "lam" or "lambd" or "lmbda" ? Find("lambda", isApplied, tags) : null);

    /// <summary>What a name usually is in formulas about these subjects, or null.</summary>
    public static Custom? Find(string name, bool isApplied, HashSet<string> tags)
    {
        if (!Rows.TryGetValue(name, out Custom[]? rows))
            return null;
        Custom? usual = null;
        foreach (Custom row in rows)
        {
            if (isApplied ? row.Type is "event" || row.Kind == "value"
                || (row.When is null && row.Type is "number" or "set" or "matrix")
                : row.Kind == "function")
                continue;
            if (row.Needs is { } needs && !needs.Any(tags.Contains))
                continue;
            if (row.When is { } when && tags.Contains(when))
                return row;
            if (row.When is null && (usual is null || (isApplied && usual.Kind is null && row.Kind is not null)))
                usual = row;
        }
        return usual;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(Custom[]))]
internal sealed partial class CustomsJson : JsonSerializerContext;
