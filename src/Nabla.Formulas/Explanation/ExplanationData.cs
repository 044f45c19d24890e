using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Nabla.Formulas.Explanation;

/// <summary>The tables in <c>Explanation/Data</c>.</summary>
internal static class ExplanationData
{
    /// <summary>The rows of a table.</summary>
    public static T[] Read<T>(string name, JsonTypeInfo<T[]> rows)
    {
        using Stream file = typeof(ExplanationData).Assembly.GetManifestResourceStream($"explanation/{name}.json")!;
        return JsonSerializer.Deserialize(file, rows)!;
    }
}
