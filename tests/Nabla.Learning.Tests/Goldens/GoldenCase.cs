using System.Text.Json;
using Nabla.Numerics.Kernels;
using Nabla.Tensors;

namespace Nabla.Learning.Tests.Goldens;

/// <summary>One recorded call: its inputs as parameters, then its constants; its result and gradients.</summary>
internal sealed record GoldenCase(
    string Op, JsonElement Attributes, Tensor[] X, Tensor Y, Tensor Dy, Tensor[] Gradients)
{
    public static GoldenCase Read(GoldenFile file, string name)
    {
        JsonElement note = file.Note(name);
        int inputs = note.GetProperty("inputs").GetInt32(), constants = note.GetProperty("constants").GetInt32();
        Tensor[] x = [.. Enumerable.Range(0, inputs + constants)
            .Select(i => file.Read($"{name}/x{i}")).Select((t, i) => i < inputs ? new Parameter(t) : t)];
        Tensor[] gradients = [.. Enumerable.Range(0, inputs).Select(i => file.Read($"{name}/dx{i}"))];
        return new GoldenCase(
            note.GetProperty("op").GetString()!, note, x, file.Read($"{name}/y"), file.Read($"{name}/dy"), gradients);
    }

    public int Int(string attribute) => Attributes.GetProperty(attribute).GetInt32();

    public float Float(string attribute) => Attributes.GetProperty(attribute).GetSingle();

    public bool Bool(string attribute) => Attributes.GetProperty(attribute).GetBoolean();

    public string Text(string attribute) => Attributes.GetProperty(attribute).GetString()!;

    /// <summary>A height and a width, or one number for both.</summary>
    public Size2d Size(string attribute) =>
        Attributes.GetProperty(attribute) is { ValueKind: JsonValueKind.Array } sizes
        ? (sizes[0].GetInt32(), sizes[1].GetInt32())
        : Int(attribute);

    /// <summary>The dimension, or null where PyTorch reduced everything.</summary>
    public int? Dim => Attributes.GetProperty("dim") is { ValueKind: JsonValueKind.Number } dim ? dim.GetInt32() : null;

    /// <summary>A nested array of whole numbers, flat and with its shape.</summary>
    public (int[] Values, Shape Shape) Integers(string attribute)
    {
        var sizes = new List<int>();
        var values = new List<int>();
        for (JsonElement level = Attributes.GetProperty(attribute);
            level.ValueKind == JsonValueKind.Array; level = level[0])
            sizes.Add(level.GetArrayLength());
        Flatten(Attributes.GetProperty(attribute));
        return ([.. values], sizes.ToArray());

        void Flatten(JsonElement element)
        {
            if (element.ValueKind == JsonValueKind.Number)
                values.Add(element.GetInt32());
            else
                foreach (JsonElement item in element.EnumerateArray())
                    Flatten(item);
        }
    }
}
