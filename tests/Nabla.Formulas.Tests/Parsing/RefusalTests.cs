using FsCheck;
using FsCheck.Fluent;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Tests.Parsing;

/// <summary>What cannot be read is refused with its place; nothing else ever happens.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData("", 0, "a formula")]
    [InlineData(@"\frac{a + b", 11, "`}`")]
    [InlineData("(a + b", 6, "`)`")]
    [InlineData("a + b)", 5, "an operator or the end")]
    [InlineData("a + ", 4, "a number, a name or a bracket")]
    [InlineData("a * / b", 4, "a number, a name or a bracket")]
    [InlineData("|x", 2, "`|`")]
    [InlineData(@"\begin{cases} x", 15, @"`\end{cases}`")]
    public void An_error_says_where_and_what_was_expected(string formula, int position, string expected)
    {
        var error = Should.Throw<FormulaException>(() => Formula.Parse(formula));
        error.Expected.ShouldBe(expected, error.Message);
        error.Position.ShouldBe(position, error.Message);
    }

    [Fact]
    public void An_error_quotes_what_was_understood() =>
        Should.Throw<FormulaException>(() => Formula.Parse(@"\frac{a + b")).Message
            .ShouldBe(@"`}` expected to close the `{` at 5 at 11; read up to here: \frac{a + b");

    [Theory]
    [InlineData("(", 9000)]
    [InlineData("x^", 4000)]
    [InlineData("√", 9000)]
    [InlineData("-", 9000)]
    [InlineData("|", 9000)]
    [InlineData(@"\hat ", 1500)]
    [InlineData(@"\mathrm{x^", 900)]
    [InlineData("x/", 4000)]
    [InlineData("x ", 1_000_000)]
    public void Depth_and_length_are_refused(string part, int times)
    {
        string formula = string.Concat(Enumerable.Repeat(part, times)) + "x";
        Should.Throw<FormulaException>(() => Formula.Parse(formula));
    }

    [Fact]
    public void An_end_that_is_empty_ends_nothing() =>
        Formula.Parse(@"\sum_{1}^{} a_{ii}").Tree.ShouldBeOfType<BigOperator>();

    [Fact]
    public void A_changed_formula_is_read_or_refused() => Prop.ForAll(
        Gen.Elements(Corpus.Formulas).Select(Text).ToArbitrary(), Gen.Choose(0, int.MaxValue - 1).ToArbitrary(),
        (formula, seed) => IsReadOrRefused(Changed(formula, new System.Random(seed))))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    private static string Text(string text) => text;

    private static readonly string[] Parts =
    [
        "{", "}", "(", ")", "[", "|", "||", "^", "_", @"\frac", @"\left(", @"\right)", @"\begin{cases}", "&", @"\\",
            "=", "~",
        "∂", "/", "1", "'", @"\hat", @"\sum", "Σ", "∫", "dx", ",", ";", @"\text{", "√", "ᵀ", "₁", @"\mathbb{E}", "!",
            "*",
        "<sub>", "&lt;", @"\underset", "for", "if", "where", "to", @"\not", "∀", "-", @"\nabla", "..", "\"", @"\rm ",
            "\ud835",
    ];

    private static string Changed(string formula, System.Random random)
    {
        for (int change = random.Next(1, 6); change > 0; change--)
        {
            int place = random.Next(formula.Length + 1);
            formula = random.Next(3) switch
            {
                0 => formula[..place],
                1 => formula.Remove(place, Math.Min(random.Next(4), formula.Length - place)),
                _ => formula.Insert(place,
                    string.Concat(Enumerable.Repeat(Parts[random.Next(Parts.Length)], random.Next(1, 9)))),
            };
        }
        return formula;
    }

    private static bool IsReadOrRefused(string formula)
    {
        try
        {
            _ = Formula.Parse(formula).Tree.ToString();
            return true;
        }
        catch (FormulaException error)
        {
            return error.Position >= 0 && error.Position <= formula.Length && error.Expected.Length > 0;
        }
    }
}
