using System.Reflection;
using System.Text.Json;
using Nabla.Language.Training;
using Nabla.Learning.Training;

namespace Nabla.Cli;

/// <summary>
/// Finds keys of a recipe that do not exist and values of the wrong kind, and says what was probably meant. Whether
/// values are in their range, <see cref="TrainingConfig"/> says.
/// </summary>
internal static class RecipeCheck
{
    private static readonly JsonDocumentOptions Lenient =
        new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Throws unless every key is known and every value of its kind.</summary>
    /// <exception cref="TrainingException">Names the key.</exception>
    public static void Check(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Lenient);
            Check(document.RootElement, typeof(TrainingConfig), "");
        }
        catch (JsonException error)
        {
            throw new TrainingException(
                $"Recipe: it is not JSON: line {error.LineNumber + 1}, column {error.BytePositionInLine + 1}. "
                + "See 'nabla recipes --json' for examples.",
                error);
        }
    }

    private static void Check(JsonElement element, Type type, string path)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw Wrong(path.TrimEnd('.'), element, "an object { … }");
        Dictionary<string, Type> keys = Keys(type);
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!keys.TryGetValue(property.Name, out Type? expected))
                throw new TrainingException(
                    $"Recipe: there is no key '{path}{property.Name}'.{Meant(property.Name, path, keys)}");
            CheckValue(property.Value, expected, path + property.Name);
        }
    }

    private static void CheckValue(JsonElement value, Type type, string key)
    {
        Type? inner = Nullable.GetUnderlyingType(type);
        if (inner is not null && value.ValueKind == JsonValueKind.Null)
            return;
        type = inner ?? type;
        if (type.IsEnum)
        {
            string[] names = [.. Enum.GetNames(type).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];
            Require(value.ValueKind == JsonValueKind.String && names.Contains(value.GetString()), value, key,
                string.Join(" or ", names.Select(name => $"\"{name}\"")));
        }
        else if (type == typeof(string))
            Require(value.ValueKind == JsonValueKind.String, value, key, "text in quotes");
        else if (type == typeof(bool))
            Require(value.ValueKind is JsonValueKind.True or JsonValueKind.False, value, key, "true or false");
        else if (type == typeof(int))
            Require(value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _), value, key, "a whole number");
        else if (type.IsPrimitive)
            Require(value.ValueKind == JsonValueKind.Number, value, key, "a number");
        else
            Check(value, type, key + ".");
    }

    private static Dictionary<string, Type> Keys(Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.SetMethod is not null)
        .ToDictionary(
            property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name),
            property => property.PropertyType,
            StringComparer.Ordinal);

    private static string Meant(string name, string path, Dictionary<string, Type> keys)
    {
        string[] elsewhere =
        [
            .. Keys(typeof(TrainingConfig))
                .Where(key => path.Length == 0 && key.Value.IsClass && key.Value != typeof(string))
                .SelectMany(part => Keys(part.Value).Keys.Where(key => key == name).Select(key => $"{part.Key}.{key}")),
        ];
        string? nearest = elsewhere.FirstOrDefault() ?? (Nearest.To(name, keys.Keys) is { } key ? path + key : null);
        return nearest is null ? $" Here may stand {string.Join(", ", keys.Keys)}." : $" Did you mean '{nearest}'?";
    }

    private static void Require(bool valid, JsonElement value, string key, string expected)
    {
        if (!valid)
            throw Wrong(key, value, expected);
    }

    private static TrainingException Wrong(string key, JsonElement value, string expected)
    {
        string shown = value.GetRawText().ReplaceLineEndings(" ");
        if (shown.Length > 40)
            shown = shown[..40] + "…";
        return new TrainingException(
            $"Recipe: {(key.Length == 0 ? "it" : $"'{key}'")} is {shown}; expected {expected}.");
    }
}
