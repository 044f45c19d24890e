using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Printing;

namespace Nabla.Formulas.Tests.Printing;

/// <summary>Whatever can be read is written in every language, or refused with a reason.</summary>
public class HostilePrintingTests
{
    [Theory]
    [InlineData("x = []")]
    [InlineData("softmax(3)")]
    [InlineData(@"\mathrm{tr}(3)")]
    [InlineData("exp(z)_1", "z=2")]
    [InlineData(@"\mathrm{concat}()")]
    [InlineData(@"\max()")]
    [InlineData("x_{1,2}", "x=[1,2]")]
    public void What_has_no_program_is_refused(string text, params string[] bindings) =>
        Print(text, bindings.Length == 0 ? null : Bindings.Parse(bindings));

    [Theory]
    [InlineData("ﬁW")]
    [InlineData("a+")]
    public void The_code_of_a_long_formula_leaves_little_behind(string piece)
    {
        Formula formula = Formula.Parse(string.Concat(Enumerable.Repeat(piece, 2_000)) + "x");
        foreach (OutputLanguage language in FormulaPrinter.Languages.Values)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                language.Print(formula.Tree, PrintOptions.Default);
            }
            catch (FormulaException)
            {
                // too long to be code
            }
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(60_000_000, language.Name);
        }
    }

    [Fact]
    public void Programs_of_many_formulas_take_memory_in_proportion_to_them()
    {
        Formula formula = Formula.Parse(string.Concat(Enumerable.Repeat(@"\exp(A); ", 1_000)) + "x");
        foreach (string language in (string[])["python", "csharp", "excel"])
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                FormulaPrinter.Languages[language].Print(formula.Tree, PrintOptions.Default);
            }
            catch (FormulaException)
            {
                // too long to be code
            }
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(20_000_000, language);
        }
    }

    [Theory]
    [InlineData("mish")]
    [InlineData("LayerNorm")]
    [InlineData("hardsigmoid")]
    public void Functions_that_are_written_out_within_one_another_are_computed_once(string function)
    {
        const int Depth = 40;
        Formula formula = Formula.Parse(
            string.Concat(Enumerable.Repeat($@"\mathrm{{{function}}}(", Depth)) + "u" + new string(')', Depth));
        var options = new PrintOptions { Bindings = Bindings.Parse("u=[1,2]") };
        foreach (OutputLanguage language in FormulaPrinter.Languages.Values)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                language.Print(formula.Tree, options);
            }
            catch (FormulaException)
            {
                // too long to be code
            }
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(20_000_000, language.Name);
        }
    }

    private static void Print(string text, Bindings? bindings)
    {
        Formula formula;
        try
        {
            formula = Formula.Parse(text);
        }
        catch (FormulaException)
        {
            return; // what cannot be read is tested elsewhere
        }
        foreach (OutputLanguage language in FormulaPrinter.Languages.Values)
        {
            try
            {
                language.Print(formula.Tree, PrintOptions.Default with { Bindings = bindings }).ShouldNotBeNull();
            }
            catch (FormulaException error)
            {
                error.Message.ShouldNotBeEmpty();
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"'{text}' in {language.Name} gives {error.GetType().Name}", error);
            }
        }
    }

    [Fact]
    public void Names_before_brackets_get_brackets_of_their_own_once()
    {
        string written = string.Join('^', Enumerable.Repeat(@"\sum_{i=1}^{3} x_i x_{ij}", 350));
        string latex = FormulaPrinter.Latex(Formula.Parse(written).Tree);
        latex.ShouldContain("(x_{i})");
        latex.ShouldNotContain("((x_{i}))");
    }
}
