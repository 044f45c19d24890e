namespace Nabla.Formulas.Configurations.Models;

/// <summary>Counts the parameters of a model, matrix by matrix, from its <c>config.json</c>.</summary>
public static class ModelSizer
{
    private static readonly Dictionary<string, IModelArchitecture> Architectures = Find();

    /// <summary>The values of <c>model_type</c> that can be counted.</summary>
    public static IEnumerable<string> Families => Architectures.Keys.Order(StringComparer.Ordinal);

    /// <summary>The size of the model that the settings describe.</summary>
    /// <exception cref="FormulaException">The family is not known, or a size is missing.</exception>
    public static ModelSize Count(ModelSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        string family = settings.Family.Length > 0 ? settings.Family : Guess(settings);
        if (Architectures.TryGetValue(family, out IModelArchitecture? architecture))
        {
            ModelSize size = architecture.Count(settings);
            return size with { Family = family, Notes = [.. HeadFaults.Of(settings), .. size.Notes] };
        }
        if (settings.Part("text_config") is { } text)
            return OnlyText(Count(text));
        throw new FormulaException(
            $"The model_type \"{family}\" is not known here; known are {string.Join(", ", Families)}.");
    }

    private static ModelSize OnlyText(ModelSize size) =>
        size with { Notes = [.. size.Notes, "Only the part that reads and writes text is counted."] };

    // nanoGPT's settings have GPT-2's names and no model_type.
    private static string Guess(ModelSettings settings) =>
        settings.Has("n_embd") ? "gpt2" : settings.Has("num_attention_heads") ? "llama" : "";

    private static Dictionary<string, IModelArchitecture> Find()
    {
        var found = new Dictionary<string, IModelArchitecture>(StringComparer.Ordinal);
        foreach (Type type in typeof(ModelSizer).Assembly.GetTypes())
            if (type is { IsAbstract: false, IsInterface: false } && typeof(IModelArchitecture).IsAssignableFrom(type))
            {
                var architecture = (IModelArchitecture)Activator.CreateInstance(type)!;
                foreach (string family in architecture.Families)
                    found.Add(family, architecture);
            }
        return found;
    }
}
