using System.Text.Json;
using System.Text.Json.Nodes;

namespace Nabla.Language.Models;

/// <summary>Reads a <c>config.json</c> key by key, naming the key in every error.</summary>
public sealed class ConfigReader(JsonObject config)
{
    private const int LongestShown = 60;

    /// <summary>A whole number, 1 or more.</summary>
    public int Size(string key) => OptionalSize(key) ?? throw new ModelException($"config.json: '{key}' is missing.");

    /// <summary>A whole number, 1 or more, if the key is there.</summary>
    public int? OptionalSize(string key) => Value<int>(key, "a whole number") switch
    {
        null => null,
        int value when value >= 1 => value,
        int value => throw new ModelException($"config.json: '{key}' is {value}; it must be at least 1."),
    };

    /// <summary>A positive number, or <paramref name="otherwise"/> if the key is not there.</summary>
    public float Positive(string key, float otherwise)
    {
        float value = Number(key, otherwise);
        return value > 0 && float.IsFinite(value)
            ? value
            : throw new ModelException($"config.json: '{key}' is {value}; it must be a positive number.");
    }

    /// <summary>A number in [0, 1), or <paramref name="otherwise"/> if the key is not there.</summary>
    public float Fraction(string key, float otherwise)
    {
        float value = Number(key, otherwise);
        return value is >= 0 and < 1
            ? value
            : throw new ModelException($"config.json: '{key}' is {value}; it must be in [0, 1).");
    }

    /// <summary>True or false, or <paramref name="otherwise"/> if the key is not there.</summary>
    public bool Flag(string key, bool otherwise) => Value<bool>(key, "true or false") ?? otherwise;

    /// <summary>Throws if the key is there with a value other than those supported.</summary>
    public void Expect(string key, params string[] supported)
    {
        if (config[key] is { } value && !supported.Contains(value.ToString()))
            throw new ModelException(
                $"config.json: '{key}' is {Show(value)}; Nabla's family supports {string.Join(" or ", supported)}.");
    }

    /// <summary>The product of a size and a small factor.</summary>
    internal static int Times(int factor, int size, string key) => size <= int.MaxValue / factor
        ? factor * size
        : throw new ModelException($"config.json: '{key}' is {size}; that is too large.");

    /// <summary>Throws if a configuration asks for more numbers than there are, before memory is asked for.</summary>
    internal static void RequireAtMost(long mostParameters, Int128 wanted)
    {
        if (wanted > mostParameters)
            throw new ModelException(
                $"config.json asks for {wanted} parameters and the weights have {mostParameters}; " +
                "the two are of different models.");
    }

    private float Number(string key, float otherwise) => (float)(Value<double>(key, "a number") ?? otherwise);

    private static string Show(JsonNode node) =>
        node.ToJsonString() is { Length: > LongestShown } text ? $"{text[..LongestShown]}…" : node.ToJsonString();

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
            throw new ModelException($"config.json: '{key}' is {Show(node)}; expected {expected}.", error);
        }
    }
}
