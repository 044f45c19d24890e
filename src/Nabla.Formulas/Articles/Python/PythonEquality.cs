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
        if (Number(x) is { } a && Number(y) is { } b)
            return a == b || a is double.NaN && ReferenceEquals(x, y);
        return (x, y) switch
        {
            (BigInteger or bool, BigInteger or bool) => Operators.Whole(x) == Operators.Whole(y),
            (string s, string t) => s == t,
            (PyTuple s, PyTuple t) => Sequences(s.Items, t.Items),
            (PyList s, PyList t) => Sequences(s.Items, t.Items),
            (PyRange s, PyRange t) => s == t,
            (PySet s, PySet t) => s.Items.SetEquals(t.Items),
            (PyDict s, PyDict t) => s.Items.Count == t.Items.Count
                && s.Items.All(item => t.Items.TryGetValue(item.Key, out object? other) && Equals(item.Value, other)),
            _ => ReferenceEquals(x, y),
        };
    }

    public int GetHashCode(object value) => value switch
    {
        bool or BigInteger or double => Number(value)!.Value.GetHashCode(),
        string text => string.GetHashCode(text, StringComparison.Ordinal),
        PyTuple tuple => tuple.Items.Length,
        _ => RuntimeHelpers.GetHashCode(value),
    };

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
