using System.Globalization;
using Nabla.Learning;

namespace Nabla.Cli.Output;

/// <summary>
/// A model's parameters as a tree: names, shapes, counts. Blocks that are alike are drawn once, with their number.
/// </summary>
internal sealed class ModelTree
{
    private readonly string name;
    private readonly List<ModelTree> children = [];
    private NamedParameter? parameter;

    private ModelTree(string name) => this.name = name;

    private long Count => parameter?.Parameter.Count ?? children.Sum(child => child.Count);

    public static ModelTree Of(string name, IEnumerable<NamedParameter> parameters)
    {
        var root = new ModelTree(name);
        foreach (NamedParameter parameter in parameters)
        {
            ModelTree node = root;
            foreach (string segment in parameter.Path.Split('.'))
                node = node.Child(segment);
            node.parameter = parameter;
        }
        return root;
    }

    public IEnumerable<InkedLine> Draw(int width)
    {
        List<(InkedLine Line, long Count)> rows = [.. Rows("  ", "", "")];
        int at = Math.Min(width - 14, rows.Max(row => row.Line.Length) + 2);
        return rows.Select(row => row.Line.PadTo(at).Add(Amounts.Count(row.Count).PadLeft(12), Ink.Dim));
    }

    private ModelTree Child(string segment)
    {
        ModelTree? child = children.Find(child => child.name == segment);
        if (child is null)
            children.Add(child = new ModelTree(segment));
        return child;
    }

    private IEnumerable<(InkedLine Line, long Count)> Rows(string indent, string branch, string below)
    {
        (string label, List<ModelTree> inside) = Collapsed();
        var line = new InkedLine(indent).Add(branch, Ink.Dim).Add(label, Ink.Strong);
        foreach (ModelTree own in inside.Where(child => child.parameter is not null))
            line.Add($"  {own.name} ", Ink.Dim).Add(own.parameter!.Parameter.Shape.ToString(), Ink.Model);
        yield return (line, Count);
        ModelTree[] modules = [.. inside.Where(child => child.parameter is null)];
        foreach ((int i, ModelTree child) in modules.Index())
        {
            bool last = i == modules.Length - 1;
            foreach ((InkedLine, long) row in child.Rows(indent + below, last ? "└─ " : "├─ ", last ? "   " : "│  "))
                yield return row;
        }
    }

    // "Blocks × 4" with what one of them holds, when all of them are alike.
    private (string Label, List<ModelTree> Inside) Collapsed()
    {
        bool isList =
            children.Count > 1 && children.All(child => int.TryParse(child.name, CultureInfo.InvariantCulture, out _));
        return isList
            && children.TrueForAll(child => child.Shapes().SequenceEqual(children[0].Shapes(), StringComparer.Ordinal))
            ? ($"{name} × {children.Count}", children[0].children) : (name, children);
    }

    private IEnumerable<string> Shapes() => parameter is not null
        ? [$"{parameter.Parameter.Shape}"]
        : children.SelectMany(child => child.Shapes().Select(shape => $"{child.name}.{shape}"));
}
