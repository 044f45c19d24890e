using System.CommandLine.Parsing;
using Nabla.Learning.Checkpoints;

namespace Nabla.Cli.Output.Plots;

/// <summary>A figure in a file, as its name says: SVG or HTML.</summary>
internal static class PlotFile
{
    /// <summary>Writes the figure; whoever looks meanwhile sees the old file or the new one.</summary>
    public static void Write(string path, Figure figure) => AtomicFile.WriteText(
        path, EndsWith(path, ".svg") ? SvgFigure.Draw(figure) : HtmlFigure.Draw(figure));

    /// <summary>What the option takes: a name that says which kind of file to write.</summary>
    public static string? Parse(ArgumentResult result)
    {
        string path = result.Tokens[0].Value;
        if (string.IsNullOrWhiteSpace(Path.GetFileNameWithoutExtension(path))
            || !(EndsWith(path, ".svg") || EndsWith(path, ".html")))
            result.AddError($"--plot takes a file name that ends in .svg or .html, not '{path}'.");
        return path;
    }

    private static bool EndsWith(string path, string ending) =>
        path.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
}
