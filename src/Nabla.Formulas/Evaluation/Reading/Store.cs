using Nabla.Formulas.Evaluation.Graph;
using Nabla.Formulas.Evaluation.Quantities;
using Nabla.Formulas.Trees;
using Nabla.Tensors;

namespace Nabla.Formulas.Evaluation.Reading;

/// <summary>Something with a name and numbers.</summary>
/// <param name="Name">The name by which it is bound.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Quantity">Its value, as a leaf of the computation.</param>
internal sealed record Stored(string Name, Shape Shape, Func<Quantity> Quantity)
{
    /// <summary>Whether it is a whole number, which can be an index.</summary>
    public Func<bool> IsWhole { get; init; } = static () => false;
}

/// <summary>The bound names as leaves of the computation, each one leaf however often it is used.</summary>
internal sealed class Store
{
    private readonly Dictionary<string, Stored> stored = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Quantity> leaves = new(StringComparer.Ordinal);
    private readonly Dictionary<Expression, string> expressions = [];
    private readonly Bindings bindings;
    private readonly Tape tape;
    private readonly HashSet<string> wanted, marks;

    public Store(Bindings bindings, Tape tape, IEnumerable<string> wanted)
    {
        (this.bindings, this.tape) = (bindings, tape);
        this.wanted = new(wanted, StringComparer.Ordinal);
        marks = [.. bindings.Names.SelectMany(name => name.Split('_').Skip(1))];
        foreach (string name in bindings.Names)
        {
            NumberArray value = bindings[name];
            stored[name] = new(name, value.Shape, () => Leaf(name))
            {
                IsWhole = () => IsWhole(name, value),
            };
            // xx is a word, not x times x.
            if (!name.All(char.IsAsciiLetter) && bindings.ExpressionOf(name) is { } expression)
                expressions.TryAdd(expression, name);
        }
        foreach (string name in bindings.Names)
            if (bindings.AliasOf(name) is { } alias)
                stored.TryAdd(alias, stored[name]);
    }

    /// <summary>The bound names.</summary>
    public IReadOnlyList<string> Names => bindings.Names;

    /// <summary>How a value is given that is missing.</summary>
    public string Remedy(string name) => bindings.Remedy(name);

    /// <summary>The bound names that the formula has used.</summary>
    public IReadOnlyDictionary<string, Quantity> Used => leaves;

    /// <summary>Whether what is computed was decided by numbers that it is differentiated by.</summary>
    public bool HasDecided { get; private set; }

    /// <summary>Whether a name is used as one element of a family: x_1 of x.</summary>
    public bool IsPart(string name) => name.LastIndexOf('_') is var at and > 0 && leaves.ContainsKey(name[..at] + "_…");

    /// <summary>Whether a letter stands below a bound name: with x_t given, t is the step that it is of.</summary>
    public bool IsMark(string letter) => marks.Contains(letter);

    /// <summary>What a name is bound to, or null.</summary>
    public Stored? Find(string name) => stored.GetValueOrDefault(name);

    /// <summary>What a whole subexpression is bound to, as <c>dL/dw</c> is; or null.</summary>
    public Stored? Find(Expression expression) =>
        expressions.Count > 0 && (expressions.TryGetValue(expression, out string? name)
            || expression is Call call && expressions.TryGetValue(Unprimed(call), out name)) ? stored[name] : null;

    // p(x | z′) is taken from the table p(x | z).
    private static Call Unprimed(Call call) => call with
    {
        Arguments = [.. call.Arguments.Select(argument => argument is Symbol { Primes: > 0 } primed
            ? primed with { Primes = 0 } : argument)],
    };

    /// <summary>
    /// What is bound under names that differ in an index only: <c>z_i</c> where z_j is asked for, or <c>x_1</c>,
    /// <c>x_2</c>, … as the elements of x.
    /// </summary>
    public Stored? FindFamily(string stem, int indices)
    {
        foreach (string name in bindings.Names)
            if (name.Length == stem.Length + 2 * indices && name.StartsWith(stem, StringComparison.Ordinal)
                && HasIndexLetters(name.AsSpan(stem.Length)) && bindings[name].Shape.Rank >= indices)
                return stored[name];
        return indices == 1 ? Elements(stem) : null;
    }

    /// <summary>Computes with another leaf under a name, by which it can be differentiated.</summary>
    public T With<T>(string name, Quantity leaf, Func<T> compute)
    {
        Quantity before = Leaf(name);
        leaves[name] = leaf;
        try
        {
            return compute();
        }
        finally
        {
            leaves[name] = before;
        }
    }

    private static bool HasIndexLetters(ReadOnlySpan<char> marks)
    {
        for (int i = 0; i < marks.Length; i += 2)
            if (marks[i] != '_' || !char.IsAsciiLetter(marks[i + 1]))
                return false;
        return true;
    }

    /// <summary>x_1, x_2, … of the same shape, as one list.</summary>
    private Stored? Elements(string stem)
    {
        string family = stem + "_…";
        if (stored.TryGetValue(family, out Stored? known))
            return known;
        var parts = new List<string>();
        while (bindings.TryGet($"{stem}_{parts.Count + 1}", out NumberArray part)
            && (parts.Count == 0 || part.Shape == bindings[parts[0]].Shape))
            parts.Add($"{stem}_{parts.Count + 1}");
        if (parts.Count == 0)
            return null;
        Shape shape = [parts.Count, .. bindings[parts[0]].Shape];
        return stored[family] = new(family, shape, () => Joined(family, parts, shape));
    }

    private Quantity Joined(string family, List<string> parts, Shape shape)
    {
        if (!leaves.TryGetValue(family, out Quantity joined))
        {
            Node flat = Rearranging.Concat(tape, [.. parts.Select(part => Leaf(part).Node)]);
            leaves[family] = joined = new(Rearranging.Reshape(tape, flat, shape));
        }
        return joined;
    }

    private bool IsWhole(string name, NumberArray value)
    {
        HasDecided |= wanted.Contains(name);
        return value.IsScalar && value.Values[0] == Math.Floor(value.Values[0]);
    }

    private Quantity Leaf(string name)
    {
        if (!leaves.TryGetValue(name, out Quantity leaf))
        {
            NumberArray value = bindings[name];
            double[] numbers = value.Values.ToArray();
            leaf = new(wanted.Contains(name) ? tape.Variable(value.Shape, numbers)
                : tape.Constant(value.Shape, numbers));
            leaves[name] = leaf;
        }
        return leaf;
    }
}
