using System.Numerics;

namespace Nabla.Formulas.Articles.Python;

/// <summary>The functions that every program has.</summary>
internal static class Builtins
{
    private static readonly Dictionary<string, object> Table = Create();

    public static IReadOnlyDictionary<string, object> Collections { get; } = Modules.Table(
        ("defaultdict", (_, a) => new PyDict { Default = a.Required(0) }),
        ("Counter", (_, a) => Count(Operators.Items(a.Required(0)))));

    public static object? Find(string name) => Table.GetValueOrDefault(name);

    private static Dictionary<string, object> Create()
    {
        Dictionary<string, object> table = Modules.Table(
            ("abs", (_, a) => a.Required(0) is NdArray array
                ? Elementwise.Unary(array, Math.Abs, array.Type)
                : Operators.Order(a.Required(0), BigInteger.Zero) < 0 ? Operators.Unary("-", a.Required(0))
                : a.Required(0)),
            ("round", (_, a) => Round(a.Required(0), a.OptionalInt(1, "ndigits"))),
            ("pow", (_, a) => a.Count == 3 ? ModularPower(a.Whole(0), a.Whole(1), a.Whole(2))
                : Operators.Binary("**", a.Required(0), a.Required(1))),
            ("divmod", (_, a) => new PyTuple(Operators.Binary("//", a.Required(0), a.Required(1)),
                Operators.Binary("%", a.Required(0), a.Required(1)))),
            ("range", (_, a) => Range(a)),
            ("int", (_, a) => a.Count == 0 ? BigInteger.Zero : ToInt(a.Required(0))),
            ("float", (_, a) => a.Count == 0 ? 0.0 : ToFloat(a.Required(0))),
            ("str", (_, a) => a.Count == 0 ? "" : PythonText.Str(a.Required(0))),
            ("repr", (_, a) => PythonText.Repr(a.Required(0))),
            ("bool", (_, a) => a.Count > 0 && Operators.IsTrue(a.Required(0))),
            ("ord", (_, a) => new BigInteger(char.ConvertToUtf32(a.Text(0), 0))),
            ("chr", (_, a) => char.ConvertFromUtf32(a.Int(0))),
            ("bin", (_, a) => "0b" + FormatSpec.Apply(a.Required(0), "b")),
            ("format", (_, a) => FormatSpec.Apply(a.Required(0), a.Text(1))),
            ("all", (_, a) => Operators.Items(a.Required(0)).All(Operators.IsTrue)),
            ("any", (_, a) => Operators.Items(a.Required(0)).Any(Operators.IsTrue)),
            ("sum", (_, a) => Sum(a)),
            ("min", (run, a) => Best(run, a, "<")),
            ("max", (run, a) => Best(run, a, ">")));
        foreach (Builtin function in OfLists())
            table[function.Name] = function;
        return table;
    }

    // These take lists in which something is not known.
    private static IEnumerable<Builtin> OfLists() =>
    [
        new("len", (_, a) => Length(a.Required(0)), true),
        new("list", (_, a) => new PyList(a.Count == 0 ? [] : [.. Operators.Items(a.Required(0))]), true),
        new("tuple", (_, a) => new PyTuple(a.Count == 0 ? [] : [.. Operators.Items(a.Required(0))]), true),
        new("set", (_, a) => new PySet(a.Count == 0 ? [] : Operators.Items(a.Required(0)))),
        new("dict", (_, a) => Dictionary(a), true),
        new("zip", (_, a) => Zip(a), true),
        new("enumerate", (_, a) => Enumerate(a), true),
        new("reversed", (_, a) => new PyIterator([.. Operators.Items(a.Required(0)).Reverse()]), true),
        new("sorted", (run, a) => new PyList(Sorting.Sort(run, Operators.Items(a.Required(0)), a))),
        new("map", (run, a) => new PyIterator([.. Operators.Items(a.Required(1)).Select(item =>
            run.Invoke(a.Required(0), new Arguments([item], [])))]), true),
        new("filter", (run, a) => new PyIterator([.. Operators.Items(a.Required(1)).Where(item =>
            Operators.IsTrue(run.Invoke(a.Required(0), new Arguments([item], []))))]), true),
        new("isinstance", (_, a) => IsInstance(a.Required(0), a.Required(1))),
        new("print", (_, _) => throw PythonException.NotKnown("print as a value or with *")),
    ];

    private static object Length(object value) => value switch
    {
        Unknown => value,
        Changeable { Doubt: { } doubt } and not NdArray => new Unknown(doubt),
        _ => Operators.Length(value),
    };

    private static object Round(object value, int? digits)
    {
        if (value is NdArray { Rank: 0, IsKnown: true } scalar)
            return digits is null ? Round(scalar.ToPython(), null) : NdArray.From(Round(scalar.ToPython(), digits));
        if (value is NdArray array)
            throw new PythonException(array.Doubt ?? "round takes a number");
        if (value is bool or BigInteger)
            return digits is null or >= 0 ? Operators.Whole(value) : throw PythonException.NotKnown("such a rounding");
        double real = Operators.Real(value);
        if (!double.IsFinite(real) || digits is < 0 or > 300)
            throw PythonException.NotKnown("such a rounding");
        if (digits is null)
            return new BigInteger(Math.Round(real, MidpointRounding.ToEven));
        Meter.Charge(FormatSpec.StepsOfNumber);
        string text = real.ToString($"F{digits}", System.Globalization.CultureInfo.InvariantCulture);
        return double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static PyRange Range(Arguments a)
    {
        BigInteger first = a.Whole(0);
        if (a.Count == 1)
            return new PyRange(0, first, 1);
        BigInteger step = a.Count > 2 ? a.Whole(2) : BigInteger.One;
        return !step.IsZero ? new PyRange(first, a.Whole(1), step) : throw new PythonException("the step is 0");
    }

