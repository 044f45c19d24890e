using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nabla.Formulas.Knowledge;

/// <summary>
/// The named formulas of the field. They stand in <c>Knowledge/Data</c>, one file for a topic; adding an entry touches
/// one file.
/// </summary>
public static class KnowledgeBase
{
    private const string Folder = "knowledge/";

    private static readonly Lazy<IReadOnlyList<Entry>> Loaded = new(Load);

    private static readonly Lazy<Dictionary<string, Entry>> Ids = new(() =>
        Entries.ToDictionary(entry => entry.Id, StringComparer.Ordinal));

    /// <summary>All entries, topic by topic; read at the first call.</summary>
    public static IReadOnlyList<Entry> Entries => Loaded.Value;

    /// <summary>The entry of an id, or null.</summary>
    public static Entry? Find(string id) => Ids.Value.GetValueOrDefault(id);

    private static List<Entry> Load()
    {
        Assembly assembly = typeof(KnowledgeBase).Assembly;
        var entries = new List<Entry>();
        foreach (string name in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            if (!name.StartsWith(Folder, StringComparison.Ordinal))
                continue;
            using Stream file = assembly.GetManifestResourceStream(name)!;
            TopicFile topic = JsonSerializer.Deserialize(file, KnowledgeJson.Default.TopicFile)!;
            entries.AddRange(topic.Entries.Select(entry => entry with { Topic = topic.Topic }));
        }
        return entries;
    }
}

/// <summary>A file of entries.</summary>
internal sealed record TopicFile(string Topic, IReadOnlyList<Entry> Entries);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(TopicFile))]
internal sealed partial class KnowledgeJson : JsonSerializerContext;
