namespace Nabla.Formulas.Spreadsheets.Xlsx;

/// <summary>How the cells of each role look.</summary>
internal static class Palette
{
    /// <summary>The colours of scales.</summary>
    public const string Negative = "F4A582", Zero = "FFFFFF", Positive = "92C5DE", Share = "7BC98F";

    private static readonly Dictionary<Role, Look> Looks = new()
    {
        [Role.Title] = new("1F3864") { Size = 17, IsBold = true },
        [Role.Note] = new("595959"),
        [Role.Band] = new("FFFFFF") { Fill = "34567E", Size = 11, IsBold = true },
        [Role.Heading] = new("1F3864") { Size = 10.5, IsBold = true },
        [Role.Formula] = new("8A3B12") { Font = "Cambria", Size = 11 },
        [Role.Label] = new("7F7F7F") { Size = 9, IsRight = true },
        [Role.ColumnLabel] = new("7F7F7F") { Size = 9, IsRight = true, Wraps = true },
        [Role.Input] = new("1F4FD8") { Fill = "DDEBF7", Border = "9DC3E6" },
        [Role.Weight] = new("7F6000") { Fill = "FFF2CC", Border = "FFD966" },
        [Role.Computed] = new("262626") { Fill = "FFFFFF", Border = "D0D0D0" },
        [Role.Result] = new("375623") { Fill = "D5EBC8", Border = "8FC26B", IsBold = true },
        [Role.Gradient] = new("833C0B") { Fill = "FCE4D6", Border = "F4B183" },
        [Role.Updated] = new("5B2C83") { Fill = "EADCF4", Border = "C8A8E0" },
        [Role.Link] = new("1F4FD8") { IsUnderlined = true },
    };

    public static Look Of(Role role) => Looks[role];

    /// <summary>A colour as the file has it, with the opacity before it.</summary>
    public static string Opaque(string colour) => "FF" + colour;
}

/// <summary>Colours, letters and frame of a cell; colours are red, green and blue in hexadecimal digits.</summary>
/// <param name="Colour">The colour of the letters.</param>
internal sealed record Look(string Colour)
{
    public string Font { get; init; } = "Calibri";

    public double Size { get; init; } = 10;

    public bool IsBold { get; init; }

    public bool IsUnderlined { get; init; }

    public string? Fill { get; init; }

    public string? Border { get; init; }

    public bool IsRight { get; init; }

    public bool Wraps { get; init; }
}
