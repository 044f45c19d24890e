using System.Text.Json;
using System.Text.Json.Nodes;

namespace Nabla.Language.Models;

/// <summary>Reads a <c>config.json</c> key by key, naming the key in every error.</summary>
public sealed class ConfigReader(JsonObject config)
{
    /// <summary>A whole number, 1 or more.</summary>
    public int Size(string key) => OptionalSize(key) ?? throw new ModelException($"config.json: '{key}' is missing.");

    /// <summary>A whole number, 1 or more, if the key is there.</summary>
    public int? OptionalSize(string key) => Value<int>(key, "a whole number") switch
    {
        null => null,
        int value when value >= 1 => value,
        int value => throw new ModelException($"config.json: '{key}' is {value}; it must be at least 1."),
    };

    /// <summary>A number, or <paramref name="otherwise"/> if the key is not there.</summary>
    public float Number(string key, float otherwise) => (float)(Value<double>(key, "a number") ?? otherwise);

    /// <summary>True or false, or <paramref name="otherwise"/> if the key is not there.</summary>
    public bool Flag(string key, bool otherwise) => Value<bool>(key, "true or false") ?? otherwise;

    /// <summary>Throws if the key is there with a value other than those supported.</summary>
    public void Expect(string key, params string[] supported)
    {
        if (config[key] is JsonValue value && !supported.Contains(value.ToString()))
            throw new ModelException($"config.json: '{key}' is {value.ToJsonString()}; Nabla's family supports {string.Join(" or ", supported)}.");
    }

    private T? Value<T>(string key, string expected) where T : struct
    {
        if (config[key] is not { } node)
            return null;
        try
        {
            return node.Deserialize<T>();
        }
        catch (JsonException error)
        {
            throw new ModelException($"config.json: '{key}' is {node.ToJsonString()}; expected {expected}.", error);
        }
    }
}
