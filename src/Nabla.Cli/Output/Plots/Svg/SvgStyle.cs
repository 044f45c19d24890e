using System.Text;

namespace Nabla.Cli.Output.Plots;

/// <summary>
/// The style sheet of a figure, for light paper and for dark. The ten colours are those of Petroff 2021
/// (arXiv:2107.02270), which people of any colour vision tell apart; three are lighter on dark paper.
/// </summary>
internal static class SvgStyle
{
    public const int Colours = 10;

    private static readonly string[] Light =
    [
        "#3f90da", "#f89c20", "#bd1f01", "#94a4a2", "#832db6", "#a96b59", "#e76300", "#b9ac70", "#717581", "#92dadd",
    ];

    private static readonly string[] Dark =
    [
        "#5aa5ea", "#ffa90e", "#f0533a", "#94a4a2", "#b36be0", "#c08673", "#e76300", "#b9ac70", "#8d92a0", "#92dadd",
    ];

    /// <summary>
    /// Classes: paper, ink and soft (text), grid, axis, iso (of a map), rule, halo, and the colours: l0 … l9 of
    /// strokes, f0 … f9 of areas.
    /// </summary>
    public static string Sheet { get; } = $$"""

        text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif}
        path,line,polyline{fill:none}
        .halo{stroke-width:.8}
        {{Colouring("#ffffff", "#1f2328", "#59636e", "#e6e9ed", "#8c959f", Light)}}
        @media (prefers-color-scheme:dark){
        {{Colouring("#0d1117", "#e6edf3", "#9aa4ae", "#262c34", "#6e7681", Dark)}}
        }

        """;

    /// <summary>The class of what is filled with a colour; after the last they begin anew.</summary>
    public static string Fill(int colour) => $"f{colour % Colours}";

    /// <summary>The class of lines of a colour.</summary>
    public static string Line(int colour) => $"l{colour % Colours}";

    private static string Colouring(
        string paper, string ink, string soft, string grid, string axis, string[] colours)
    {
        var css = new StringBuilder(
            $".paper{{fill:{paper}}}.ink{{fill:{ink}}}.soft{{fill:{soft}}}.grid{{stroke:{grid}}}.axis{{stroke:{axis}}}"
            + $".halo{{stroke:{paper}}}.iso{{stroke:{ink};stroke-opacity:.35}}.rule{{stroke:{soft}}}");
        for (int i = 0; i < Colours; i++)
            css.Append($".l{i}{{stroke:{colours[i]}}}.f{i}{{fill:{colours[i]}}}");
        return css.ToString();
    }
}
