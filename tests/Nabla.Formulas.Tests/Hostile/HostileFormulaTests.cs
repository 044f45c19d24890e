using System.Text.Json;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Explanation;
using Nabla.Formulas.Printing;
using Nabla.Formulas.Symbolics;
using Nabla.Formulas.Trees;
using Nabla.Numerics;

namespace Nabla.Formulas.Tests.Hostile;

/// <summary>Whatever is typed is explained or refused with a FormulaException; nothing else comes out.</summary>
public sealed class HostileFormulaTests
{
    private static LibraryPath Path(string text, Rng rng, Ledger ledger) => new(text, rng, ledger);

    [Fact]
    public void Any_text_is_explained_computed_and_written_or_refused() =>
        FuzzRun.Of(usual: 700, Path).Failures.ShouldBeEmpty();

    [Theory]
    [InlineData(20)]
    [InlineData(95)]
    [InlineData(100_000)]
    public void Whatever_is_nested_is_explained_or_refused(int depth) =>
        FuzzRun.Of(HostileTexts.Nested(depth), Path).Failures.ShouldBeEmpty();

    [Fact]
    public void Small_texts_that_ask_for_much_are_answered_or_refused() =>
        FuzzRun.Of(HostileTexts.Extreme(), Path).Failures.ShouldBeEmpty();

    [Theory]
    [InlineData("H(p) = -sum_x p() log p(x)")]
    [InlineData(@"\frac{1}1e999")]
    [InlineData(@"a = \arg∑a Q(s, a)")]
    [InlineData(@"\frac1e5")]
    [InlineData("x + \ud800")]
    [InlineData(@"\text{a\udc00b}")]
    [InlineData("max()")]
    [InlineData("b i L = \\max(0, m - y (x_1[]- x_2))")]
    [InlineData(@"√(\begin{pmatrix} x & 1 \\ 0.5 & x^{(i)} \end{pmatrix}) ⊗ softmax(-i)")]
    [InlineData("(1 ⊗ w*10) / e^x")]
    [InlineData("{\"a\": \"\ud800\"}")]
    [InlineData("phi() (phi(K)^T V)")]
    public void What_once_went_wrong_is_explained_or_refused(string text) =>
        FuzzRun.Of([text], Path).Failures.ShouldBeEmpty();

    [Fact]
    public void A_line_of_a_megabyte_is_refused() =>
        Should.Throw<FormulaException>(() => Explainer.Explain(new string('x', 1_000_000)))
            .Message.ShouldContain("1000000 characters");

    [Fact]
    public void A_product_of_thousands_is_explained_but_not_computed()
    {
        ExplainedFormula explained = Explainer.Explain(
            string.Concat(Enumerable.Repeat("QK", 1900)),
            new ExplanationRequest { Bindings = Bindings.Parse("Q=2", "K=[0.5,0.25,0.25]") });
        explained.Value.ShouldBeNull();
        explained.Warnings.ShouldContain(warning => warning.Contains("split it", StringComparison.Ordinal));
    }

    [Fact]
    public void The_steps_of_a_long_formula_are_no_longer_than_twice_the_formula()
    {
        string formula = string.Join('/', Enumerable.Repeat("x", 80)) + string.Concat(Enumerable.Repeat(" + x", 1500));
        ExplainedFormula explained = Explainer.Explain(formula);
        explained.Steps[^1].Expression.ShouldBe(explained.Formula.Tree);
        explained.Steps.Sum(step => step.Expression.All().Count()).ShouldBeLessThan(4001);
    }

    [Fact]
    public void A_tower_of_powers_has_no_derivative_that_one_would_write() =>
        Differentiator.Derivative(Formula.Parse(string.Join('^', Enumerable.Repeat("x", 60))).Tree, new Symbol("x"))
            .ShouldBeNull();

    [Fact]
    public void Sums_in_sums_are_not_written_out_without_end() =>
        Should.Throw<FormulaException>(() => FormulaPrinter.Print(
            Formula.Parse(string.Concat(Enumerable.Repeat(@"\sum_{i=1}^{9} ", 20)) + "i").Tree, "excel"))
            .Message.ShouldContain("smaller");

    [Fact]
    public void A_formula_that_no_cell_holds_is_not_written_for_one() =>
        Should.Throw<FormulaException>(() => FormulaPrinter.Print(
            Formula.Parse(string.Join('+', Enumerable.Repeat("tanh(exp(sin(cos(x))))", 350))).Tree, "excel"))
            .Message.ShouldContain("8192");

    [Fact]
    public void The_message_of_an_error_is_short_however_long_the_name()
    {
        string message = new FormulaException(new string('x', 100_000) + " has no value; give it one.").Message;
        message.Length.ShouldBeLessThanOrEqualTo(600);
        message.ShouldEndWith("give it one.");
    }

    /// <summary>What the library does; how the commands show it is tested with them.</summary>
    private sealed class LibraryPath(string text, Rng rng, Ledger ledger) : WholePath(text, rng, ledger)
    {
        protected override void Shown(ExplainedFormula explained, Bindings? values)
        {
            Part("page", () => ExplanationPage.Write(explained));
            Part("json", () =>
            {
                using var json = new Utf8JsonWriter(Stream.Null);
                ExplanationJson.Write(json, explained);
                return "";
            });
        }
    }
}
