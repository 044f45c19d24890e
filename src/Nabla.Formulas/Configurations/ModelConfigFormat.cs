using System.Globalization;
using System.Text.Json;
using Nabla.Formulas.Configurations.Models;

namespace Nabla.Formulas.Configurations;

/// <summary>A <c>config.json</c> as Hugging Face keeps it with a model, or the sizes of nanoGPT as JSON.</summary>
internal sealed class ModelConfigFormat : IConfigurationFormat
{
    public ConfigurationExplanation? TryExplain(string text)
    {
        if (!text.StartsWith('{') || !text.EndsWith('}') || Parse(text) is not { } document)
            return null;
        using (document)
        {
            try
            {
                return Explain(document.RootElement);
            }
            catch (InvalidOperationException)
            {
                return null; // a word in it is half of a character, as in "\ud800"
            }
        }
    }

    private static ConfigurationExplanation? Explain(JsonElement root)
    {
        var settings = new ModelSettings(root);
        if (settings.Family.Length == 0 && !settings.Has("n_embd", "num_hidden_layers"))
            return null;
        ModelSize size = ModelSizer.Count(settings);
        return new(ConfigurationKind.Model, $"A {size.Family} model", Reading(size), Values(root))
        {
            Model = size,
            Warnings = size.Notes,
        };
    }

    private static JsonDocument? Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(text, new JsonDocumentOptions { AllowTrailingCommas = true, MaxDepth = 64 });
        }
        catch (Exception error) when (error is JsonException or ArgumentException) // half of a character
        {
            return null;
        }
    }

    private static string Reading(ModelSize size)
    {
        string active = size.ActiveParameters == size.Parameters ? ""
            : $", of which a token passes through {ModelTables.Short((double)size.ActiveParameters)}";
        return string.Create(CultureInfo.InvariantCulture,
            $"A {size.Family} model of {size.Parameters:N0} parameters{active}; " +
            $"{ModelTables.Bytes(size.WeightBytes(16))} in 16 bits, {ModelTables.Short(size.ForwardFlops(0))} " +
            $"floating-point operations a token.");
    }

    private static List<ExplainedValue> Values(JsonElement document)
    {
        var values = new List<ExplainedValue>();
        foreach (JsonProperty property in document.EnumerateObject())
            if (property.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null)
                && Glossary.Settings.Find(property.Name) is { } term)
                values.Add(term.Explain(property.Name, property.Value.ToString()));
        return values;
    }
}
