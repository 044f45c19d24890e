using Nabla.Formulas.Evaluation.Quantities;

namespace Nabla.Formulas.Evaluation.Reading;

/// <summary>What a letter stands for inside an operator's body: an index that runs, or a function's argument.</summary>
/// <param name="Name">The letter.</param>
/// <param name="Value">Its value, along the axis if it runs.</param>
internal sealed record Running(string Name, Quantity Value)
{
    /// <summary>What it runs along; null for an argument, which is one value.</summary>
    public Axis? Axis { get; init; }

    /// <summary>Its position in a table, where that is not its value: x runs over the list of its values.</summary>
    public Quantity? Position { get; init; }

    /// <summary>The tables whose first element it calls 0.</summary>
    public HashSet<string> FromZero { get; init; } = [];

    /// <summary>Its smallest value.</summary>
    public double Smallest => (Position ?? Value).Node.Values is { Length: > 0 } values ? values.Min() : 1;
}

/// <summary>The letters that mean something at a place in a formula; inner ones hide outer ones.</summary>
internal sealed class Scope
{
    private readonly Scope? outer;
    private readonly Running? running;

    private Scope(Scope? outer, Running? running, Quantity? mask) =>
        (this.outer, this.running, Mask) = (outer, running, mask);

    /// <summary>Where no letter runs.</summary>
    public static Scope Empty { get; } = new(null, null, null);

    /// <summary>Where the value matters: 1, or 0 where a range does not reach and a case does not apply.</summary>
    public Quantity? Mask { get; }

    /// <summary>The scope with one more letter.</summary>
    public Scope With(Running inner) => new(this, inner, Mask);

    /// <summary>The scope where the value matters in fewer places.</summary>
    public Scope Within(Quantity mask) => new(this, null, mask);

    /// <summary>What a letter stands for, or null.</summary>
    public Running? Find(string name)
    {
        for (Scope? scope = this; scope is not null; scope = scope.outer)
            if (scope.running?.Name == name)
                return scope.running;
        return null;
    }
}
