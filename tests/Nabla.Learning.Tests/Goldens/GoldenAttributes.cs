using System.Text.Json;
using Nabla.Numerics.Kernels;

namespace Nabla.Learning.Tests.Goldens;

/// <summary>What a recorded call was given beside tensors.</summary>
internal abstract record GoldenAttributes(JsonElement Attributes)
{
    public bool Has(string attribute) =>
        Attributes.TryGetProperty(attribute, out JsonElement value) && value.ValueKind != JsonValueKind.Null;

    public string Text(string attribute) => Attributes.GetProperty(attribute).GetString()!;

    public int Int(string attribute) => Attributes.GetProperty(attribute).GetInt32();

    public float Float(string attribute) => Attributes.GetProperty(attribute).GetSingle();

    /// <summary>Whether it is there and true.</summary>
    public bool Bool(string attribute) => Has(attribute) && Attributes.GetProperty(attribute).GetBoolean();

    public int[] Ints(string attribute) => Ints(Attributes.GetProperty(attribute));

    public int[][] Lists(string attribute) =>
        [.. Attributes.GetProperty(attribute).EnumerateArray().Select(list => Ints(list))];

    /// <summary>A height and a width, or one number for both.</summary>
    public Size2d Size(string attribute) => Attributes.GetProperty(attribute).ValueKind == JsonValueKind.Array
        ? (Ints(attribute)[0], Ints(attribute)[1])
        : Int(attribute);

    private static int[] Ints(JsonElement numbers) => [.. numbers.EnumerateArray().Select(number => number.GetInt32())];
}
