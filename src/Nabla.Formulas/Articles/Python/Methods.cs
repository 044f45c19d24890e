using System.Numerics;

namespace Nabla.Formulas.Articles.Python;

/// <summary>Methods of strings, lists, dictionaries and sets; what they are called on is their first
/// argument.</summary>
internal static class Methods
{
    private static readonly Dictionary<string, Builtin> OfText = Rows(
        ("upper", (_, a) => a.Text(0).ToUpperInvariant()),
        ("lower", (_, a) => a.Text(0).ToLowerInvariant()),
        ("strip", (_, a) => a.Count == 1 ? a.Text(0).Trim() : a.Text(0).Trim(a.Text(1).ToCharArray())),
        ("split", (_, a) => Strings(Texts.Split(a.Text(0), a.Count == 1 ? null : a.Text(1)))),
        ("join", (_, a) => Texts.Join(a.Text(0), Operators.Items(a.Required(1)))),
        ("replace", (_, a) => Texts.Replace(a.Text(0), a.Text(1), a.Text(2))),
        ("startswith", (_, a) => a.Text(0).StartsWith(a.Text(1), StringComparison.Ordinal)),
        ("endswith", (_, a) => a.Text(0).EndsWith(a.Text(1), StringComparison.Ordinal)),
        ("count", (_, a) => new BigInteger(Texts.Count(a.Text(0), a.Text(1)))),
        ("find", (_, a) => new BigInteger(Texts.Find(a.Text(0), a.Text(1)))),
        ("ljust", (_, a) => a.Text(0).PadRight(Math.Min(a.Int(1), 1000))),
        ("rjust", (_, a) => a.Text(0).PadLeft(Math.Min(a.Int(1), 1000))),
        ("format", (_, a) => Templates.Braces(a.Text(0), a)),
        ("isdigit", (_, a) => a.Text(0).Length > 0 && a.Text(0).All(char.IsAsciiDigit)));

    private static readonly Dictionary<string, Builtin> OfList = Rows(
        ("append", (_, a) => Change(a, list => list.Add(a.Required(1)))),
        ("extend", (_, a) => Change(a, list => list.AddRange([.. Operators.Items(a.Required(1))]))),
        ("insert", (_, a) => Change(a, list =>
        {
            Moved(list.Count);
            list.Insert(Math.Clamp(a.Int(1), 0, list.Count), a.Required(2));
        })),
        ("reverse", (_, a) => Change(a, list =>
        {
            Moved(list.Count);
            list.Reverse();
        })),
        ("clear", (_, a) => Change(a, list => list.Clear())),
        ("sort", (run, a) => Change(a, list =>
        {
            List<object> sorted = Sorting.Sort(run, [.. list], a);
            list.Clear();
            list.AddRange(sorted);
        })),
        ("pop", (_, a) => Pop(List(a), a.OptionalInt(1, "") ?? -1)),
        ("index", (_, a) => new BigInteger(List(a)
            .FindIndex(item => PythonEquality.Instance.Equals(item, a.Required(1))))
            is { Sign: >= 0 } place ? place : throw new PythonException("a list has no such item")),
        ("count", (_, a) => new BigInteger(List(a).Count(item => PythonEquality.Instance.Equals(item, a.Required(1))))),
        ("copy", (_, a) => new PyList([.. Operators.Items(a.Required(0))])));

    private static readonly Dictionary<string, Builtin> OfDict = Rows(
        ("keys", (_, a) => new PyView(Dict(a), "keys")),
        ("values", (_, a) => new PyView(Dict(a), "values")),
        ("items", (_, a) => new PyView(Dict(a), "items")),
        ("get", (_, a) => Dict(a).Items.GetValueOrDefault(PythonEquality.RequireKey(a.Required(1)))
            is var value && a.Optional(2, "default") is var other ? value ?? other ?? None.Instance : None.Instance),
        ("copy", (_, a) => Copy(Charged(a))),
        ("update", (_, a) => Update(Dict(a), a.Required(1))),
        ("pop", (_, a) => Remove(Dict(a), a.Required(1))));

    private static readonly Dictionary<string, Builtin> OfSet = Rows(
        ("add", (_, a) => AddTo((PySet)a.Required(0), a.Required(1))));

    private static readonly Dictionary<string, Builtin> OfNumber = Rows(
        ("item", (_, a) => a.Required(0)),
        ("bit_length", (_, a) => new BigInteger(BigInteger.Abs(a.Whole(0)).GetBitLength())));

    public static Builtin? Find(object target, string name) => target switch
    {
        string => OfText.GetValueOrDefault(name),
        PyList => OfList.GetValueOrDefault(name),
        PyTuple when name is "index" or "count" => null,
        PyDict => OfDict.GetValueOrDefault(name),
        PySet => OfSet.GetValueOrDefault(name),
        BigInteger => OfNumber.GetValueOrDefault(name),
        _ => null,
    };

    private static Dictionary<string, Builtin> Rows(params (string Name, Native Body)[] rows) =>
        rows.ToDictionary(row => row.Name, row => new Builtin(row.Name, row.Body, TakesUnknown: true),
            StringComparer.Ordinal);

    private static List<object> List(Arguments a) => ((PyList)a.Required(0)).Items;

    private static PyDict Dict(Arguments a) => (PyDict)a.Required(0);

    private static PyDict Charged(Arguments a)
    {
        Meter.Objects(Dict(a).Items.Count);
        return Dict(a);
    }

    private static None Change(Arguments a, Action<List<object>> change)
    {
        List<object> list = List(a);
        change(list);
        return list.Count <= 2 * Operators.LongestText ? None.Instance
            : throw new PythonException("a list becomes too long");
    }

    // To move an item within a list takes next to nothing.
    private static void Moved(int items) => Meter.Characters(items / 4);

    private static PyList Strings(IEnumerable<string> texts) => new([.. texts]);

    private static object Pop(List<object> list, int place)
    {
        int at = place < 0 ? place + list.Count : place;
        if (at < 0 || at >= list.Count)
            throw new PythonException("pop from an empty list");
        Moved(list.Count - at);
        object item = list[at];
        list.RemoveAt(at);
        return item;
    }

    private static None AddTo(PySet set, object item)
    {
        set.Items.Add(PythonEquality.RequireKey(item));
        return None.Instance;
    }

    private static PyDict Copy(PyDict dict)
    {
        var copy = new PyDict { Default = dict.Default };
        foreach ((object key, object value) in dict.Items)
            copy.Set(key, value);
        return copy;
    }

    private static None Update(PyDict dict, object other)
    {
        if (other is not PyDict { Doubt: null } source)
            throw PythonException.NotKnown("such an update");
        Meter.Objects(source.Items.Count);
        foreach ((object key, object value) in source.Items)
            dict.Set(key, value);
        return None.Instance;
    }

    private static object Remove(PyDict dict, object key)
    {
        if (!dict.Items.TryGetValue(PythonEquality.RequireKey(key), out object? value))
            throw new PythonException("a dictionary has no such key");
        dict.Remove(key);
        return value;
    }
}
