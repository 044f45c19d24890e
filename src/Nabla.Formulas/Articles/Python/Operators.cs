using System.Numerics;
using System.Text;

namespace Nabla.Formulas.Articles.Python;

/// <summary>Python's operators on values of all kinds. What is not known stays so.</summary>
internal static class Operators
{
    /// <summary>Characters of a text and items of a list.</summary>
    public const int LongestText = 100_000;

    public static object Binary(string sign, object a, object b)
    {
        if (Doubt(a) is { } doubt && a is not NdArray || Doubt(b) is { } other && (doubt = other) is not null
            && b is not NdArray)
            return new Unknown(doubt);
        Charge(a);
        Charge(b);
        if (a is PyTensor || b is PyTensor)
            return PyTensor.Binary(sign, a, b);
        if ((a is NdArray || b is NdArray) && a is not string)
            return sign == "@" ? Products.MatMul(NdArray.From(a), NdArray.From(b))
                : Elementwise.Binary(sign, NdArray.From(a), NdArray.From(b));
        if (IsNumber(a) && IsNumber(b))
            return a is double || b is double ? Reals(sign, Real(a), Real(b))
                : sign == "/" ? WholeNumbers.Quotient(Whole(a), Whole(b)) : WholeNumbers.Binary(sign, a, b);
        return (sign, a, b) switch
        {
            ("+", string s, string t) => s.Length + t.Length <= LongestText ? s + t : throw TooLong(),
            ("+", PyList s, PyList t) => s.Items.Count + t.Items.Count <= LongestText
                ? new PyList([.. s.Items, .. t.Items]) : throw TooLong(),
            ("+", PyTuple s, PyTuple t) => s.Items.Length + t.Items.Length <= LongestText
                ? new PyTuple([.. s.Items, .. t.Items]) : throw TooLong(),
            ("*", string or PyList or PyTuple, BigInteger n) => Repeat(a, n),
            ("*", BigInteger n, string or PyList or PyTuple) => Repeat(b, n),
            ("%", string template, _) => Templates.Percent(template, b),
            ("|", PySet s, PySet t) => new PySet(s.Items.Union(t.Items, PythonEquality.Instance)),
            ("&", PySet s, PySet t) => new PySet(s.Items.Intersect(t.Items, PythonEquality.Instance)),
            ("-", PySet s, PySet t) => new PySet(s.Items.Except(t.Items, PythonEquality.Instance)),
            _ => throw PythonException.NotKnown($"{TypeName(a)} {sign} {TypeName(b)}"),
        };
    }

    // What is copied, or as good as.
    private static void Charge(object value)
    {
        switch (value)
        {
            case string text:
                Meter.Characters(text.Length);
                break;
            case BigInteger whole:
                Meter.Characters(whole.GetBitLength() / WholeNumbers.BitsPerCharacter);
                break;
            case PySet set:
                Meter.Objects(set.Items.Count);
                break;
            case PyList or PyTuple:
                Meter.Items((long)Length(value));
                break;
        }
    }

    public static PythonException TooLong() => new("a text or a list becomes too long");

    private static object Repeat(object items, BigInteger times)
    {
        int count = (int)BigInteger.Clamp(times, 0, LongestText);
        int length = items is string text ? text.Length : (int)Length(items);
        if ((long)count * length > LongestText)
            throw TooLong();
        Meter.Items((long)count * length);
        IEnumerable<object> Repeated() => Enumerable.Repeat(Items(items), count).SelectMany(all => all);
        return items switch
        {
            string s => new StringBuilder().Insert(0, s, count).ToString(),
            PyList => new PyList([.. Repeated()]),
            _ => new PyTuple([.. Repeated()]),
        };
    }

    /// <summary>An operator on fractions.</summary>
    public static double Reals(string sign, double a, double b) => sign switch
    {
        "+" => a + b,
        "-" => a - b,
        "*" => a * b,
        "/" => b != 0 ? a / b : throw new PythonException("division by zero"),
        "//" => b != 0 ? Elementwise.FloorDivide(a, b)
            : throw new PythonException("division by zero"),
        "%" => b != 0 ? Elementwise.Modulo(a, b) : throw new PythonException("division by zero"),
        "**" when a == 0 && b < 0 || a < 0 && b != Math.Floor(b) =>
            throw PythonException.NotKnown("such a power"),
        "**" => double.IsFinite(Math.Pow(a, b)) ? Math.Pow(a, b) : throw new PythonException("a power is too large"),
        _ => throw new PythonException($"'{sign}' takes whole numbers"),
    };