    private static object ToInt(object value) => value switch
    {
        double real when double.IsFinite(real) => new BigInteger(Math.Truncate(real)),
        NdArray { Count: 1, IsKnown: true } array => new BigInteger(Math.Truncate(array.Values()[0])),
        string { Length: < 4000 } text when BigInteger.TryParse(text.Trim(), out BigInteger whole) => whole,
        NdArray { Doubt: { } doubt } => new Unknown(doubt),
        _ => Operators.RequireWhole(value),
    };

    private static object ToFloat(object value) => value switch
    {
        string { Length: < 10 } text when text.Trim().TrimStart('-') is "inf" =>
            text.Contains('-', StringComparison.Ordinal) ? double.NegativeInfinity : double.PositiveInfinity,
        string { Length: < 4000 } text when double.TryParse(text, System.Globalization.NumberStyles.Float,
            System.Globalization.CultureInfo.InvariantCulture, out double real) => real,
        NdArray { Doubt: { } doubt } => new Unknown(doubt),
        _ => Operators.Real(value),
    };

    private static object Sum(Arguments a)
    {
        object total = a.Optional(1, "start") ?? BigInteger.Zero;
        foreach (object item in Operators.Items(a.Required(0)))
            total = Operators.Binary("+", total, item);
        return total;
    }

    private static object Best(Interpreter run, Arguments a, string sign)
    {
        object? key = a.Given(-1, "key");
        object? otherwise = a.Optional(-1, "default");
        IReadOnlyList<object> items = a.Count == 1 ? Operators.Items(a.Required(0)) : a.All();
        if (items.Count == 0)
            return otherwise ?? throw new PythonException("min or max of nothing");
        object best = items[0];
        object Key(object item) => key is null ? item : run.Invoke(key, new Arguments([item], []));
        foreach (object item in items.Skip(1))
            if (Operators.IsTrue(Operators.Compare(sign, Key(item), Key(best))))
                best = item;
        return best;
    }

    private static PyDict Dictionary(Arguments a)
    {
        var dict = new PyDict();
        if (a.Count > 0 && a.Required(0) is PyDict { Doubt: null } other)
            foreach ((object key, object value) in other.Items)
                dict.Set(key, value);
        else if (a.Count > 0)
            foreach (object pair in Operators.Items(a.Required(0)))
                dict.Set(Operators.Items(pair)[0], Operators.Items(pair)[1]);
        foreach ((string name, _) in a.Named)
            dict.Set(name, a.Optional(-1, name)!);
        return dict;
    }

    private static PyIterator Zip(Arguments a)
    {
        IReadOnlyList<object>[] all = [.. a.All().Select(Operators.Items)];
        int count = all.Length == 0 ? 0 : all.Min(items => items.Count);
        Meter.Objects((long)count * (1 + all.Length));
        return new PyIterator([.. Enumerable.Range(0, count)
            .Select(i => (object)new PyTuple([.. all.Select(items => items[i])]))]);
    }

    private static PyIterator Enumerate(Arguments a)
    {
        BigInteger start = a.Optional(1, "start") is { } given ? Operators.RequireWhole(given) : 0;
        IReadOnlyList<object> items = Operators.Items(a.Required(0));
        Meter.Charge(items.Count * (1 + start.GetBitLength() / 128));
        return new PyIterator([.. items.Select((item, i) => (object)new PyTuple(start + i, item))]);
    }

    private static bool IsInstance(object value, object type) => type switch
    {
        PyTuple tuple => tuple.Items.Any(one => IsOneOf(value, one)),
        Builtin { Name: var name } => Operators.TypeName(value) == name || value is bool && name == "int",
        PyClass wanted when value is PyInstance instance => Ancestors(instance.Type).Contains(wanted),
        PyClass => false,
        _ => throw PythonException.NotKnown("isinstance of this"),
    };

    private static bool IsOneOf(object value, object type)
    {
        Meter.Charge();
        return IsInstance(value, type);
    }

    private static BigInteger ModularPower(BigInteger value, BigInteger exponent, BigInteger modulus)
    {
        Meter.Digits(modulus.GetBitLength() * Math.Max(1, exponent.GetBitLength()), modulus.GetBitLength());
        return BigInteger.ModPow(value, exponent, modulus);
    }

    private static IEnumerable<PyClass> Ancestors(PyClass type)
    {
        for (PyClass? at = type; at is not null; at = at.Parent)
            yield return at;
    }

    private static PyDict Count(IReadOnlyList<object> items)
    {
        Meter.Objects(items.Count);
        var counts = new PyDict { Default = Table["int"] };
        foreach (object item in items)
            counts.Set(item, (BigInteger)counts.Items.GetValueOrDefault(item, BigInteger.Zero) + 1);
        return counts;
    }
}
