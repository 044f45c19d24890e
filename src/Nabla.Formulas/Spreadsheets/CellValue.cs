using System.Globalization;

namespace Nabla.Formulas.Spreadsheets;

/// <summary>What a cell shows: a number or a text.</summary>
/// <param name="Number">The number; without meaning where there is a text.</param>
/// <param name="Text">The text, or null for a number.</param>
public readonly record struct CellValue(double Number, string? Text = null)
{
    private const string Typed = "G6"; // fewer digits than tell two floats apart

    /// <summary>A cell with a number.</summary>
    public static implicit operator CellValue(double number) => new(number);

    /// <summary>A cell with a text.</summary>
    public static implicit operator CellValue(string text) => new(double.NaN, text);

    /// <summary>
    /// The number that one would type for a float: 0.6, not the 0.60000002384… that it is in double precision. One that
    /// nobody would type, a trained weight, is taken as it is.
    /// </summary>
    public static double AsTyped(float value)
    {
        double typed = double.Parse(value.ToString(Typed, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return (float)typed == value ? typed : value;
    }
}