    public static object Unary(string sign, object a)
    {
        if (a is Unknown)
            return a;
        return (sign, a) switch
        {
            ("not", _) => Truth(a) is { } truth ? !truth : new Unknown(Doubt(a) ?? "a condition is not known"),
            ("-", double x) => -x,
            ("-", BigInteger or bool) => -Whole(a),
            ("+", double or BigInteger) => a,
            ("~", BigInteger or bool) => -Whole(a) - 1,
            ("-", PyTensor { Doubt: null, Array: var x }) =>
                new PyTensor(Elementwise.Unary(x, value => -value, x.Type)),
            ("-", NdArray { Type: not DType.Bool } x) => Elementwise.Unary(x, value => -value, x.Type),
            ("+", NdArray x) => x.Copy(),
            ("~", NdArray { Type: DType.Bool } x) => Elementwise.Unary(x, value => 1 - value, DType.Bool),
            _ => throw PythonException.NotKnown($"{sign} of {TypeName(a)}"),
        };
    }

    public static object Compare(string sign, object a, object b)
    {
        Meter.Charge();
        if (sign is "is" or "is not")
            return Same(a, b) is { } same ? same == (sign == "is")
                : new Unknown("whether two values are the same is not known");
        if (Doubt(b) is { } doubt && b is not NdArray || Doubt(a) is { } other && (doubt = other) is not null
            && a is not NdArray)
            return new Unknown(doubt);
        if (sign is "in" or "not in")
            return Contains(b, a) == (sign == "in");
        if (a is PyTensor || b is PyTensor)
            return PyTensor.Binary(sign, a, b);
        if (a is NdArray || b is NdArray)
            return a is string or None || b is string or None
                ? sign == "!=" : Elementwise.Binary(sign, NdArray.From(a), NdArray.From(b));
        return sign switch
        {
            "==" => PythonEquality.Instance.Equals(a, b),
            "!=" => !PythonEquality.Instance.Equals(a, b),
            "<" => Order(a, b) is < 0,
            "<=" => Order(a, b) is <= 0,
            ">" => Order(a, b) is > 0,
            _ => Order(a, b) is >= 0,
        };
    }

    // Only what does not depend on how Python keeps small numbers.
    private static bool? Same(object a, object b)
    {
        if (a is Unknown || b is Unknown)
            return null;
        if (a is None or bool || b is None or bool)
            return Equals(a, b);
        return a is BigInteger or double or string ? null : ReferenceEquals(a, b);
    }

    /// <summary>Below 0, 0 or above 0; null where there is no order, with NaN.</summary>
    public static int? Order(object a, object b)
    {
        Meter.Charge();
        if (IsNumber(a) && IsNumber(b))
        {
            if (a is not double && b is not double)
                return Whole(a).CompareTo(Whole(b));
            double x = Real(a), y = Real(b);
            return double.IsNaN(x) || double.IsNaN(y) ? null : x.CompareTo(y);
        }
        if (a is string s && b is string t)
        {
            Meter.Characters(Math.Min(s.Length, t.Length));
            return string.CompareOrdinal(s, t);
        }
        if (a is NdArray or Unknown || b is NdArray or Unknown)
            return Order(Known(a), Known(b));
        if (a is PyTuple or PyList && b.GetType() == a.GetType())
            return OrderOfItems(Items(a), Items(b));
        throw PythonException.NotKnown($"the order of {TypeName(a)} and {TypeName(b)}");
    }

    private static int? OrderOfItems(IReadOnlyList<object> a, IReadOnlyList<object> b)
    {
        for (int i = 0; i < Math.Min(a.Count, b.Count); i++)
            if (!PythonEquality.Instance.Equals(a[i], b[i]))
                return Order(a[i], b[i]);
        return a.Count.CompareTo(b.Count);
    }

    private static object Known(object value) => value switch
    {
        NdArray { Rank: 0, IsKnown: true } scalar => scalar.ToPython(),
        NdArray { IsKnown: true } => throw new PythonException("an array has no order"),
        NdArray array => throw new PythonException(array.Doubt!),
        Unknown unknown => throw new PythonException(unknown.Why),
        _ => value,
    };

    private static bool Contains(object all, object item) => all switch
    {
        string text => item is string part ? Texts.Find(text, part) >= 0
            : throw new PythonException("'in' of a string takes a string"),
        PyDict dict => dict.Items.ContainsKey(PythonEquality.RequireKey(item)),
        PySet set => set.Items.Contains(PythonEquality.RequireKey(item)),
        NdArray array => array.Charged().Contains(Real(item)),
        _ => Items(all).Any(other => PythonEquality.Instance.Equals(Certain(other), item)),
    };

    private static object Certain(object value) => Doubt(value) is { } doubt ? throw new PythonException(doubt) : value;

    /// <summary>Why a value is not known, or null.</summary>
    public static string? Doubt(object value) => value switch
    {
        Unknown unknown => unknown.Why,
        Changeable changeable => changeable.Doubt,
        _ => null,
    };

