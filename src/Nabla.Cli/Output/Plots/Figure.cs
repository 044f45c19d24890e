namespace Nabla.Cli.Output.Plots;

/// <summary>
/// A picture of numbers, described once: <see cref="TerminalFigure"/>, <see cref="SvgFigure"/> and
/// <see cref="HtmlFigure"/> draw it. Numbers that are not finite are left out, never an error.
/// </summary>
internal sealed record Figure(string Title, params IReadOnlyList<Panel> Panels)
{
    /// <summary>Panels side by side.</summary>
    public int Columns { get; init; } = Math.Clamp(Panels.Count, 1, 2);
}
