using System.Globalization;
using System.Text.Json;

namespace Nabla.Formulas.Configurations.Models;

/// <summary>The sizes in a <c>config.json</c>, each under any of the names that it has.</summary>
public sealed class ModelSettings(JsonElement document)
{
    private IReadOnlyDictionary<string, long> defaults = new Dictionary<string, long>(StringComparer.Ordinal);

    // Products of two sizes fit into a long, of four into an Int128.
    private const long Largest = 1L << 30;

    /// <summary>The family, in lower case, or empty.</summary>
    public string Family => Word("model_type").ToLowerInvariant();

    /// <summary>Whether a setting is there and not null.</summary>
    public bool Has(params ReadOnlySpan<string> names) => Find(names) is not null;

    /// <summary>These settings, and sizes for those that are missing.</summary>
    public ModelSettings Or(IReadOnlyDictionary<string, long> sizes) => new(document) { defaults = sizes };

    /// <summary>A size.</summary>
    /// <exception cref="FormulaException">It is missing or no size.</exception>
    public long Size(params ReadOnlySpan<string> names) => Find(names) is { } value
        ? Size(names[0], value)
        : defaults.TryGetValue(names[0], out long usual) ? usual : throw new FormulaException(
            $"The configuration has no \"{names[0]}\"; without it the parameters cannot be counted: add it.");

    /// <summary>A size, or another where it is missing.</summary>
    /// <exception cref="FormulaException">It is no size.</exception>
    public long SizeOr(long otherwise, params ReadOnlySpan<string> names) =>
        Find(names) is { } value ? Size(names[0], value) : defaults.GetValueOrDefault(names[0], otherwise);

    /// <summary>How many things are listed under a name; 0 where it is missing.</summary>
    public long Length(string name) =>
        Find([name]) is { ValueKind: JsonValueKind.Array } list ? list.GetArrayLength() : 0;

    /// <summary>A switch, or another where it is missing.</summary>
    public bool Switch(string name, bool otherwise) => Find([name]) is { } value
        ? value.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => otherwise }
        : otherwise;

    /// <summary>A word, or empty.</summary>
    public string Word(string name) =>
        Find([name]) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : "";

    /// <summary>The settings under a name of their own, as of the text part of a model of images and text.</summary>
    public ModelSettings? Part(string name) =>
        Find([name]) is { ValueKind: JsonValueKind.Object } value ? new ModelSettings(value) : null;

    private static long Size(string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long size) && size is >= 0 and <= Largest)
            return size;
        string found = value.ValueKind is JsonValueKind.Object or JsonValueKind.Array
            ? value.ValueKind.ToString().ToLowerInvariant() : value.GetRawText();
        throw new FormulaException(string.Create(CultureInfo.InvariantCulture,
            $"\"{name}\" is {found}, which is no size: give a whole number from 0 to 2^30."));
    }

    private JsonElement? Find(ReadOnlySpan<string> names)
    {
        foreach (string name in names)
            if (document.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null)
                return value;
        return null;
    }
}
