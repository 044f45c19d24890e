using System.Collections.Frozen;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Evaluation.Shapes;
using Nabla.Formulas.Knowledge;
using Nabla.Formulas.Printing;
using Nabla.Formulas.Trees;
using Nabla.Tensors;

namespace Nabla.Formulas.Explanation;

/// <summary>
/// A formula explained: in words at three lengths, symbol by symbol, and with numbers where there are any.
/// </summary>
/// <param name="Formula">The formula.</param>
public sealed record ExplainedFormula(Formula Formula)
{
    /// <summary>One line, as a person reads it aloud.</summary>
    public string Reading { get; init; } = "";

    /// <summary>What it does, in order of computation, and what its parts are for.</summary>
    public string Paragraph { get; init; } = "";

    /// <summary>Its parts in order of computation; the last one is the whole.</summary>
    public IReadOnlyList<ExplainedStep> Steps { get; init; } = [];

    /// <summary>What each symbol is, in the order in which they are met.</summary>
    public IReadOnlyList<ExplainedSymbol> Symbols { get; init; } = [];

    /// <summary>The named formulas that it is, the surest first.</summary>
    public IReadOnlyList<RecognisedFormula> Recognised { get; init; } = [];

    /// <summary>The ideas of mathematics and of the field that stand in it.</summary>
    public IReadOnlyList<string> Concepts { get; init; } = [];

    /// <summary>Traps of this formula, what could be read otherwise, and what could not be computed.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>How the value was computed, where that was not written: sizes, samples, errors.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The value of the right-hand side, or null where too little is known.</summary>
    public NumberArray? Value { get; init; }

    /// <summary>The standard error of a value that was sampled.</summary>
    public double? StandardError { get; init; }

    /// <summary>The shape of the value, if it is known.</summary>
    public Shape? Shape { get; init; }

    /// <summary>The shape that follows without a value, with names for its sizes, or null.</summary>
    public InferredShape? Inferred { get; init; }

    /// <summary>The gradients asked for, by name.</summary>
    public IReadOnlyDictionary<string, NumberArray> Gradients { get; init; } =
        FrozenDictionary<string, NumberArray>.Empty;

    /// <summary>
    /// How many dimensions each symbol has as far as is known or inferred: what a program of the formula needs to know.
    /// </summary>
    public IReadOnlyDictionary<string, int> Ranks => Symbols
        .Where(symbol => symbol is { Inferred.Shape.Sizes: not ["same"] }
            && symbol.Type is not ("function" or "index" or "set" or "distribution"))
        .DistinctBy(symbol => symbol.Symbol, StringComparer.Ordinal)
        .ToDictionary(symbol => symbol.Symbol, symbol => symbol.Inferred!.Shape.Rank, StringComparer.Ordinal);

    /// <summary>
    /// How the formula is printed without values: with the ranks that follow, and π a name where it is something else.
    /// </summary>
    public PrintOptions Printing => PrintOptions.Default with
    {
        Ranks = Ranks,
        NamesPi = Symbols.Any(symbol => symbol is { Symbol: "pi", Name: not "pi" }),
    };

    /// <summary>The names of numbers that the formula needs and that have no value, in order.</summary>
    public IEnumerable<string> Unbound => Symbols.Where(symbol => symbol.Value is null
        && (symbol.Defined == "given" || symbol.Defined.StartsWith("argument of ", StringComparison.Ordinal))
        && symbol.Type is not ("function" or "index" or "set" or "distribution")).Select(symbol => symbol.Symbol);

    /// <summary>The gradients as formulas, where a person would write one, by name.</summary>
    public IReadOnlyDictionary<string, Expression> Derivatives { get; init; } =
        FrozenDictionary<string, Expression>.Empty;

    /// <summary>What a name is bound to, or null.</summary>
    public NumberArray? ValueOf(string name) =>
        Symbols.FirstOrDefault(symbol => string.Equals(symbol.Symbol, name, StringComparison.Ordinal))?.Value;
}

/// <summary>A part of a formula.</summary>
/// <param name="Expression">The part.</param>
/// <param name="Reading">The part in words.</param>
public sealed record ExplainedStep(Expression Expression, string Reading)
{
    /// <summary>Its value, or null; over running indices the list of the values.</summary>
    public NumberArray? Value { get; init; }

    /// <summary>The shape that follows without a value, or null.</summary>
    public InferredShape? Inferred { get; init; }

    /// <summary>The running indices that the value is a list over, outermost first.</summary>
    public NodeList<string> Indices { get; init; } = [];
}

/// <summary>What a symbol is in its formula.</summary>
/// <param name="Symbol">The name by which values are given: <c>alpha_bar_t-1</c>, <c>E[x]</c>.</param>
/// <param name="Name">What people call it: "learning rate".</param>
/// <param name="Role">What it does in this formula: "how far one step goes".</param>
public sealed record ExplainedSymbol(string Symbol, string Name, string Role)
{
    /// <summary>As it is written in a sentence: ᾱ_(t−1).</summary>
    public string Text { get; init; } = "";

    /// <summary>
    /// What kind of thing it is: number, vector, matrix, function, index, set, distribution; or empty.
    /// </summary>
    public string Type { get; init; } = "";

    /// <summary>Where it comes from: the left-hand side, a sum, or given.</summary>
    public string Defined { get; init; } = "";

    /// <summary>What is to be kept in mind, as when one letter stands for two things; or empty.</summary>
    public string Note { get; init; } = "";

    /// <summary>What it is bound to, or null.</summary>
    public NumberArray? Value { get; init; }

    /// <summary>The shape that it has without a value, or null; of a function that of what it gives.</summary>
    public InferredShape? Inferred { get; init; }

    /// <summary>The shape that is custom for it, before the formula is looked at, or null.</summary>
    internal string? UsualShape { get; init; }
}

/// <summary>A named formula of the field that a formula is.</summary>
/// <param name="Id">Its id in the knowledge base.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Confidence">How sure that is, from 0 to 1.</param>
/// <param name="Source">Where it was published.</param>
public sealed record RecognisedFormula(string Id, string Name, double Confidence, string Source)
{
    /// <summary>What it says.</summary>
    public string Meaning { get; init; } = "";

    /// <summary>Why it is as it is.</summary>
    public string Intuition { get; init; } = "";

    /// <summary>What goes wrong with it in practice.</summary>
    public string Pitfalls { get; init; } = "";

    /// <summary>The ideas that it is made of.</summary>
    public IReadOnlyList<string> Concepts { get; init; } = [];

    /// <summary>Ids of named formulas that belong with it.</summary>
    public IReadOnlyList<string> Related { get; init; } = [];

    /// <summary>The lesson that one needs first, 1 to 5, or 0.</summary>
    public int Lesson { get; init; }

    /// <summary>The type or member of Nabla that computes it, or null.</summary>
    public string? Nabla { get; init; }

    /// <summary>Whether only a part of the formula is meant, as the softmax in attention.</summary>
    public bool IsPart { get; init; }

    /// <summary>Which of its symbols stand for which of the entry.</summary>
    internal Recognition? Found { get; init; }
}

/// <summary>What a symbol is called and what it does; null where nothing is known of it.</summary>
internal sealed record SymbolMeaning(string? Name, string? Role, string? Type = null, string? Shape = null);
