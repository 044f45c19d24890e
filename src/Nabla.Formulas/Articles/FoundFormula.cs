using Nabla.Formulas.Explanation.Reading;

namespace Nabla.Formulas.Articles;

/// <summary>A formula that was found in an article.</summary>
/// <param name="Text">As written.</param>
/// <param name="Start">Where it begins in the file, a number of characters.</param>
/// <param name="Length">How many characters of the file it takes.</param>
/// <param name="Formula">What was read, or null.</param>
/// <param name="Error">Why it could not be read, or empty.</param>
public sealed record FoundFormula(string Text, int Start, int Length, Formula? Formula, string Error)
{
    private readonly Lazy<string> reading = new(() => Read(Formula));

    /// <summary>The formula in words, or empty where it could not be read.</summary>
    public string Reading => reading.Value;

    private static string Read(Formula? formula)
    {
        try
        {
            return formula is null ? "" : new English(formula.Tree).Words(formula.Tree);
        }
        catch (FormulaException)
        {
            return "";
        }
    }
}
