using System.Globalization;
using System.Numerics;
using System.Text;

namespace Nabla.Formulas.Articles.Python;

/// <summary>format(value, "…"): [[fill]align][sign][#][0][width][grouping][.precision][type].</summary>
internal readonly record struct FormatSpec(char Fill, char Align, char Sign, int Width, char Grouping, int Precision,
    char Type)
{
    /// <summary>What it takes to write the digits of a number.</summary>
    public const int StepsOfNumber = 16;

    private const int Widest = 1000;

    /// <summary>The text of a value in a format.</summary>
    public static string Apply(object value, string format)
    {
        if (format.Length == 0)
            return PythonText.Str(value);
        if (value is NdArray { Rank: 0 } scalar)
            value = scalar.ToPython();
        if (Operators.Doubt(value) is { } doubt)
            throw new PythonException(doubt);
        FormatSpec spec = Parse(format);
        return value switch
        {
            string text when spec.Type is 's' or '\0' =>
                spec.Pad(spec.Precision >= 0 && spec.Precision < text.Length ? text[..spec.Precision] : text, "", '<'),
            bool or BigInteger or double => spec.Number(value),
            _ => throw PythonException.NotKnown($"a format of {Operators.TypeName(value)}"),
        };
    }

    private static FormatSpec Parse(string format)
    {
        var spec = new FormatSpec(' ', '\0', '-', 0, '\0', -1, '\0');
        int at = 0;
        if (format.Length > 1 && format[1] is '<' or '>' or '^' or '=')
        {
            spec = spec with { Fill = format[0], Align = format[1] };
            at = 2;
        }
        else if (format[0] is '<' or '>' or '^' or '=')
        {
            spec = spec with { Align = format[at++] };
        }
        if (at < format.Length && format[at] is '+' or '-' or ' ')
            spec = spec with { Sign = format[at++] };
        if (at < format.Length && format[at] == '0' && spec.Align == '\0')
            spec = spec with { Fill = '0', Align = '=' };
        int width = Digits(format, ref at);
        char grouping = at < format.Length && format[at] is ',' or '_' ? format[at++] : '\0';
        int precision = -1;
        if (at < format.Length && format[at] == '.')
        {
            at++;
            precision = Digits(format, ref at);
        }
        char type = at < format.Length ? format[at++] : '\0';
        if (at < format.Length || width > Widest || precision > Widest)
            throw PythonException.NotKnown($"the format '{format}'");
        return spec with { Width = width, Grouping = grouping, Precision = precision, Type = type };
    }

    private static int Digits(string format, ref int at)
    {
        int number = 0;
        for (; at < format.Length && char.IsAsciiDigit(format[at]); at++)
            number = Math.Min(number * 10 + (format[at] - '0'), Widest + 1);
        return number;
    }

    private string Number(object value)
    {
        if (value is bool && Type == '\0')
            return Pad(PythonText.Str(value), "", '<');
        bool isWhole = value is not double;
        if (isWhole && Type is '\0' or 'd' or 'x' or 'b' or 'X' or 'o')
            return Whole(Operators.Whole(value));
        Meter.Charge(StepsOfNumber + Math.Max(Precision, 0) / 2);
        double real = Operators.Real(value);
        string sign = double.IsNegative(real) ? "-" : Sign == '-' ? "" : Sign.ToString();
        double size = Math.Abs(real);
        if (!double.IsFinite(real))
            return Pad(double.IsNaN(real) ? "nan" : "inf", sign, '>');
        string digits = Type switch
        {
            'f' or 'F' => Fixed(size, Precision < 0 ? 6 : Precision),
            '%' => Fixed(size * 100, Precision < 0 ? 6 : Precision) + "%",
            'e' or 'E' => Exponential(size, Precision < 0 ? 6 : Precision),
            'g' or 'G' => General(size, Precision < 0 ? 6 : Math.Max(Precision, 1), false),
            '\0' when Precision >= 0 => General(size, Math.Max(Precision, 1), true),
            '\0' => PythonText.Real(size),
            _ => throw PythonException.NotKnown($"the format '{Type}' of a number"),
        };
        return Pad(Grouped(Type is 'E' or 'G' ? digits.ToUpperInvariant() : digits), sign, '>');
    }

    private string Whole(BigInteger value)
    {
        string sign = value.Sign < 0 ? "-" : Sign == '-' ? "" : Sign.ToString();
        BigInteger size = BigInteger.Abs(value);
        Meter.Characters(size.GetBitLength());
        string digits = Type switch
        {
            'x' or 'X' => size.ToString("x", CultureInfo.InvariantCulture).TrimStart('0').PadLeft(1, '0'),
            'b' => size.ToString("b", CultureInfo.InvariantCulture).TrimStart('0').PadLeft(1, '0'),
            'o' => throw PythonException.NotKnown("the format 'o'"),
            _ => Texts.Digits(size),
        };
        return Pad(Grouped(Type == 'X' ? digits.ToUpperInvariant() : digits), sign, '>');
    }

    private string Grouped(string digits)
    {
        if (Grouping == '\0')
            return digits;
        int end = digits.AsSpan().IndexOfAnyExceptInRange('0', '9');
        end = end < 0 ? digits.Length : end;
        var grouped = new StringBuilder();
        for (int at = 0; at < end; at++)
            (at > 0 && (end - at) % 3 == 0 ? grouped.Append(Grouping) : grouped).Append(digits[at]);
        return grouped.Append(digits, end, digits.Length - end).ToString();
    }

    private string Pad(string text, string sign, char usual)
    {
        int missing = Width - text.Length - sign.Length;
        Meter.Characters(text.Length + Width);
        if (missing <= 0)
            return sign + text;
        int left = (Align == '\0' ? usual : Align) switch { '<' => 0, '^' => missing / 2, _ => missing };
        return Align == '=' ? sign + new string(Fill, missing) + text
            : new string(Fill, left) + sign + text + new string(Fill, missing - left);
    }

    private static string Fixed(double size, int precision) =>
        size.ToString("F" + precision, CultureInfo.InvariantCulture);

    private static string Exponential(double size, int precision)
    {
        string[] parts = size.ToString("E" + precision, CultureInfo.InvariantCulture).Split('E');
        return $"{parts[0]}e{PythonText.Exponent(int.Parse(parts[1], CultureInfo.InvariantCulture))}";
    }

    private static string General(double size, int precision, bool keepsPoint)
    {
        if (size == 0)
            return keepsPoint ? "0.0" : "0";
        string rounded = Exponential(size, precision - 1);
        int power = int.Parse(rounded.AsSpan(rounded.IndexOf('e', StringComparison.Ordinal) + 1),
            provider: CultureInfo.InvariantCulture);
        if (power < -4 || power >= precision - (keepsPoint ? 1 : 0))
        {
            string[] parts = rounded.Split('e');
            return $"{Trim(parts[0])}e{parts[1]}";
        }
        string text = Trim(Fixed(size, Math.Max(0, precision - 1 - power)));
        return keepsPoint && !text.Contains('.', StringComparison.Ordinal) ? text + ".0" : text;
    }

    private static string Trim(string digits) =>
        digits.Contains('.', StringComparison.Ordinal) ? digits.TrimEnd('0').TrimEnd('.') : digits;
}
