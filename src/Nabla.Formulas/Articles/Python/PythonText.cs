using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;

namespace Nabla.Formulas.Articles.Python;

/// <summary>How values are printed: Python's str and repr.</summary>
internal static class PythonText
{
    /// <summary>str(value).</summary>
    /// <exception cref="PythonException">The value is not known, or has no text that is always the same.</exception>
    public static string Str(object value) => value switch
    {
        string text => text,
        NdArray { Rank: > 0 } array => ArrayText.Str(array),
        _ => Repr(value),
    };

    /// <summary>repr(value).</summary>
    public static string Repr(object value)
    {
        var text = new StringBuilder();
        Write(value, text);
        return text.ToString();
    }

    private static void Write(object value, StringBuilder text)
    {
        Meter.Charge();
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new PythonException("a value is nested too deeply");
        if (Operators.Doubt(value) is { } doubt)
            throw new PythonException(doubt);
        switch (value)
        {
            case PyList list:
                Write(list.Items, "[", "]", text);
                break;
            case PyTuple tuple:
                Write(tuple.Items, "(", tuple.Items.Length == 1 ? ",)" : ")", text);
                break;
            case PySet { Items.Count: 1 } set:
                Write(set.Items, "{", "}", text);
                break;
            case PyDict dict:
                Write(dict, text);
                break;
            default:
                Texts.Append(text, OfOne(value));
                break;
        }
    }

    private static string OfOne(object value) => value switch
    {
        None => "None",
        bool truth => truth ? "True" : "False",
        BigInteger whole => Texts.Digits(whole),
        double real => Real(real),
        string text => Quote(text),
        NdArray { Rank: 0 } scalar => OfOne(scalar.ToPython()),
        NdArray array => ArrayText.Repr(array),
        PyTensor tensor => tensor.Text(),
        PyRange { Step.IsOne: true } range => $"range({Texts.Digits(range.Start)}, {Texts.Digits(range.Stop)})",
        _ => throw PythonException.NotKnown($"the text of {Operators.TypeName(value)}"),
    };

    private static void Write(IEnumerable<object> items, string opening, string closing, StringBuilder text)
    {
        Texts.Append(text, opening);
        bool isFirst = true;
        foreach (object item in items)
        {
            Texts.Append(text, isFirst ? "" : ", ");
            Write(item, text);
            isFirst = false;
        }
        Texts.Append(text, closing);
    }

    private static void Write(PyDict dict, StringBuilder text)
    {
        Texts.Append(text, "{");
        bool isFirst = true;
        foreach ((object key, object value) in dict.Items)
        {
            Texts.Append(text, isFirst ? "" : ", ");
            Write(key, text);
            Texts.Append(text, ": ");
            Write(value, text);
            isFirst = false;
        }
        Texts.Append(text, "}");
    }

    private static string Quote(string text)
    {
        Meter.Objects(text.Length / 8);
        char quote = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal)
            ? '"' : '\'';
        var quoted = new StringBuilder().Append(quote);
        foreach (char c in text)
            quoted.Append(c switch
            {
                '\\' => "\\\\",
                '\n' => "\\n",
                '\t' => "\\t",
                '\r' => "\\r",
                _ when c == quote => "\\" + c,
                _ => c.ToString(),
            });
        return quoted.Append(quote).ToString();
    }

    /// <summary>repr of a float: the shortest digits that read back the same.</summary>
    public static string Real(double value)
    {
        Meter.Charge(2);
        if (!double.IsFinite(value))
            return double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        (string sign, string digits, int point) = Digits(value);
        if (point is > 16 or < -3)
        {
            string mantissa = digits.Length > 1 ? $"{digits[0]}.{digits[1..]}" : digits;
            return $"{sign}{mantissa}e{Exponent(point - 1)}";
        }
        if (point <= 0)
            return $"{sign}0.{new string('0', -point)}{digits}";
        return point >= digits.Length
            ? $"{sign}{digits}{new string('0', point - digits.Length)}.0"
            : $"{sign}{digits[..point]}.{digits[point..]}";
    }

    public static string Exponent(int power) => power < 0 ? $"-{-power:00}" : $"+{power:00}";

    /// <summary>Sign, shortest digits, and how many of them stand before the point.</summary>
    public static (string Sign, string Digits, int Point) Digits(double value)
    {
        string sign = double.IsNegative(value) ? "-" : "";
        if (value == 0)
            return (sign, "0", 1);
        string shortest = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        int e = shortest.IndexOf('E', StringComparison.Ordinal);
        string mantissa = e < 0 ? shortest : shortest[..e];
        string digits = mantissa.Replace(".", "", StringComparison.Ordinal).TrimStart('0').TrimEnd('0');
        int power = e < 0 ? PowerOf(mantissa)
            : int.Parse(shortest.AsSpan(e + 1), provider: CultureInfo.InvariantCulture);
        return (sign, digits, power + 1);
    }

    // The power of ten of the first digit of a number without an exponent.
    private static int PowerOf(string mantissa)
    {
        int point = mantissa.IndexOf('.', StringComparison.Ordinal);
        int whole = point < 0 ? mantissa.Length : point;
        int first = mantissa.AsSpan().IndexOfAnyExcept('0', '.');
        return first < whole ? whole - first - 1 : whole - first;
    }
}
