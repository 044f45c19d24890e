using System.Collections.Frozen;
using System.Text.Json.Serialization;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Reading;

/// <summary>How one function is spoken of.</summary>
internal sealed record FunctionWord
{
    /// <summary>The name by which <see cref="KnownFunctions"/> knows it.</summary>
    public required string Name { get; init; }

    /// <summary>What stands before the arguments: "the softmax of".</summary>
    public required string Of { get; init; }

    /// <summary>As <see cref="Of"/> for two arguments, or for arguments with marks {0} and {1}.</summary>
    public string? Pair { get; init; }

    /// <summary>As <see cref="Of"/> for three arguments or more.</summary>
    public string? Many { get; init; }

    /// <summary>As <see cref="Of"/> where something stands below the name: "the log to the base {}".</summary>
    public string? Below { get; init; }

    /// <summary>Whether a single name after it is not mistaken for the beginning of a product.</summary>
    public bool Closed { get; init; }

    /// <summary>What it is: "sigmoid function".</summary>
    public string? Title { get; init; }

    /// <summary>What it is for: "turns scores into positive weights that add up to 1".</summary>
    public string? Does { get; init; }

    /// <summary>The ideas that it stands for.</summary>
    public IReadOnlyList<string> Concepts { get => field ?? []; init; }
}

/// <summary>What is known of functions by name; the rows stand in <c>Explanation/Data/functions.json</c>.</summary>
internal sealed class FunctionWords
{
    private readonly FrozenDictionary<string, FunctionWord> words;

    private FunctionWords(IEnumerable<FunctionWord> rows) =>
        words = rows.ToFrozenDictionary(row => row.Name, StringComparer.Ordinal);

    /// <summary>The table, read once.</summary>
    public static FunctionWords Table { get; } =
        new(ExplanationData.Read("functions", ReadingJson.Default.FunctionWordArray));

    /// <summary>The row of what is called, or null.</summary>
    public FunctionWord? Find(Call call) => call.Function is Symbol { Primes: > 0 } or Symbol { IsInverse: true } ? null
        : call.Function is Symbol { Letter: "N", Kind: SymbolKind.Set } ? Find("neighbours")
        : KnownFunctions.NameOf(call) is { } name ? Find(name)
        : call.Function is Symbol { Letter: "D" } divergence ? Find(Divergence(divergence)) : Find(call.Letter);

    /// <summary>The row of a function by name, or null.</summary>
    public FunctionWord? Find(string name) => words.GetValueOrDefault(name);

    // D_KL(p ‖ q): what divergence it is stands below.
    private static string Divergence(Symbol symbol) => symbol.Subscripts is [var below]
        ? Spelling.Compact(below).ToLowerInvariant() switch
        {
            "kl" => "kl",
            "js" or "jsd" => "js",
            "tv" => "tv",
            _ => "",
        } : "";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(FunctionWord[]))]
internal sealed partial class ReadingJson : JsonSerializerContext;
