using System.Numerics;

namespace Nabla.Formulas.Articles.Python;

// Values are: None, bool, BigInteger, double, string, what stands here, and NdArray.

/// <summary>Python's None.</summary>
internal sealed class None
{
    private None()
    {
    }

    public static None Instance { get; } = new();
}

/// <summary>Python's … .</summary>
internal sealed class Ellipsis
{
    private Ellipsis()
    {
    }

    public static Ellipsis Instance { get; } = new();
}

/// <summary>A value that cannot be computed here, and why: a random number, the result of a library.</summary>
internal sealed record Unknown(string Why);

/// <summary>A value that can change, and then can become unknown.</summary>
internal abstract class Changeable
{
    /// <summary>Why what is in it is not known, or null.</summary>
    public virtual string? Doubt { get; set; }
}

internal sealed class PyList(List<object> items) : Changeable
{
    public List<object> Items { get; } = items;
}

internal sealed class PyTuple(params object[] items)
{
    public object[] Items { get; } = items;
}

internal sealed class PyDict : Changeable
{
    public Dictionary<object, object> Items { get; private set; } = new(PythonEquality.Instance);

    /// <summary>What a missing key gives (a defaultdict), or null.</summary>
    public object? Default { get; init; }

    public void Set(object key, object value) => Items[PythonEquality.RequireKey(key)] = value;

    /// <summary>Removes a key and keeps the others in their order.</summary>
    public void Remove(object key)
    {
        Meter.Objects(Items.Count);
        Items = new Dictionary<object, object>(
            Items.Where(item => !PythonEquality.Instance.Equals(item.Key, key)), PythonEquality.Instance);
    }
}

internal sealed class PySet(IEnumerable<object> items) : Changeable
{
    public HashSet<object> Items { get; } = new(items.Select(PythonEquality.RequireKey), PythonEquality.Instance);
}

internal sealed record PyRange(BigInteger Start, BigInteger Stop, BigInteger Step)
{
    public BigInteger Count
    {
        get
        {
            BigInteger span = Step.Sign > 0 ? Stop - Start + Step - 1 : Start - Stop - Step - 1;
            return BigInteger.Max(0, span / BigInteger.Abs(Step));
        }
    }

    /// <summary>The number at a place from the front.</summary>
    public BigInteger this[BigInteger place] => place.Sign >= 0 && place < Count
        ? Start + place * Step : throw new PythonException("an index is outside of a range");

    /// <summary>All its numbers.</summary>
    public IReadOnlyList<object> All()
    {
        int count = (int)Count;
        Meter.Objects(count * (1 + (Start.GetBitLength() + Step.GetBitLength()) / 256));
        return [.. Enumerable.Range(0, count).Select(i => (object)(Start + i * Step))];
    }
}

/// <summary>A function that the program defines.</summary>
internal sealed class PyFunction(string name, IReadOnlyList<Parameter> parameters, Scope scope)
{
    public string Name => name;

    public IReadOnlyList<Parameter> Parameters => parameters;

    /// <summary>The values of parameters that are not given, by their place.</summary>
    public object?[] Defaults { get; } = new object?[parameters.Count];

    /// <summary>Where it was defined.</summary>
    public Scope Scope => scope;

    /// <summary>Its statements, or null for a lambda.</summary>
    public IReadOnlyList<Statement>? Body { get; init; }

    /// <summary>What a lambda computes.</summary>
    public Node? Result { get; init; }

    public IReadOnlySet<string> Locals { get; init; } = new HashSet<string>(StringComparer.Ordinal);
}

internal sealed class PyClass(string name, PyClass? parent) : Changeable
{
    public string Name => name;

    public Dictionary<string, object> Members { get; } = new(StringComparer.Ordinal);

    public object? Find(string member) => Members.GetValueOrDefault(member) ?? parent?.Find(member);

    public PyClass? Parent => parent;
}

internal sealed class PyInstance(PyClass type) : Changeable
{
    public PyClass Type => type;

    public Dictionary<string, object> Members { get; } = new(StringComparer.Ordinal);
}

/// <summary>A method together with what it is called on.</summary>
internal sealed record BoundMethod(object Self, object Function);

/// <summary>What a function of the interpreter does.</summary>
internal delegate object Native(Interpreter run, Arguments arguments);

/// <summary>A function of the interpreter.</summary>
/// <param name="Name">How it is called.</param>
/// <param name="Body">What it does.</param>
/// <param name="TakesUnknown">Whether it can do with arguments that are not known; otherwise its result is not
/// either.</param>
internal sealed record Builtin(string Name, Native Body, bool TakesUnknown = false);

/// <summary>A module: members that are not in it are not known.</summary>
internal sealed record PyModule(string Name, IReadOnlyDictionary<string, object> Members);

/// <summary>Names and their values, inside of a function or outside.</summary>
internal sealed class Scope(Scope? outer, IReadOnlySet<string>? locals = null)
{
    public Scope? Outer => outer;

    /// <summary>Names that belong here wherever they are assigned; null for the outermost scope.</summary>
    public IReadOnlySet<string>? Locals => locals;

    public Dictionary<string, object> Values { get; set; } = new(StringComparer.Ordinal);
}
