using System.Globalization;
using Nabla.Formulas.Trees;
using Nabla.Numerics;
using Nabla.Tensors;

namespace Nabla.Formulas.Evaluation;

/// <summary>
/// What the names of a formula stand for: numbers and lists, <c>Q=[[1,0],[0,1]]</c>. Names are those of
/// <see cref="Symbol.Name"/>; one that is written otherwise, <c>ᾱ_t</c> or <c>\theta</c>, is read as a formula first.
/// A derivative that the formula only names is bound by <c>dL/dw</c> or <c>grad_L</c>.
/// </summary>
public sealed class Bindings
{
    private const int MostNumbers = 1 << 21, MostDimensions = 8;

    private readonly Dictionary<string, NumberArray> values;
    private readonly List<string> names;
    private readonly Dictionary<string, string> aliases;
    private readonly Dictionary<string, Expression> expressions;

    /// <summary>No bindings.</summary>
    public Bindings() : this(
        new(StringComparer.Ordinal), [], new(StringComparer.Ordinal), new(StringComparer.Ordinal))
    {
    }

    private Bindings(Dictionary<string, NumberArray> values, List<string> names, Dictionary<string, string> aliases,
        Dictionary<string, Expression> expressions) =>
        (this.values, this.names, this.aliases, this.expressions) = (values, names, aliases, expressions);

    /// <summary>The names in the order in which they were bound.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>
    /// Where whoever asks writes values, to be named where one is missing: <c>--with</c>; or empty.
    /// </summary>
    public string GivenBy { get; init; } = "";

    /// <summary>What a name stands for.</summary>
    /// <exception cref="KeyNotFoundException">The name is not bound; <see cref="TryGet"/> asks.</exception>
    public NumberArray this[string name] => values[name];

    /// <summary>Reads bindings, each <c>NAME=VALUE</c>.</summary>
    /// <exception cref="FormulaException">One has no name or no value, or a name is bound twice.</exception>
    public static Bindings Parse(params ReadOnlySpan<string> bindings) => Read("", bindings);

    /// <summary>Reads bindings, each <c>NAME=VALUE</c>, of an option that is named where a value is missing.</summary>
    /// <exception cref="FormulaException">One has no name or no value, or a name is bound twice.</exception>
    public static Bindings Read(string option, params ReadOnlySpan<string> bindings)
    {
        var result = new Bindings { GivenBy = option };
        foreach (string binding in bindings)
        {
            int sign = binding.IndexOf('=', StringComparison.Ordinal);
            if (sign <= 0 || sign == binding.Length - 1)
                throw new FormulaException($"'{binding}' binds nothing; write NAME=VALUE, as in d_k=2 or x=[1,2].");
            result.Add(binding[..sign], ValueOf(binding, sign + 1));
        }
        return result;
    }

    /// <summary>Binds a name.</summary>
    /// <exception cref="FormulaException">The name is bound already.</exception>
    public void Add(string name, NumberArray value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Expression? expression = Read(name);
        string written = Accented(name.Trim());
        string canonical = expression is Symbol symbol && !IsPlain(written) ? symbol.Name : written;
        if (!values.TryAdd(canonical, value))
            throw new FormulaException($"{canonical} is bound twice.");
        names.Add(canonical);
        if (expression is Symbol other && other.Name != canonical)
            aliases.Add(canonical, other.Name);
        else if (expression is not (null or Symbol))
            expressions.Add(canonical, expression);
    }

    /// <summary>Binds a name to a number.</summary>
    public void Add(string name, double value) => Add(name, new NumberArray(value));

    /// <summary>Binds a name to independent samples of N(0, 1) of a shape written <c>10x64</c>, or <c>5</c>.</summary>
    /// <exception cref="FormulaException">The text is no shape.</exception>
    public void AddRandom(string name, string shape, Rng rng) => AddRandom(name, shape, rng, Domain.Numbers);

    /// <summary>
    /// Binds a name to random numbers of a shape within a domain: samples of N(0, 1), their exponentials, or the
    /// softmax of each row of them.
    /// </summary>
    /// <exception cref="FormulaException">The text is no shape.</exception>
    public void AddRandom(string name, string shape, Rng rng, Domain domain)
    {
        ArgumentNullException.ThrowIfNull(rng);
        Shape sizes = ReadShape(name, shape);
        if (values.Values.Sum(bound => (long)bound.Count) + sizes.ElementCount > MostNumbers)
            throw new FormulaException($"the shape {shape} of {name} makes more than {MostNumbers} numbers of all "
                + "names together; give smaller ones.");
        var numbers = new double[sizes.ElementCount];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = rng.NextNormal();
        Domains.Move(numbers, sizes.Rank == 0 ? 1 : sizes[sizes.Rank - 1], domain);
        Add(name, new NumberArray(sizes, numbers));
    }

