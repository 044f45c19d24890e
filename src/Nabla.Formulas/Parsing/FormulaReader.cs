namespace Nabla.Formulas.Parsing;

/// <summary>Reads formulas.</summary>
internal static class FormulaReader
{
    public static Formula Read(string text) => throw new FormulaException("no formula can be read yet", 0, "");
}
