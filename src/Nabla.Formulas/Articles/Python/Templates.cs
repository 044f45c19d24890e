using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Nabla.Formulas.Articles.Python;

/// <summary>
/// The ways to fill values into a text from before there were f-strings: "%.2f" % x and "{:.2f}".format(x).
/// </summary>
internal static partial class Templates
{
    private const int StepsOfField = 8;

    /// <summary>The text of <c>template % values</c>, or an <see cref="Unknown"/> if a value is not known.</summary>
    public static object Percent(string template, object values)
    {
        object[] all = values is PyTuple tuple ? tuple.Items : [values];
        if (values is PyDict)
            throw PythonException.NotKnown("formatting with % and names");
        var text = new StringBuilder();
        int next = 0, at = 0;
        foreach (Match field in PercentField().Matches(template).Cast<Match>())
        {
            Meter.Charge(StepsOfField);
            text.Append(template, at, field.Index - at);
            at = field.Index + field.Length;
            if (field.Value == "%%")
            {
                text.Append('%');
                continue;
            }
            object value = next < all.Length ? all[next++] : throw new PythonException("a format has too few values");
            if (Operators.Doubt(value) is { } doubt)
                return new Unknown(doubt);
            text.Append(Field(field, value));
            if (text.Length > Operators.LongestText)
                throw Operators.TooLong();
        }
        if (next < all.Length || template.AsSpan(at).Contains('%'))
            throw PythonException.NotKnown("such a format");
        return text.Append(template, at, template.Length - at).ToString();
    }

    /// <summary>The text of <c>template.format(…)</c>, or an <see cref="Unknown"/> if a value is not known.</summary>
    public static object Braces(string template, Arguments a)
    {
        object[] values = a.All()[1..];
        var text = new StringBuilder();
        int next = 0, at = 0;
        foreach (Match field in BraceField().Matches(template).Cast<Match>())
        {
            Meter.Charge(StepsOfField);
            text.Append(template, at, field.Index - at);
            at = field.Index + field.Length;
            if (field.Value is "{{" or "}}")
            {
                text.Append(field.Value[0]);
                continue;
            }
            string name = field.Groups["name"].Value;
            int place = int.TryParse(name, CultureInfo.InvariantCulture, out int given) ? given
                : name.Length == 0 ? next++ : -1;
            object? value = place >= 0 && place < values.Length ? values[place]
                : name.Length > 0 ? a.Optional(-1, name) : null;
            if (value is null)
                throw new PythonException("a format has too few values");
            if (Operators.Doubt(value) is { } doubt)
                return new Unknown(doubt);
            string conversion = field.Groups["conversion"].Value;
            text.Append(FormatSpec.Apply(conversion == "r" ? PythonText.Repr(value) : value,
                field.Groups["format"].Value));
            if (text.Length > Operators.LongestText)
                throw Operators.TooLong();
        }
        if (template.AsSpan(at).ContainsAny('{', '}'))
            throw PythonException.NotKnown("such a format");
        return text.Append(template, at, template.Length - at).ToString();
    }

    private static string Field(Match field, object value)
    {
        string type = field.Groups["type"].Value, flags = field.Groups["flags"].Value;
        string size = field.Groups["width"].Value + field.Groups["precision"].Value;
        string sign = flags.Contains('+', StringComparison.Ordinal) ? "+" : "";
        if (type is "s" or "r")
            return FormatSpec.Apply(type == "s" ? PythonText.Str(value) : PythonText.Repr(value),
                size.Length == 0 ? "" : (flags.Contains('-', StringComparison.Ordinal) ? "<" : ">") + size);
        string align = flags.Contains('-', StringComparison.Ordinal) ? "<"
            : flags.Contains('0', StringComparison.Ordinal) ? "0=" : ">";
        if (type is "d" or "i")
            return FormatSpec.Apply(new System.Numerics.BigInteger(Math.Truncate(Operators.Real(value))),
                align + sign + size + "d");
        return FormatSpec.Apply(Operators.Real(value), align + sign + size + type);
    }

    [GeneratedRegex(@"%(?:%|(?<flags>[-+0]*)(?<width>\d{0,3})(?<precision>(?:\.\d{1,2})?)(?<type>[sdifeEgGr]))",
        RegexOptions.None)]
    private static partial Regex PercentField();

    [GeneratedRegex(@"\{\{|\}\}|\{(?<name>\w*)(?:!(?<conversion>[rs]))?(?::(?<format>[^{}]*))?\}", RegexOptions.None)]
    private static partial Regex BraceField();
}