    /// <summary>These bindings and others.</summary>
    /// <exception cref="ArgumentException">A name is bound in both.</exception>
    public Bindings And(Bindings others)
    {
        ArgumentNullException.ThrowIfNull(others);
        return new(Joined(values, others.values), [.. names, .. others.names], Joined(aliases, others.aliases),
            Joined(expressions, others.expressions))
        {
            GivenBy = string.Join(" or ",
                new[] { GivenBy, others.GivenBy }.Where(option => option.Length > 0).Distinct(StringComparer.Ordinal)),
        };
    }

    /// <summary>The same bindings, but that some names have other numbers.</summary>
    /// <param name="moved">The names; each keeps its shape.</param>
    /// <param name="numbers">All their numbers, one after the other.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer numbers than the names have.</exception>
    public Bindings With(IEnumerable<string> moved, ReadOnlySpan<double> numbers)
    {
        ArgumentNullException.ThrowIfNull(moved);
        var changed = new Dictionary<string, NumberArray>(values, StringComparer.Ordinal);
        foreach (string name in moved)
        {
            NumberArray old = values[name];
            changed[name] = new(old.Shape, numbers[..old.Count].ToArray());
            numbers = numbers[old.Count..];
        }
        return new(changed, [.. names], aliases, expressions) { GivenBy = GivenBy };
    }

    /// <summary>How a value is given that is missing: <c>--with x=VALUE</c>, as far as it is known.</summary>
    internal string Remedy(string name) => GivenBy.Length == 0 ? $"give it as {name}=VALUE"
        : $"give it with {GivenBy} {name}=VALUE";

    /// <summary>What a name stands for, if it is bound.</summary>
    public bool TryGet(string name, out NumberArray value)
    {
        bool found = values.TryGetValue(name, out NumberArray? bound);
        value = bound!;
        return found;
    }

    /// <summary>The sizes in a text such as <c>10x64</c>.</summary>
    /// <exception cref="FormulaException">The text is no shape, or it has more numbers than can be computed
    /// with.</exception>
    public static Shape ReadShape(string name, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Trim('[', ']', '(', ')', ' ').Split(['x', '×', ',', '*'], StringSplitOptions.TrimEntries);
        var sizes = new List<int>();
        long count = 1;
        foreach (string part in parts)
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int size) || size == 0)
                throw new FormulaException(
                    $"'{text}' is no shape for {name}; write sizes with x between them, as 10x64.");
            sizes.Add(size);
            count *= size;
            if (sizes.Count > MostDimensions)
                throw new FormulaException(
                    $"the shape {text} of {name} has more than {MostDimensions} dimensions; give fewer.");
            if (count > MostNumbers)
                throw new FormulaException(
                    $"the shape {text} of {name} holds too many numbers; at most {MostNumbers}.");
        }
        return [.. sizes];
    }

    /// <summary>
    /// The name as an expression where it is more than a name: <c>dL/dw</c>, <c>∇L</c>, <c>P(B|A)</c>.
    /// </summary>
    internal Expression? ExpressionOf(string name) => expressions.GetValueOrDefault(name);

    /// <summary>The name that formulas give what is written so, where it differs: <c>beta_1</c> of beta1.</summary>
    internal string? AliasOf(string name) => aliases.GetValueOrDefault(name);

    /// <summary>What a name of a formula stands for, bound by that name or by another spelling of it: eps.</summary>
    internal NumberArray? ValueOf(string name) => values.GetValueOrDefault(name)
        ?? (names.Find(bound => AliasOf(bound) == name) is { } spelling ? values[spelling] : null);

    /// <summary>The name that a spelling stands for, or null if it is no name.</summary>
    internal static string? NameOf(string spelling) => Read(spelling) is Symbol symbol ? symbol.Name : null;

    // Where something is wrong in a value, the place is one in the whole text.
    private static NumberArray ValueOf(string binding, int start)
    {
        try
        {
            return NumberArray.Parse(binding[start..]);
        }
        catch (FormulaException error)
        {
            throw new FormulaException(error.Message, start + Math.Max(0, error.Position), error.Expected)
            {
                Text = binding,
            };
        }
    }

    private static Dictionary<string, T> Joined<T>(Dictionary<string, T> some, Dictionary<string, T> others) =>
        new(some.Concat(others), StringComparer.Ordinal);

    // D~ is D̃ where there is no key for the accent.
    private static string Accented(string name) => name.Contains('\\', StringComparison.Ordinal) ? name
        : name.Replace("~", "_tilde", StringComparison.Ordinal);

    private static bool IsPlain(string name) =>
        name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '+' or ' ');

    private static Expression? Read(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string trimmed = Accented(name.Trim());
        if (trimmed.Length == 0)
            throw new FormulaException("a binding has no name; write NAME=VALUE.");
        if (trimmed is [var letter] && char.IsAsciiLetter(letter) || IsPlain(trimmed)
            && trimmed.Contains('_', StringComparison.Ordinal) && trimmed[^1] is not ('+' or '-'))
            return null; // as formulas write it
        try
        {
            return Formula.Parse(trimmed).Tree;
        }
        catch (FormulaException)
        {
            return null; // a name that nothing has is found out when nothing uses it
        }
    }
}
