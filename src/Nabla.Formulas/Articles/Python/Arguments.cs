using System.Numerics;

namespace Nabla.Formulas.Articles.Python;

/// <summary>What a function of the interpreter is called with; it notices what nobody reads.</summary>
internal sealed class Arguments(object[] values, (string Name, object Value)[] named)
{
    private readonly bool[] isRead = new bool[values.Length + named.Length];

    public object[] Values => values;

    public (string Name, object Value)[] Named => named;

    public int Count => values.Length;

    /// <summary>All values, which are read by that.</summary>
    public object[] All()
    {
        System.Array.Fill(isRead, true, 0, values.Length);
        return values;
    }

    /// <summary>An argument that must be there.</summary>
    public object Required(int place, string name = "") =>
        Optional(place, name) ?? throw new PythonException($"argument {place + 1} is missing");

    /// <summary>An argument by its place or its name; null if it is not given.</summary>
    public object? Optional(int place, string name)
    {
        if (place >= 0 && place < values.Length)
        {
            isRead[place] = true;
            return values[place];
        }
        for (int i = 0; i < named.Length; i++)
        {
            if (named[i].Name != name)
                continue;
            isRead[values.Length + i] = true;
            return named[i].Value;
        }
        return null;
    }

    /// <summary>An argument that may be None or missing.</summary>
    public object? Given(int place, string name) => Optional(place, name) is { } value and not None ? value : null;

    public double Real(int place, string name = "") => Operators.Real(Required(place, name));

    public int Int(int place, string name = "") => Operators.Index(Required(place, name));

    public int? OptionalInt(int place, string name) =>
        Given(place, name) is { } value ? Operators.Index(value) : null;

    public bool Flag(int place, string name) => Optional(place, name) is { } value && Operators.IsTrue(value);

    /// <summary>A text, which is charged as if it were copied.</summary>
    public string Text(int place)
    {
        string text = Required(place) as string ?? throw new PythonException("a string was expected");
        Meter.Characters(text.Length);
        return text;
    }

    /// <summary>An array of NumPy; that of a tensor would have fractions of 32 bits.</summary>
    public NdArray Array(int place, string name = "") =>
        Required(place, name) is var value && value is PyTensor { Doubt: null, Array.Type: DType.Float }
            ? throw PythonException.NotKnown("an array of 32 bits") : NdArray.From(value);

    public BigInteger Whole(int place) => Operators.RequireWhole(Required(place));

    /// <summary>An argument that changes nothing of what is computed here.</summary>
    public void Ignore(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
            Optional(-1, name);
    }

    /// <exception cref="PythonException">There is an argument that the function does not know.</exception>
    public void CheckAllRead(string function)
    {
        int unread = FirstUnread();
        if (unread >= 0)
            throw PythonException.NotKnown(unread < values.Length
                ? $"argument {unread + 1} of {function}"
                : $"the argument {named[unread - values.Length].Name} of {function}");
    }

    private int FirstUnread() => System.Array.IndexOf(isRead, false);
}
