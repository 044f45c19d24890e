using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Nabla.Formulas.Evaluation.Reading;

namespace Nabla.Formulas.Knowledge;

/// <summary>
/// The named formulas of the field. They stand in <c>Knowledge/Data</c>, one file for a topic; adding an entry touches
/// one file.
/// </summary>
public static class KnowledgeBase
{
    private const string Folder = "knowledge/";
    private const int ShortestMisspelt = 5;

    private static readonly Lazy<IReadOnlyList<Entry>> Loaded = new(Load);

    private static readonly Lazy<Dictionary<string, Entry>> Ids = new(() =>
        Entries.ToDictionary(entry => entry.Id, StringComparer.Ordinal));

    /// <summary>All entries, topic by topic; read at the first call.</summary>
    public static IReadOnlyList<Entry> Entries => Loaded.Value;

    /// <summary>The entry of an id, or null.</summary>
    public static Entry? Find(string id) => Ids.Value.GetValueOrDefault(id);

    /// <summary>
    /// The entries that a text names: the one of that id or name, else those that authors label so, else those whose
    /// names hold every word of it. Capitals, <c>_</c> and <c>-</c> make no difference, nor does British spelling.
    /// </summary>
    /// <example><code>
    /// KnowledgeBase.Named("batch normalization")   // [Batch normalisation]
    /// </code></example>
    public static IReadOnlyList<Entry> Named(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string plain = Plain(name);
        if (plain.Length < 2 || AreLetters(plain))
            return [];
        bool IsSame(string other) => Joined(Plain(other)) == Joined(plain); // batchnorm is "batch norm"
        if ((Entries.FirstOrDefault(entry => IsSame(entry.Id))
            ?? Entries.FirstOrDefault(entry => IsSame(entry.Name))) is { } exact)
            return [exact];
        Entry[] labelled = [.. Entries.Where(entry => entry.Aliases.Any(IsSame))];
        if (labelled.Length > 0)
            return labelled;
        string[] words = plain.Split(' ');
        return [.. Entries.Where(entry => words.All(Plain(entry.Name).Split(' ').Contains))];
    }

    /// <summary>
    /// The name or id that somebody meant who wrote a word that names nothing, <c>softmx</c>; null if none is near, or
    /// the word is too short to tell.
    /// </summary>
    public static string? NearestName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string plain = Plain(name);
        if (plain.Length < ShortestMisspelt || Named(name).Count > 0)
            return null;
        string[] names = [.. Entries.SelectMany(entry => new[] { entry.Id, entry.Name }.Concat(entry.Aliases))];
        string? nearest = Spelling.Nearest(Joined(plain), names.Select(known => Joined(Plain(known)))
            .Where(known => known.Length >= ShortestMisspelt));
        return nearest is null ? null : Array.Find(names, known => Joined(Plain(known)) == nearest);
    }

    // "K V" is a product and no memory of keys and values.
    private static bool AreLetters(string plain) =>
        plain.Contains(' ', StringComparison.Ordinal) && plain.Split(' ').All(word => word.Length == 1);

    private static string Joined(string words) => words.Replace(" ", "", StringComparison.Ordinal);

    private static string Plain(string name) => string.Join(' ', name.ToLowerInvariant().Replace('z', 's')
        .Split([' ', '_', '-', '\'', '’'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

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
