using X = DocumentFormat.OpenXml.Spreadsheet;

namespace Nabla.Formulas.Spreadsheets.Xlsx;

/// <summary>The styles that a workbook uses, each with the number under which its cells name it.</summary>
internal sealed class StyleTable
{
    /// <summary>The number under which rules name the look of what a mask has put out of reach.</summary>
    public const uint MaskedFormat = 0;

    private const uint FirstOwnFormat = 164; // those below are Excel's own

    private readonly List<CellStyle> styles = [];
    private readonly Dictionary<CellStyle, uint> indices = [];

    /// <summary>The number of a style; 0 is the one of cells that nobody wrote.</summary>
    public uint IndexOf(CellStyle style)
    {
        if (!indices.TryGetValue(style, out uint index))
        {
            styles.Add(style);
            indices[style] = index = (uint)styles.Count;
        }
        return index;
    }

    public X.Stylesheet Build()
    {
        Look[] looks = [.. styles.Select(style => Palette.Of(style.Role))];
        string[] formats = [.. styles.Select(style => style.Format).Where(format => format != CellStyle.General)
            .Distinct(StringComparer.Ordinal)];
        var sheet = new X.Stylesheet();
        if (formats.Length > 0)
            sheet.Append(new X.NumberingFormats(formats.Select((format, i) =>
                new X.NumberingFormat { NumberFormatId = FirstOwnFormat + (uint)i, FormatCode = format })));
        sheet.Append(
            new X.Fonts(looks.Prepend(new Look("000000")).Select(Font)),
            // The first two patterns are Excel's own.
            new X.Fills([Pattern(X.PatternValues.None), Pattern(X.PatternValues.Gray125), .. looks.Select(Fill)]),
            new X.Borders(looks.Select(look => look.Border).Prepend(null).Select(Border)),
            new X.CellStyleFormats(Unwritten(null)),
            new X.CellFormats(styles.Select((style, i) =>
                Format(style, (uint)i + 1, Array.IndexOf(formats, style.Format))).Prepend(Unwritten(0))),
            new X.DifferentialFormats(Masked(FirstOwnFormat + (uint)formats.Length)) { Count = 1 });
        return sheet;
    }

    private static X.DifferentialFormat Masked(uint id) =>
        new(new X.NumberingFormat { NumberFormatId = id, FormatCode = "\"−∞\";\"−∞\"" });

    private static X.CellFormat Unwritten(uint? style) =>
        new() { NumberFormatId = 0, FontId = 0, FillId = 0, BorderId = 0, FormatId = style };

    private static X.CellFormat Format(CellStyle style, uint index, int format)
    {
        Look look = Palette.Of(style.Role);
        return new(new X.Alignment
        {
            Horizontal = look.IsRight ? X.HorizontalAlignmentValues.Right : X.HorizontalAlignmentValues.General,
            Vertical = X.VerticalAlignmentValues.Bottom,
            WrapText = look.Wraps,
        })
        {
            NumberFormatId = format < 0 ? 0 : FirstOwnFormat + (uint)format,
            FontId = index,
            FillId = index + 1,
            BorderId = index,
            FormatId = 0,
            ApplyNumberFormat = true,
            ApplyFont = true,
            ApplyFill = true,
            ApplyBorder = true,
            ApplyAlignment = true,
        };
    }

    private static X.Font Font(Look look)
    {
        var font = new X.Font();
        if (look.IsBold)
            font.Append(new X.Bold());
        if (look.IsUnderlined)
            font.Append(new X.Underline());
        font.Append(new X.FontSize { Val = look.Size }, new X.Color { Rgb = Palette.Opaque(look.Colour) },
            new X.FontName { Val = look.Font });
        return font;
    }

    private static X.Fill Pattern(X.PatternValues pattern) => new(new X.PatternFill { PatternType = pattern });

    private static X.Fill Fill(Look look) => look.Fill is null ? Pattern(X.PatternValues.None)
        : new(new X.PatternFill(new X.ForegroundColor { Rgb = Palette.Opaque(look.Fill) })
        {
            PatternType = X.PatternValues.Solid,
        });

    private static X.Border Border(string? colour)
    {
        var border = new X.Border();
        foreach (X.BorderPropertiesType side in (X.BorderPropertiesType[])
            [new X.LeftBorder(), new X.RightBorder(), new X.TopBorder(), new X.BottomBorder()])
        {
            if (colour is not null)
            {
                side.Style = X.BorderStyleValues.Thin;
                side.Append(new X.Color { Rgb = Palette.Opaque(colour) });
            }
            border.Append(side);
        }
        return border;
    }
}
