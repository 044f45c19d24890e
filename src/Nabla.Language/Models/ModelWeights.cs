using Nabla.Learning;
using Nabla.Learning.Checkpoints;
using Nabla.Numerics;
using Nabla.Tensors;

namespace Nabla.Language.Models;

/// <summary>A model's weights in a safetensors file, with the names and layouts of Hugging Face.</summary>
public static class ModelWeights
{
    /// <summary>
    /// The name of the output layer, which files of models that share it with the embedding may repeat.
    /// </summary>
    internal const string Head = "lm_head.weight";

    private const int MostNamed = 3;

    /// <summary>All weights as they are stored.</summary>
    public static IEnumerable<SafeTensorEntry> Entries(LanguageModel model) => model.Parameters().Select(parameter =>
        new SafeTensorEntry(parameter.StoredName, StoredShape(parameter), StoredValues(parameter)));

    /// <summary>Numbers in all tensors of a file together.</summary>
    public static long Count(SafeTensorsFile file) => file.Names.Sum(name => Product(file.Shape(name)));

    /// <summary>Fills a model from a file. When it throws, weights read so far stay as they were read.</summary>
    /// <exception cref="ModelException">
    /// A weight is missing, has another shape, is not finite, or is unknown to the family.
    /// </exception>
    /// <exception cref="CheckpointException">The file cannot be read.</exception>
    public static void Read(SafeTensorsFile file, LanguageModel model, IModelFamily family)
    {
        Dictionary<string, string> nameInFile = NamesInFile(file, family);
        NamedParameter[] parameters = [.. model.Parameters()];
        string[] missing = [.. parameters.Select(p => p.StoredName).Where(name => !nameInFile.ContainsKey(name))];
        if (missing.Length > 0)
            throw new ModelException(
                $"The weights lack {List(missing)}; the configuration is of another model, " +
                "or the file of an unfinished download.");
        foreach (NamedParameter parameter in parameters)
        {
            Fill(parameter, file, nameInFile[parameter.StoredName]);
            nameInFile.Remove(parameter.StoredName);
        }
        if (nameInFile.Remove(Head, out string? copy))
            RequireEqual(file, copy, parameters.Single(p => p.StoredName == family.EmbeddingName));
        if (nameInFile.Count > 0)
            throw new ModelException(
                $"The weights have {List([.. nameInFile.Values])}, " +
                $"which a {family.Name} of this configuration does not have.");
    }

    /// <summary>What stands in the file under another name, by the name that Nabla uses.</summary>
    private static Dictionary<string, string> NamesInFile(SafeTensorsFile file, IModelFamily family)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string name in file.Names)
            if (family.StoredName(name) is { } stored && !names.TryAdd(stored, name))
                throw new ModelException(
                    $"The weights have both {Foreign.Quote(names[stored])} and {Foreign.Quote(name)}, which are " +
                    "the same weight.");
        return names;
    }

    private static void Fill(NamedParameter parameter, SafeTensorsFile file, string name)
    {
        int[] expected = StoredShape(parameter);
        if (!file.Shape(name).SequenceEqual(expected))
            throw new ModelException(
                $"The weight {Foreign.Quote(name)} has shape [{string.Join(", ", file.Shape(name).ToArray())}] " +
                $"where the configuration asks for [{string.Join(", ", expected)}].");
        Span<float> values = parameter.Parameter.Values;
        file.ReadFloats(name, values);
        foreach (float value in values)
            if (!float.IsFinite(value))
                throw new ModelException(
                    $"The weight {Foreign.Quote(name)} holds {value}, which is no number to compute with; " +
                    "the file is damaged, or its training diverged.");
        if (parameter.StoredTransposed)
            Transpose(values.ToArray(), values, expected[1]);
    }

    private static void RequireEqual(SafeTensorsFile file, string name, NamedParameter embedding)
    {
        Parameter weight = embedding.Parameter;
        if (!file.Shape(name).SequenceEqual(weight.Shape.AsSpan())
            || !file.ReadFloats(name).AsSpan().SequenceEqual(weight.Values))
            throw new ModelException(
                $"The weight {Foreign.Quote(name)} differs from {Foreign.Quote(embedding.StoredName)} although the " +
                "configuration says that they are one (tie_word_embeddings).");
    }

    private static int[] StoredShape(NamedParameter parameter)
    {
        int[] shape = parameter.Parameter.Shape.AsSpan().ToArray();
        return parameter.StoredTransposed ? [shape[1], shape[0]] : shape;
    }

    private static float[] StoredValues(NamedParameter parameter)
    {
        float[] values = parameter.Parameter.Values.ToArray();
        if (parameter.StoredTransposed)
            Transpose(parameter.Parameter.Values, values, parameter.Parameter.Shape[1]);
        return values;
    }

    /// <summary>[m, n] → [n, m].</summary>
    private static void Transpose(ReadOnlySpan<float> from, Span<float> to, int n)
    {
        int m = from.Length / n;
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++)
                to[j * m + i] = from[i * n + j];
    }

    private static long Product(ReadOnlySpan<int> sizes)
    {
        long product = 1; // of a tensor in a file, so it is no longer than the file
        foreach (int size in sizes)
            product = size == 0 ? 0 : product * size;
        return product;
    }

    private static string List(string[] names)
    {
        string shown =
            string.Join(", ", names.Take(MostNamed).Select(Foreign.Quote)) + (names.Length > MostNamed ? ", …" : "");
        return names.Length == 1 ? $"the tensor {shown}" : $"{names.Length} tensors: {shown}";
    }
}
