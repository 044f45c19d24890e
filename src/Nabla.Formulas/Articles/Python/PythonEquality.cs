using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Formulas.Articles.Python;

/// <summary>Equality of values as Python's == has it, for keys and elsewhere.</summary>
internal sealed class PythonEquality : IEqualityComparer<object>
{
    public static PythonEquality Instance { get; } = new();

    public static object RequireKey(object key) => key switch
    {
        Unknown or Changeable and not (PyInstance or PyClass) and not NdArray { Rank: 0, IsKnown: true } =>
            throw new PythonException("a key is not known or can change"),
        NdArray scalar => scalar.ToPython(),
        _ => key,
    };

    public new bool Equals(object? x, object? y)
    {
        if (x is null || y is null)
            return ReferenceEquals(x, y);
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new PythonException("a value is nested too deeply");
        Meter.Charge();
        if (x is bool or BigInteger && y is bool or BigInteger)
            return Operators.Whole(x) == Operators.Whole(y);
        if (x is BigInteger left && y is double right)
            return double.IsInteger(right) && (BigInteger)right == left;
        if (x is double && y is BigInteger)
            return Equals(y, x);
        if (Number(x) is { } a && Number(y) is { } b)
            return a == b || a is double.NaN && ReferenceEquals(x, y);
        return (x, y) switch
        {
            (string s, string t) => Same(s, t),
            (PyTuple s, PyTuple t) => Sequences(s.Items, t.Items),
            (PyList s, PyList t) => Sequences(s.Items, t.Items),
            (PyRange s, PyRange t) => s == t,
            (PySet s, PySet t) => s.Items.Count == t.Items.Count && s.Items.All(t.Items.Contains),
            (PyDict s, PyDict t) => s.Items.Count == t.Items.Count
                && s.Items.All(item => t.Items.TryGetValue(item.Key, out object? other) && Equals(item.Value, other)),
            (PyView, _) or (_, PyView) => throw PythonException.NotKnown("comparing a view of a dictionary"),
            _ => ReferenceEquals(x, y),
        };
    }

    // Numbers that are equal have one hash, whatever their kind; the words of a double are mixed, as whole numbers
    // fill few of them.
    public int GetHashCode(object value)
    {
        Meter.Charge();
        switch (value)
        {
            case BigInteger whole when !Equals(whole, (double)whole): // it equals no fraction
                Meter.Characters(whole.GetBitLength() / WholeNumbers.BitsPerCharacter);
                return whole.GetHashCode();
            case bool or BigInteger or double:
                long bits = BitConverter.DoubleToInt64Bits(Number(value)!.Value + 0.0);
                return HashCode.Combine((int)(bits >> 32), (int)bits);
            case string text:
                Meter.Characters(text.Length);
                return string.GetHashCode(text, StringComparison.Ordinal);
            case PyTuple tuple:
                if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
                    throw new PythonException("a value is nested too deeply");
                return tuple.Items.Aggregate(tuple.Items.Length, (hash, item) =>
                    HashCode.Combine(hash, GetHashCode(item)));
            case PyRange range:
                return range.GetHashCode();
            default:
                return RuntimeHelpers.GetHashCode(value);
        }
    }

    private static bool Same(string a, string b)
    {
        if (a.Length != b.Length)
            return false;
        Meter.Characters(a.Length);
        return a == b;
    }

    private bool Sequences(IReadOnlyList<object> a, IReadOnlyList<object> b) =>
        a.Count == b.Count && Enumerable.Range(0, a.Count).All(i => Equals(a[i], b[i]));

    private static double? Number(object value) => value switch
    {
        bool truth => truth ? 1 : 0,
        BigInteger whole => (double)whole,
        double real => real,
        NdArray { Rank: 0, IsKnown: true } scalar => scalar.Value,
        _ => null,
    };
}
