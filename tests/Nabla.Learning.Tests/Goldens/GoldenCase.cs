using System.Text.Json;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Tests.Goldens;

/// <summary>One recorded call: its inputs as parameters, then its constants; its result and gradients.</summary>
internal sealed record GoldenCase(
    string Op, JsonElement Attributes, Tensor[] X, Tensor Y, Tensor Dy, Tensor[] Gradients)
    : GoldenAttributes(Attributes)
{
    /// <summary>
    /// The case of this name; its result's gradient is the beginning of <paramref name="upstream"/> if that is given.
    /// </summary>
    public static GoldenCase Read(GoldenFile file, string name, Tensor? upstream = null)
    {
        JsonElement note = file.Note(name);
        int inputs = note.GetProperty("inputs").GetInt32(), constants = note.GetProperty("constants").GetInt32();
        Tensor[] x = [.. Enumerable.Range(0, inputs + constants)
            .Select(i => file.Read($"{name}/x{i}")).Select((t, i) => i < inputs ? new Parameter(t) : t)];
        Tensor[] gradients = [.. Enumerable.Range(0, inputs).Select(i => file.Read($"{name}/dx{i}"))];
        Tensor y = file.Read($"{name}/y");
        Tensor dy = upstream?.Slice(0, 0, y.Count).Reshape(y.Shape.AsSpan()) ?? file.Read($"{name}/dy");
        return new GoldenCase(note.GetProperty("op").GetString()!, note, x, y, dy, gradients);
    }

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