    /// <summary>Whether a condition holds.</summary>
    /// <exception cref="PythonException">It is not known.</exception>
    public static bool IsTrue(object value) =>
        Truth(value) ?? throw new PythonException($"a condition is not known: {Doubt(value)}");

    private static bool? Truth(object value) => value switch
    {
        _ when Doubt(value) is not null => null,
        bool truth => truth,
        None => false,
        BigInteger whole => !whole.IsZero,
        double real => real != 0,
        string text => text.Length > 0,
        NdArray array => array.Count == 1 ? array.Values()[0] != 0
            : throw new PythonException("the truth of an array is not one"),
        PyDict dict => dict.Items.Count > 0,
        PyList or PyTuple or PySet or PyRange or PyView => Length(value) > 0,
        _ => true,
    };

    public static bool IsNumber(object value) => value is bool or BigInteger or double;

    public static BigInteger Whole(object value) => value is bool truth ? truth ? 1 : 0 : (BigInteger)value;

    public static BigInteger RequireWhole(object value) => value switch
    {
        bool or BigInteger => Whole(value),
        NdArray { Rank: 0, Type: not DType.Float, IsKnown: true } scalar => (BigInteger)scalar.Value,
        _ => throw new PythonException(Doubt(value) ?? "a whole number was expected"),
    };

    public static double Real(object value) => value switch
    {
        double real => real,
        bool or BigInteger => WholeNumbers.Nearest(Whole(value)),
        NdArray { Count: 1, IsKnown: true } array => array.Values()[0],
        PyTensor { Doubt: null, Array: { Count: 1 } one } => one.Values()[0],
        _ => throw new PythonException(Doubt(value) ?? $"a number was expected, not {TypeName(value)}"),
    };

    public static int Index(object value) => RequireWhole(value) is var whole && BigInteger.Abs(whole) < int.MaxValue
        ? (int)whole : throw new PythonException("a whole number is too large for an index");

    /// <summary>A place counted from the front.</summary>
    /// <exception cref="PythonException">There is none.</exception>
    public static int Place(object index, int count)
    {
        int place = Index(index);
        return place >= -count && place < count
            ? place < 0 ? place + count : place : throw new PythonException($"index {place} is out of range");
    }

    /// <summary>How many items or characters there are.</summary>
    public static BigInteger Length(object value) => value switch
    {
        string text => Texts.Length(text),
        PyList list => list.Items.Count,
        PyTuple tuple => tuple.Items.Length,
        PyDict dict => dict.Items.Count,
        PySet set => set.Items.Count,
        PyRange range => range.Count,
        NdArray { Rank: > 0 } array => array.Shape[0],
        PyTensor { Array.Rank: > 0 } tensor => tensor.Array.Shape[0],
        _ => Items(value).Count,
    };

    /// <summary>What a loop over a value visits.</summary>
    public static IReadOnlyList<object> Items(object value) => value switch
    {
        Unknown unknown => throw new PythonException(unknown.Why),
        Changeable { Doubt: { } doubt } and not NdArray => throw new PythonException(doubt),
        PyList list => Charged(list.Items),
        PyTuple tuple => Charged(tuple.Items),
        string text => Texts.Characters(text),
        PyDict dict => [.. Charged(dict.Items.Keys)],
        PySet set => [.. Charged(set.Items)],
        PyIterator iterator => iterator.Take(),
        PyView view => view.All(),
        PyRange range => range.Count <= LongestText
            ? range.All() : throw new PythonException("a range is too long to run through"),
        NdArray { Rank: > 0 } array when array.Shape[0] <= LongestText =>
            array.Rows(),
        PyTensor { Array: { Rank: > 0 } rows } tensor when rows.Shape[0] <= LongestText =>
            [.. Enumerable.Range(0, rows.Shape[0]).Select(i => (object)tensor.Part((BigInteger)i))],
        _ => throw PythonException.NotKnown($"a loop over {TypeName(value)}"),
    };

    private static T Charged<T>(T items) where T : IReadOnlyCollection<object>
    {
        Meter.Items(items.Count);
        return items;
    }

    public static string TypeName(object value) => value switch
    {
        Unknown => "something unknown",
        None => "NoneType",
        bool => "bool",
        BigInteger => "int",
        double => "float",
        string => "str",
        PyList => "list",
        PyTuple => "tuple",
        PyDict => "dict",
        PySet => "set",
        PyRange => "range",
        PyIterator => "iterator",
        PyView => "view of a dictionary",
        NdArray => "ndarray",
        PyInstance instance => instance.Type.Name,
        PyModule module => $"the module {module.Name}",
        _ => "function",
    };
}
