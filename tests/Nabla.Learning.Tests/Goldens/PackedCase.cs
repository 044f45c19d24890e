using System.Text.Json;
using Nabla.Numerics.Kernels;
using Nabla.Tensors;

namespace Nabla.Learning.Tests.Goldens;

/// <summary>One recorded call whose parts lie in one vector, one after the other.</summary>
internal sealed class PackedCase
{
    private readonly IReadOnlyDictionary<string, Tensor> parts;
    private readonly JsonElement note;

    public PackedCase(GoldenFile file, string name)
    {
        note = file.Note(name);
        parts = file.Parts(name);
        X = [.. Enumerable.Range(0, Int("inputs")).Select(i => new Parameter(parts[$"x{i}"]))];
    }

    /// <summary>The inputs.</summary>
    public Parameter[] X { get; }

    public string Text(string attribute) => note.GetProperty(attribute).GetString()!;

    public bool Has(string attribute) =>
        note.TryGetProperty(attribute, out JsonElement value) && value.ValueKind != JsonValueKind.Null;

    public int Int(string attribute) => note.GetProperty(attribute).GetInt32();

    public float Float(string attribute) => note.GetProperty(attribute).GetSingle();

    public bool Bool(string attribute) => Has(attribute) && note.GetProperty(attribute).GetBoolean();

    public int[] Ints(string attribute) =>
        [.. note.GetProperty(attribute).EnumerateArray().Select(value => value.GetInt32())];

    public int[][] Lists(string attribute) => [.. note.GetProperty(attribute).EnumerateArray()
        .Select(list => list.EnumerateArray().Select(value => value.GetInt32()).ToArray())];

    /// <summary>A height and a width, or one number for both.</summary>
    public Size2d Size(string attribute) => note.GetProperty(attribute).ValueKind == JsonValueKind.Array
        ? (Ints(attribute)[0], Ints(attribute)[1])
        : Int(attribute);

    /// <summary>The constant with this number, if there is one.</summary>
    public Tensor? Constant(int number) => parts.GetValueOrDefault($"c{number}");

    /// <summary>The part with this name.</summary>
    public Tensor Part(string name) => parts[name];

    /// <summary>The names of the parts that begin so, without the beginning.</summary>
    public IEnumerable<string> Names(string beginning) => parts.Keys
        .Where(name => name.StartsWith(beginning, StringComparison.Ordinal)).Select(name => name[beginning.Length..]);
}
