using Nabla.Formulas.Evaluation.Quantities;
using Nabla.Formulas.Evaluation.Rules;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Evaluation.Reading;

/// <summary>Sizes that were not given but follow from the lengths of lists: the n of Σᵢ₌₁ⁿ xᵢ.</summary>
internal sealed class InferredSizes(Interpreter interpreter)
{
    private readonly Dictionary<string, Quantity> sizes = new(StringComparer.Ordinal);
    private readonly HashSet<string> underWay = new(StringComparer.Ordinal);

    /// <summary>Those that were asked for.</summary>
    public IReadOnlyDictionary<string, Quantity> Found => sizes;

    /// <summary>The size of a name, or null.</summary>
    public Quantity? Find(string name)
    {
        if (sizes.TryGetValue(name, out Quantity known))
            return known;
        if (!underWay.Add(name))
            return null; // to say how long the list is its own length would be needed
        try
        {
            return OfRange(name) ?? OfSample(name) ?? KeySize(name) ?? Count(name);
        }
        finally
        {
            underWay.Remove(name);
        }
    }

    private Quantity Noted(string name, int size, string from)
    {
        interpreter.Note($"{name} = {size}, {from}");
        return sizes[name] = interpreter.Algebra.Number(size);
    }

    // What is computed, and what it is defined by.
    private IEnumerable<Expression> Parts() => interpreter.Definitions.Bodies.Prepend(interpreter.Target)
        .SelectMany(part => part.All()).Concat(interpreter.Dotted);

    private Quantity? OfRange(string name)
    {
        foreach (Expression node in Parts())
            if (node is BigOperator { Range.Variables: [Symbol variable] } big && EndOf(big.Range) is { } end
                && Behind(end, name) is { } more && LengthOf(big, variable) is { } found)
                return Noted(name, Math.Min(found.To - more, found.Longest), "from the length of the lists that "
                    + (variable == Series.Index ? "the dots run through." : $"{variable.Name} indexes."));
        return null;
    }

    // The n of i = 1, …, n and of i ∈ {1, …, n}.
    private static Expression? EndOf(Trees.Range range) =>
        range.To ?? (range.Domain is Collection { Items: [Number { Value: 1 }, .., Ellipsis, var last] } ? last : null);

    // How far behind the size a range ends: −1 for n − 1; null where it does not end with the size.
    private static int? Behind(Expression end, string name) => end switch
    {
        Symbol symbol when symbol.Name == name => 0,
        Sum { Terms: [Symbol symbol, Number { Value: 1 or 2 } more] } when symbol.Name == name => (int)more.Value,
        Sum { Terms: [Symbol symbol, Negation { Operand: Number { Value: 1 or 2 } less }] } when symbol.Name == name =>
            -(int)less.Value,
        _ => null,
    };

    // How far the index can run, and how long the longest list is that it indexes: Σ_{i=1}^{n−1} x_i leaves out one.
    private (int To, int Longest)? LengthOf(BigOperator big, Symbol variable) =>
        LengthIn(big.Body, big.Range.From, variable)
            ?? (interpreter.Definitions.Inserted(big.Body) is var whole && !ReferenceEquals(whole, big.Body)
                ? LengthIn(whole, big.Range.From, variable) : null);

    private (int To, int Longest)? LengthIn(Expression body, Expression? from, Symbol variable)
    {
        List<IndexUse> uses = interpreter.Ranges.Uses(body, Scope.Empty, [variable.Name]);
        HashSet<string>? fromZero = from is Number { Value: 0 }
            ? interpreter.Ranges.FromZero(variable.Name, uses, Scope.Empty) : null;
        return interpreter.Ranges.Range(variable.Name, uses, Scope.Empty, fromZero) is { } range
            ? (range.To, uses.Max(use => use.Length)) : null;
    }

    // The n of x_(n), the largest: of so many numbers x.
    private Quantity? OfSample(string name)
    {
        if (name is not ("n" or "N"))
            return null;
        foreach (Expression node in Parts())
            if (node is Element { Target: Call { Letter: "sort", Arguments: [Symbol sample] } } place
                && place.Indices.Any(index => index.All().Any(part => part is Symbol size && size.Name == name))
                && interpreter.Store.Find(sample.Name) is { Shape: { Rank: 1 } shape })
                return Noted(name, shape[0], $"the length of {sample.Name}.");
        return null;
    }

    // The N of (1/N)·Σ (y − ŷ)², a sum that names no bounds: how many there are, where all lists are equally long.
    private Quantity? Count(string name)
    {
        if (name is not ("N" or "n" or "m")
            || !Parts().Any(node => node is BigOperator { Kind: BigOperatorKind.Sum, Range.To: null }))
            return null;
        var lengths = interpreter.Store.Names.Select(interpreter.Store.Find)
            .Where(stored => stored is { Shape.Rank: > 0 }).Select(stored => stored!.Shape[0]).Distinct().ToList();
        return lengths is [var count] ? Noted(name, count, "the length of the lists that are summed.") : null;
    }

    // d_k is by custom the number of columns of K.
    private Quantity? KeySize(string name)
    {
        if (name is not ("d_k" or "d_head" or "d_h")
            || (interpreter.Store.Find("K") ?? interpreter.Store.Find("Q")
                ?? interpreter.Store.Find("k")) is not { } keys
            || keys.Shape.Rank == 0)
            return null;
        return Noted(name, keys.Shape[-1], $"the number of columns of {keys.Name}.");
    }
}
