using Nabla.Formulas.Knowledge;
using Nabla.Formulas.Printing;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Tests.Printing;

/// <summary>The law of printing mathematics: what is printed reads as the same tree.</summary>
public class RoundTripTests
{
    // Of formulas whose own reading is doubtful: f[m] a call but g[n − m] a product.
    private const double Doubtful = 0.003;

    [Theory]
    [InlineData("latex")]
    [InlineData("text")]
    public void Letters_in_brackets_behind_others_are_no_arguments(string language)
    {
        var tree = new Product([
            new Postfix(new Symbol("g"), PostfixSign.Transpose), new Symbol("A"),
            new Product([new Symbol("C"), new Symbol("u")])]);
        string printed = FormulaPrinter.Print(tree, language);
        Formula.Parse(printed).Tree.All().OfType<Call>().ShouldBeEmpty(printed);
    }

    [Theory]
    [InlineData("latex", "(u_i)^{\\mathrm{loss}}")]
    [InlineData("text", "(u_i)^{loss}")]
    [InlineData("text", "2 loss (loss)")]
    [InlineData("text", "A**2")]
    [InlineData("latex", "A**2")]
    [InlineData("latex", "(X @ W)**2")]
    [InlineData("latex", "(\\sum_i u_i) + g_i")]
    [InlineData("text", "(Σᵢ uᵢ) + gᵢ")]
    [InlineData("text", "(Σᵢ uᵢ) + b")]
    public void What_would_be_read_as_something_else_keeps_its_brackets(string language, string formula) =>
        Difference(formula, language).ShouldBeNull();

    [Theory]
    [InlineData("latex")]
    [InlineData("text")]
    public void The_worked_formulas_read_again_as_the_same_trees(string language)
    {
        foreach (string formula in ProgramCase.Formulas)
            Difference(formula, language).ShouldBeNull();
    }

    [Theory]
    [InlineData("latex")]
    [InlineData("text")]
    public void The_formulas_of_the_field_read_again_as_the_same_trees(string language)
    {
        string[] formulas =
            [.. KnowledgeBase.Entries.SelectMany(entry => entry.Formulas).Distinct(StringComparer.Ordinal)];
        string[] differences = [.. formulas.Select(formula => Difference(formula, language)).OfType<string>()];
        differences.Length.ShouldBeLessThanOrEqualTo((int)(Doubtful * formulas.Length), string.Join('\n', differences));
    }

    private static string? Difference(string formula, string language)
    {
        if (Read(formula) is not { } tree)
            return null; // what cannot be read is the parser's affair
        string printed = FormulaPrinter.Print(tree, language);
        return tree.Equals(Read(printed)) ? null : $"{formula} is written {printed}";
    }

    private static Expression? Read(string formula)
    {
        try
        {
            return Formula.Parse(formula).Tree;
        }
        catch (FormulaException)
        {
            return null;
        }
    }
}
