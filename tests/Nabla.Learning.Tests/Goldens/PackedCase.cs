using Nabla.Tensors;

namespace Nabla.Learning.Tests.Goldens;

/// <summary>One recorded call whose parts lie in one vector, one after the other.</summary>
internal sealed record PackedCase : GoldenAttributes
{
    private readonly IReadOnlyDictionary<string, Tensor> parts;

    public PackedCase(GoldenFile file, string name) : base(file.Note(name))
    {
        parts = file.Parts(name);
        X = [.. Enumerable.Range(0, Int("inputs")).Select(i => new Parameter(parts[$"x{i}"]))];
    }

    /// <summary>The inputs.</summary>
    public Parameter[] X { get; }

    /// <summary>The constant with this number, if there is one.</summary>
    public Tensor? Constant(int number) => parts.GetValueOrDefault($"c{number}");

    /// <summary>The part with this name.</summary>
    public Tensor Part(string name) => parts[name];

    /// <summary>The names of the parts that begin so, without the beginning.</summary>
    public IEnumerable<string> Names(string beginning) => parts.Keys
        .Where(name => name.StartsWith(beginning, StringComparison.Ordinal)).Select(name => name[beginning.Length..]);

    /// <summary>Holds the file to five cases or more of each of these layers or losses.</summary>
    public static void ShouldBeFiveOfEach(string path, string kind, IEnumerable<string> names)
    {
        using GoldenFile file = GoldenFile.Open(path);
        ILookup<string?, string> cases = file.Cases.ToLookup(
            name => file.Note(name).GetProperty(kind).GetString(), StringComparer.Ordinal);
        foreach (string name in names)
            cases[name].Count().ShouldBeGreaterThanOrEqualTo(5, name);
    }
}
