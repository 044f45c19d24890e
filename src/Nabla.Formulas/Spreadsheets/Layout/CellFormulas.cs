namespace Nabla.Formulas.Spreadsheets.Layout;

/// <summary>The formulas that sheets are made of, in the language of Excel 2007.</summary>
internal static class CellFormulas
{
    /// <summary>What a masked score is instead of −∞, which a cell cannot hold; its exponential is 0.</summary>
    public const string MinusInfinity = "-1E+30";

    /// <summary>The same as a number, for the values that stand beside the formulas.</summary>
    public const float MinusInfinityValue = -1e30f;

    /// <summary>A number, as one types it.</summary>
    public static string Number(float value) =>
        CellValue.AsTyped(value).ToString("R", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Two rows, or two columns: Σ aᵢbᵢ.</summary>
    public static string Dot(string a, string b) => $"SUMPRODUCT({a},{b})";

    /// <summary>A row times a column: Σ aᵢbᵢ. SUMPRODUCT takes only what lies in the same direction.</summary>
    public static string RowTimesColumn(string row, string column) => $"MMULT({row},{column})";

    /// <summary>σ(z) = 1/(1 + e⁻ᶻ).</summary>
    public static string Sigmoid(string z) => $"1/(1+EXP(-{z}))";

    /// <summary>GELU by tanh, as GPT-2 has it.</summary>
    public static string Gelu(string x) => $"0.5*{x}*(1+TANH(SQRT(2/PI())*({x}+0.044715*{x}^3)))";
}
