using System.Reflection;
using Nabla.Language.Training;
using Nabla.Learning.Training;

namespace Nabla.Cli;

/// <summary>The recipes that Nabla carries with it (the files in recipes/), and those in files.</summary>
internal static class Recipes
{
    private const string Folder = "recipes/", Extension = ".json";

    /// <summary>The recipe of <c>nabla train</c> when none is named.</summary>
    public const string Default = "nanogpt-cpu";

    /// <summary>All names, in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => name[Folder.Length..^Extension.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>A recipe that Nabla carries with it.</summary>
    /// <exception cref="UsageException">There is none of this name.</exception>
    public static TrainingConfig Named(string name)
    {
        using Stream? stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Folder + name + Extension);
        if (stream is null)
        {
            string meant = Nearest.To(name, Names) is { } nearest ? $" Did you mean '{nearest}'?" : "";
            string file = File.Exists(name) ? $" To use a file, write --config {name}." : "";
            throw new UsageException(
                $"There is no recipe '{name}'.{meant}{file} Nabla has {string.Join(", ", Names)}; "
                + "'nabla recipes' describes them.");
        }
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd(), name);
    }

    /// <summary>A recipe in a file.</summary>
    public static TrainingConfig FromFile(string path) => Parse(Text.Corpora.TextFile.Read(path), path);

    private static TrainingConfig Parse(string json, string name)
    {
        try
        {
            RecipeCheck.Check(json);
            return TrainingConfig.Parse(json);
        }
        catch (TrainingException error)
        {
            string message = error.Message.StartsWith("Recipe: ", StringComparison.Ordinal)
                ? error.Message["Recipe: ".Length..] : error.Message;
            throw new UsageException($"{name}: {message}", error);
        }
    }
}
