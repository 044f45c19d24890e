using System.Collections.Frozen;
using System.Text.Json.Serialization;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Symbols;

/// <summary>What a name that code writes out says by itself: <c>seq_len</c>, <c>weight_decay</c>.</summary>
internal sealed record CodeName
{
    /// <summary>The spellings.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>What it does.</summary>
    public required string Role { get; init; }

    /// <summary>What kind of thing it is, or null.</summary>
    public string? Type { get; init; }

    /// <summary>What is said of a symbol of this name.</summary>
    public SymbolMeaning Meaning => new(Name, Role, Type);
}

/// <summary>What a word at a name says of which one is meant: the <c>chosen</c> of <c>r_chosen</c>.</summary>
/// <param name="Label">The word.</param>
/// <param name="Words">What is said: "of the preferred answer".</param>
/// <param name="Name">What the whole is called, where it is another thing: the <c>grad</c> of <c>w_grad</c>.</param>
/// <param name="Role">What that does.</param>
internal sealed record CodeLabel(string Label, string Words, string? Name = null, string? Role = null);

/// <summary>
/// Names of code; the rows stand in <c>Explanation/Data/code-names.json</c>, the words at them in
/// <c>code-labels.json</c>.
/// </summary>
internal static class CodeNames
{
    private static readonly FrozenDictionary<string, CodeName> Rows =
        ExplanationData.Read("code-names", CodeNamesJson.Default.CodeNameArray)
            .SelectMany(row => row.Names, (row, name) => (name, row))
            .ToFrozenDictionary(pair => pair.name, pair => pair.row, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, CodeLabel> Labels =
        ExplanationData.Read("code-labels", CodeNamesJson.Default.CodeLabelArray)
            .ToFrozenDictionary(row => row.Label, StringComparer.Ordinal);

    /// <summary>What a symbol's name says, or null: where it is a letter, or a word that is not known.</summary>
    public static SymbolMeaning? Find(Symbol symbol) => symbol.Accents.Count > 0 || symbol.Primes > 0
        ? null : Find(symbol.Name);

    /// <summary>What a name says, or null.</summary>
    public static SymbolMeaning? Find(string name) => Rows.GetValueOrDefault(name)?.Meaning;

    /// <summary>The words for the label at a name: "of the preferred answer", or null.</summary>
    public static string? LabelOf(Symbol symbol) =>
        symbol.Name.Split('_').Select(part => Labels.GetValueOrDefault(part)?.Words)
            .LastOrDefault(words => words is not null);

    /// <summary>What the label at a name says: "reward of the preferred answer", or null.</summary>
    /// <param name="symbol">The symbol, such as <c>r_chosen</c> or <c>logp_old</c>.</param>
    /// <param name="bare">What the rest of its name stands for, or null.</param>
    public static SymbolMeaning? Labelled(Symbol symbol, Func<string, SymbolMeaning?> bare)
    {
        string[] parts = symbol.Name.Split('_');
        int at = Array.FindLastIndex(parts, Labels.ContainsKey);
        if (parts.Length < 2 || at < 0)
            return null;
        CodeLabel label = Labels[parts[at]];
        string rest = string.Join('_', parts.Where((_, i) => i != at));
        if (bare(rest) is not { } meaning)
            return null;
        return label.Name is { } name ? new(name, label.Role, meaning.Type)
            : new($"{meaning.Name} {label.Words}", meaning.Role, meaning.Type);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(CodeName[]))]
[JsonSerializable(typeof(CodeLabel[]))]
internal sealed partial class CodeNamesJson : JsonSerializerContext;
