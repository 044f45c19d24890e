using System.Globalization;
using System.Text;

namespace Nabla.Formulas.Articles.Python;

/// <summary>How NumPy prints arrays: columns of one width, eight digits at most, lines of 75 characters.</summary>
internal static class ArrayText
{
    private const int Precision = 8, LineWidth = 75, MostNumbers = 1000;

    public static string Str(NdArray array) => Text(array, " ", "");

    public static string Repr(NdArray array)
    {
        string text = Text(array, ", ", "array(");
        return array.Count == 0 ? $"array({text}, dtype=float64)" : $"array({text})";
    }

    private static string Text(NdArray array, string separator, string prefix)
    {
        if (array.Count > MostNumbers)
            throw PythonException.NotKnown("the text of an array of more than 1000 numbers");
        if (array.Count == 0)
            return "[]";
        string[] words = Words(array);
        int next = 0, start = 0; // the next word, and where the line starts
        var text = new StringBuilder();
        Append(0, prefix.Length);
        return text.ToString();

        void Append(int axis, int hang)
        {
            text.Append('[');
            for (int i = 0; i < array.Shape[axis]; i++)
            {
                if (axis == array.Rank - 1)
                {
                    AppendWord(i, hang + 1);
                }
                else
                {
                    if (i > 0)
                    {
                        text.Append(separator.TrimEnd()).Append('\n', array.Rank - 1 - axis);
                        start = text.Length;
                        text.Append(' ', hang + 1);
                    }
                    Append(axis + 1, hang + 1);
                }
            }
            text.Append(']');
        }

        void AppendWord(int i, int hang)
        {
            int length = text.Length - start + separator.Length + words[next].Length;
            int closing = Math.Max(separator.TrimEnd().Length, 1) + array.Rank - 1;
            if (i > 0 && length + (start == 0 ? prefix.Length : 0) + closing > LineWidth)
            {
                text.Append(separator.TrimEnd()).Append('\n');
                start = text.Length;
                text.Append(' ', hang);
            }
            else if (i > 0)
                text.Append(separator);
            text.Append(words[next++]);
        }
    }

    private static string[] Words(NdArray array)
    {
        double[] values = array.Values();
        string[] words = array.Type switch
        {
            DType.Bool => Array.ConvertAll(values, value => value != 0 ? "True" : "False"),
            DType.Int => Array.ConvertAll(values, value => value.ToString("0", CultureInfo.InvariantCulture)),
            _ => Reals(values),
        };
        int width = words.Max(word => word.Length);
        return array.Type == DType.Float ? words : Array.ConvertAll(words, word => word.PadLeft(width));
    }

    private static string[] Reals(double[] values)
    {
        double[] sizes = [.. values.Where(value => double.IsFinite(value) && value != 0).Select(Math.Abs)];
        bool isScientific = sizes.Length > 0
            && (sizes.Max() >= 1e8 || sizes.Min() < 1e-4 || sizes.Max() / sizes.Min() > 1000);
        (string Left, string Right, string End)[] parts =
            Array.ConvertAll(values, value => isScientific ? Scientific(value) : Positional(value));
        var finite = parts.Where((_, i) => double.IsFinite(values[i])).ToArray();
        int right = finite.Select(part => part.Right.Length).DefaultIfEmpty(0).Max();
        int left = finite.Select(part => part.Left.Length).DefaultIfEmpty(0).Max();
        int end = finite.Select(part => part.End.Length).DefaultIfEmpty(0).Max();
        int width = Math.Max(finite.Length > 0 ? left + 1 + right + end : 0, parts.Where((_, i) =>
            !double.IsFinite(values[i])).Select(part => part.Left.Length).DefaultIfEmpty(0).Max());
        return [.. parts.Select((part, i) => !double.IsFinite(values[i]) ? part.Left.PadLeft(width)
            : (part.Left + "." + (isScientific ? part.Right.PadRight(right, '0') : part.Right.PadRight(right))
                + part.End).PadLeft(width))];
    }

    private static (string Left, string Right, string End) Positional(double value)
    {
        if (!double.IsFinite(value))
            return (PythonText.Real(value), "", "");
        (string sign, string digits, int point) = PythonText.Digits(value);
        if (digits.Length - point > Precision)
        {
            string[] rounded = value.ToString("F8", CultureInfo.InvariantCulture).Split('.');
            return (rounded[0], rounded[1].TrimEnd('0'), "");
        }
        if (value == 0 || point <= 0)
            return (sign + "0", value == 0 ? "" : new string('0', -point) + digits, "");
        return point >= digits.Length ? (sign + digits.PadRight(point, '0'), "", "")
            : (sign + digits[..point], digits[point..], "");
    }

    private static (string Left, string Right, string End) Scientific(double value)
    {
        if (!double.IsFinite(value))
            return (PythonText.Real(value), "", "");
        (string sign, string digits, int point) = PythonText.Digits(value);
        int power = value == 0 ? 0 : point - 1;
        if (digits.Length - 1 > Precision)
        {
            string rounded = Math.Abs(value).ToString("E8", CultureInfo.InvariantCulture);
            int e = rounded.IndexOf('E', StringComparison.Ordinal);
            digits = rounded[..e].Replace(".", "", StringComparison.Ordinal).TrimEnd('0');
            power = int.Parse(rounded.AsSpan(e + 1), provider: CultureInfo.InvariantCulture);
        }
        return (sign + digits[..1], digits.Length > 1 ? digits[1..] : "", "e" + PythonText.Exponent(power));
    }
}
