using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Nabla.Formulas.Printing;
using Nabla.Tensors;

namespace Nabla.Formulas.Evaluation;

/// <summary>Numbers with a shape, in double: what symbols are bound to and what formulas give.</summary>
public sealed partial class NumberArray : IEquatable<NumberArray>
{
    private const int MostNumbers = 1 << 24;
    private const int MostDimensions = 8, MostPending = 1 << 16;

    private readonly double[] values;

    /// <summary>These numbers in row-major order.</summary>
    /// <exception cref="FormulaException">The number of values is not that of the shape.</exception>
    public NumberArray(Shape shape, double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length != shape.ElementCount)
            throw new FormulaException($"{values.Length} numbers do not fill the shape {shape}.");
        (Shape, this.values) = (shape, values);
    }

    /// <summary>A single number.</summary>
    public NumberArray(double value) : this([], [value])
    {
    }

    /// <summary>The sizes, outermost first; none for a single number.</summary>
    public Shape Shape { get; }

    /// <summary>The numbers in row-major order.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <summary>How many numbers there are.</summary>
    public int Count => values.Length;

    /// <summary>Whether this is a single number without dimensions.</summary>
    public bool IsScalar => Shape.Rank == 0;

    /// <summary>The number at these indices, from 0, one for each dimension.</summary>
    /// <exception cref="ArgumentException">There are more or fewer indices than dimensions.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside of its dimension.</exception>
    public double this[params ReadOnlySpan<int> indices]
    {
        get
        {
            if (indices.Length != Shape.Rank)
                throw new ArgumentException(
                    $"NumberArray: {indices.Length} indices for the shape {Shape}; give one for each dimension.");
            int at = 0;
            for (int d = 0; d < indices.Length; d++)
            {
                if ((uint)indices[d] >= (uint)Shape[d])
                    throw new ArgumentOutOfRangeException(nameof(indices), indices[d],
                        $"NumberArray: index {indices[d]} of dimension {d} is not in 0 … {Shape[d] - 1}.");
                at = at * Shape[d] + indices[d];
            }
            return values[at];
        }
    }

    /// <summary>A vector.</summary>
    public static NumberArray Vector(params ReadOnlySpan<double> values) => new([values.Length], values.ToArray());

    /// <summary>The numbers of a tensor.</summary>
    public static NumberArray From(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return new(tensor.Shape, [.. tensor.ToArray().Select(value => (double)value)]);
    }

    /// <summary>Reads a number, or lists of numbers nested in lists of equal lengths, from JSON.</summary>
    /// <exception cref="FormulaException">It is something else, or the lists have different lengths.</exception>
    public static NumberArray From(JsonElement json)
    {
        var shape = new List<int>();
        for (JsonElement at = json; at.ValueKind == JsonValueKind.Array; at = at[0])
        {
            shape.Add(at.GetArrayLength());
            if (at.GetArrayLength() == 0 || shape.Count == MostDimensions)
                break;
        }
        var values = new List<double>();
        Collect(json, shape, 0, values);
        return new([.. shape], [.. values]);
    }

    /// <summary>Reads a number or nested lists as text: <c>2.5</c>, <c>[1, 2]</c>, <c>[[1, 0], [0, 1]]</c>.</summary>
    /// <exception cref="FormulaException">The text is something else.</exception>
    public static NumberArray Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Parse(text, dividesMore: true);
    }

    private static NumberArray Parse(string text, bool dividesMore)
    {
        string trimmed = text.Trim();
        if (TryNumber(trimmed, out double number))
            return new(number);
        try
        {
            using JsonDocument document = JsonDocument.Parse(
                trimmed, new JsonDocumentOptions { AllowTrailingCommas = true, MaxDepth = MostDimensions + 2 });
            return From(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or ArgumentException) // half of a character
        {
            if (dividesMore && Fraction().Replace(WithZeros(trimmed), Divided) is var divided && divided != trimmed)
                return Parse(divided, dividesMore: false);
            int start = text.IndexOf(trimmed, StringComparison.Ordinal);
            throw new FormulaException($"the value '{Shown(trimmed)}' is no number and no list of numbers; "
                + "write 2.5, [1, 2] or [[1, 0], [0, 1]].", start + Place(trimmed, error),
                "a number or a list of numbers");
        }
    }

    [GeneratedRegex("(?<above>[-−]?[0-9]+(?:[.][0-9]+)?) */ *(?<below>[0-9]+(?:[.][0-9]+)?)",
        RegexOptions.NonBacktracking)]
    private static partial Regex Fraction();

    // .5 is 0.5 as people write it.
    private static string WithZeros(string text) => Point().Replace(text, "${before}0.");

    [GeneratedRegex("(?<before>^|[\\[,\\s/−-])[.](?=[0-9])")]
    private static partial Regex Point();

    // 1/3 is a number as people write it; what is divided by 0, or twice, is left as it stands.
    private static string Divided(Match fraction)
    {
        double above = double.Parse(fraction.Groups["above"].Value.Replace('−', '-'), CultureInfo.InvariantCulture);
        double value = above / double.Parse(fraction.Groups["below"].Value, CultureInfo.InvariantCulture);
        return double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : fraction.Value;
    }

    // JSON counts bytes of a line, in which one character may take several.
    private static int Place(string text, Exception error)
    {
        if (error is not JsonException { LineNumber: { } line, BytePositionInLine: { } bytes })
            return 0;
        int at = 0;
        for (; line > 0 && at < text.Length; at++)
            line -= text[at] == '\n' ? 1 : 0;
        for (; bytes > 0 && at < text.Length; at++)
            bytes -= text[at] < 0x80 ? 1 : text[at] < 0x800 || char.IsSurrogate(text[at]) ? 2 : 3;
        return at;
    }

    /// <inheritdoc/>
    public bool Equals(NumberArray? other) =>
        other is not null && Shape == other.Shape && values.AsSpan().SequenceEqual(other.values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NumberArray);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Shape, values.Length == 0 ? 0 : values[0]);

    /// <summary>As nested lists with the shortest digits that give the same numbers back.</summary>
    public override string ToString() => ToString("R");

    /// <summary>As nested lists; each number in a format such as <c>G6</c>.</summary>
    public string ToString(string format)
    {
        var text = new StringBuilder();
        Append(new(text, value => value.ToString(format, CultureInfo.InvariantCulture), int.MaxValue), 0, 0);
        return text.ToString();
    }

    /// <summary>
    /// For people: six digits, ∞ and 3.2×10⁻⁷, and large whole numbers in groups of three digits. After so many
    /// characters as nobody reads, 10,000 unless another number is given, dots stand for the rest.
    /// </summary>
    public string ToDisplay(int mostCharacters = 10_000)
    {
        if (IsScalar)
            return NumberText.Of(values[0]);
        var text = new StringBuilder();
        Append(new(text, NumberText.InList, mostCharacters), 0, 0);
        return text.ToString();
    }

    /// <summary>
    /// Writes the numbers as nested JSON lists; what is not finite as a string, as JSON has no such numbers.
    /// </summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Write(writer, 0, 0);
    }

    private static string Shown(string text) => Shortened.To(text, 41);

    private static bool TryNumber(string text, out double number)
    {
        number = text switch
        {
            "inf" or "+inf" or "∞" or "+∞" => double.PositiveInfinity,
            "-inf" or "-∞" or "−∞" => double.NegativeInfinity,
            _ => 0,
        };
        return number != 0 || double.TryParse(
            text.Replace('−', '-'), NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    private static void Collect(JsonElement json, List<int> shape, int depth, List<double> values)
    {
        if (depth < shape.Count)
        {
            if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() != shape[depth])
                throw new FormulaException(
                    "the lists of a value have different lengths; all rows of a matrix must be as long.");
            foreach (JsonElement inner in json.EnumerateArray())
                Collect(inner, shape, depth + 1, values);
            return;
        }
        if (json.ValueKind is not (JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False))
            throw new FormulaException($"a value holds '{Shown(json.GetRawText())}', which is no number.");
        values.Add(json.ValueKind == JsonValueKind.Number ? json.GetDouble() : json.ValueKind == JsonValueKind.True
            ? 1 : 0);
        if (values.Count > MostNumbers)
            throw new FormulaException($"a value holds more than {MostNumbers} numbers.");
    }

    private int Append(Writing to, int dim, int at)
    {
        if (dim == Shape.Rank)
        {
            to.Text.Append(to.Written(values[at]));
            return at + 1;
        }
        to.Text.Append('[');
        for (int i = 0; i < Shape[dim]; i++)
        {
            if (i > 0)
                to.Text.Append(", ");
            if (to.Text.Length > to.MostCharacters)
            {
                to.Text.Append('…');
                break;
            }
            at = Append(to, dim + 1, at);
        }
        to.Text.Append(']');
        return at;
    }

    private readonly record struct Writing(StringBuilder Text, Func<double, string> Written, int MostCharacters);

    private int Write(Utf8JsonWriter writer, int dim, int at)
    {
        if (writer.BytesPending > MostPending)
            writer.Flush();
        if (dim == Shape.Rank)
        {
            if (double.IsFinite(values[at]))
                writer.WriteNumberValue(values[at]);
            else
                writer.WriteStringValue(values[at].ToString(CultureInfo.InvariantCulture));
            return at + 1;
        }
        writer.WriteStartArray();
        for (int i = 0; i < Shape[dim]; i++)
            at = Write(writer, dim + 1, at);
        writer.WriteEndArray();
        return at;
    }
}
