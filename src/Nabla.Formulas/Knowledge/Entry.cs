using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nabla.Formulas.Knowledge;

/// <summary>A named formula of the field, and what one should know of it.</summary>
public sealed record Entry
{
    /// <summary>A word for programs, of small letters, digits and <c>_</c>: <c>cross_entropy</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it: "Cross-entropy".</summary>
    public required string Name { get; init; }

    /// <summary>The topic of the file that it stands in: "losses".</summary>
    [JsonIgnore]
    public string Topic { get; internal init; } = "";

    /// <summary>The usual writings in LaTeX, the most usual first; each is recognised.</summary>
    public required IReadOnlyList<string> Formulas { get; init; }

    /// <summary>Words that authors write on the left side or as a label: <c>CE</c>, <c>Attn</c>.</summary>
    public IReadOnlyList<string> Aliases { get => field ?? []; init; }

    /// <summary>What it says, in one or two sentences.</summary>
    public required string Meaning { get; init; }

    /// <summary>The symbols of its formulas by their names (<c>d_k</c>, <c>y_hat</c>).</summary>
    public required IReadOnlyDictionary<string, EntrySymbol> Symbols { get; init; }

    /// <summary>The ideas it is made of: "softmax", "matrix product".</summary>
    public required IReadOnlyList<string> Concepts { get; init; }

    /// <summary>Why it is as it is.</summary>
    public required string Intuition { get; init; }

    /// <summary>What goes wrong with it in practice.</summary>
    public required string Pitfalls { get; init; }

    /// <summary>Ids of entries that belong with it.</summary>
    public required IReadOnlyList<string> Related { get; init; }

    /// <summary>
    /// The lesson that one needs first: 1 weighted sums and the training loop, 2 vectors and matrices, 3 probability,
    /// 4 derivatives, 5 gradient descent and backpropagation.
    /// </summary>
    public required int Lesson { get; init; }

    /// <summary>The paper or book, with the equation where there is one.</summary>
    public required string Source { get; init; }

    /// <summary>The type or member that computes it, by full name, or null where Nabla has none.</summary>
    public string? Nabla { get; init; }

    /// <summary>The first formula with numbers, or null.</summary>
    public EntryExample? Example { get; init; }

    /// <summary>
    /// What is said of a symbol: by its full name, or by its name without indices (<c>y_hat</c> for ŷᵢ), or null.
    /// </summary>
    public EntrySymbol? Symbol(string name, string stemName) =>
        Symbols.GetValueOrDefault(name) ?? Symbols.GetValueOrDefault(stemName);
}

/// <summary>What a symbol of an entry is.</summary>
/// <param name="Name">What people call it: "learning rate".</param>
/// <param name="Role">What it does in this formula: "how far one step goes".</param>
public sealed record EntrySymbol(string Name, string Role)
{
    /// <summary>
    /// Its usual shape as it stands in the formula, indices and all, or null: <c>[T, d_k]</c>, <c>[]</c> for a number;
    /// of a function that of what it gives, <c>same</c> where that is as large as its argument. Sizes that are symbols
    /// of the entry are those symbols.
    /// </summary>
    public string? Shape { get; init; }
}

/// <summary>Values with which the first formula of an entry is evaluated.</summary>
/// <param name="With">A number or a nested list for each name.</param>
/// <param name="Value">What comes out, to six digits or more.</param>
public sealed record EntryExample(IReadOnlyDictionary<string, JsonElement> With, JsonElement Value);
