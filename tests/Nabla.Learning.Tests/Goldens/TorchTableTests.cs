using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Nabla.Learning.Layers;
using Nabla.Learning.Losses;
using Nabla.Numerics;
using Nabla.Tensors;

namespace Nabla.Learning.Tests.Goldens;

/// <summary>docs/torch-nn.md names all that torch.nn has, and what it says of Nabla is so.</summary>
public sealed partial class TorchTableTests
{
    private static readonly (string Torch, string Nabla)[] Rows = [.. File.ReadLines(PathOfTable())
        .Select(line => line.Split('|')).Where(cells => cells.Length == 5)
        .Select(cells => (cells[1].Trim(), cells[2].Trim())).Where(row => row.Item2 is not ("Nabla" or "---"))];

    [Fact]
    public void Every_public_name_of_torch_nn_has_one_row()
    {
        using JsonDocument names = JsonDocument.Parse(File.ReadAllText(GoldenFile.PathOf("torch-nn.json")));
        string[] expected = [.. names.RootElement.EnumerateObject()
            .SelectMany(module => module.Value.EnumerateArray()).Select(name => name.GetString()!)];
        foreach (string name in expected)
            Rows.Count(row => row.Torch == name).ShouldBe(1, name);
    }

    [Fact]
    public void Every_name_of_Nabla_in_the_table_exists()
    {
        HashSet<string> known = [.. Types().Select(type => type.Name.Split('`')[0]), .. Methods()];
        string[] named = [.. Rows.SelectMany(row => Identifier().Matches(row.Nabla)).Select(match => match.Value)];
        named.Length.ShouldBeGreaterThan(120);
        named.Where(name => !known.Contains(name)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_layer_loss_and_initialisation_of_Nabla_is_in_the_table()
    {
        HashSet<string> named = [.. Rows.SelectMany(row => Identifier().Matches(row.Nabla)).Select(m => m.Value)];
        IEnumerable<string> layers = typeof(ILayer).Assembly.GetTypes()
            .Where(type => type is { IsPublic: true, IsAbstract: false, Namespace: "Nabla.Learning.Layers" }
                && type.IsSubclassOf(typeof(Module)))
            .Select(type => type.Name.Split('`')[0]);
        layers.Concat(Methods()).Where(name => !named.Contains(name)).ShouldBeEmpty("add a row to docs/torch-nn.md");
    }

    /// <summary>The losses and the initialisations.</summary>
    private static IEnumerable<string> Methods() => new[] { typeof(Loss), typeof(Initialize) }
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
        .Select(method => method.Name).Distinct(StringComparer.Ordinal);

    private static IEnumerable<Type> Types() =>
        new[] { typeof(Module), typeof(Tensor), typeof(Rng) }.SelectMany(type => type.Assembly.GetExportedTypes());

    private static string PathOfTable([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/torch-nn.md"));

    [GeneratedRegex(@"[A-Z]\w*")]
    private static partial Regex Identifier();
}
