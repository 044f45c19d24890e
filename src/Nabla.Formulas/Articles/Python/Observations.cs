namespace Nabla.Formulas.Articles.Python;

/// <summary>A value that a program printed, and as what.</summary>
internal sealed record PrintedValue(object Value, string Text)
{
    /// <summary>Whether a format may have left out some of its digits.</summary>
    public bool IsFormatted { get; init; } = Value is string || Value is PyList list && list.Items.Exists(item =>
        item is string);
}

/// <summary>What one call of print wrote; <see cref="UnknownMark"/> stands for what is not known.</summary>
/// <param name="Text">The text without the last end of line.</param>
/// <param name="Values">The values in it, in order.</param>
/// <param name="Line">The line of the statement that printed it.</param>
/// <param name="Doubt">Why something in it is not known, or null.</param>
internal sealed record Printed(string Text, IReadOnlyList<PrintedValue> Values, int Line, string? Doubt)
{
    public const char UnknownMark = '\u0001';

    /// <summary>Whether all its numbers have the digits that they have, and a format has rounded none.</summary>
    public bool IsExact => Values.All(value => !value.IsFormatted);
}

/// <summary>What the lines of a program printed and computed while it ran.</summary>
internal sealed class Observations
{
    private readonly Dictionary<int, List<object>> values = [];

    /// <summary>All that was printed, in order.</summary>
    public List<Printed> Output { get; } = [];

    /// <summary>Why lines of the output may be missing, or null.</summary>
    public string? Gap { get; set; }

    /// <summary>Why a line could not be run, by its number.</summary>
    public Dictionary<int, string> Failures { get; } = [];

    /// <summary>What the statement of a line computed, each time that it ran.</summary>
    public IReadOnlyList<object> ValuesOf(int line) => values.GetValueOrDefault(line) ?? [];

    public void Add(int line, object value)
    {
        if (!values.TryGetValue(line, out List<object>? list))
            values[line] = list = [];
        if (list.Count < 100)
            list.Add(Snapshot.Of(value));
    }
}
