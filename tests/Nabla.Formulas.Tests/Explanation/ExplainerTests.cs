using System.Text;
using System.Text.Json;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Explanation;
using Nabla.Formulas.Knowledge;
using Nabla.Formulas.Printing;

namespace Nabla.Formulas.Tests.Explanation;

public sealed class ExplainerTests
{
    public static TheoryData<string> Entries => [.. KnowledgeBase.Entries.Select(entry => entry.Id)];

    [Theory]
    [InlineData(@"\sum_{i=1}^5 i^2", 55)]
    [InlineData(@"\int_0^1 x^2 dx", 1.0 / 3)]
    [InlineData(@"\lim_{x \to 0} \frac{\sin x}{x}", 1)]
    [InlineData("P = 1/(1+e^{-0.5})", 0.6224593312018546)]
    [InlineData("a = 2, b = a^2 + 1", 5)]
    public void A_formula_without_unknowns_is_computed_though_nobody_gives_values(string formula, double value) =>
        Explainer.Explain(formula).Value!.Values[0].ShouldBe(value, 1e-6);

    [Theory]
    [InlineData("E = m c^2")]
    [InlineData(@"\sum_{i=1}^{n} i")]
    [InlineData("softmax(z)")]
    public void A_formula_with_unknowns_has_no_value_and_no_complaint(string formula)
    {
        ExplainedFormula explained = Explainer.Explain(formula);
        explained.Value.ShouldBeNull();
        explained.Warnings.ShouldNotContain(warning => warning.Contains("bound", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(@"\text{score} = \exp(\sum_i w_i \log x_i)")]
    [InlineData("x^T y")]
    public void A_name_of_little_confidence_is_told_as_a_guess(string formula)
    {
        ExplainedFormula explained = Explainer.Explain(formula);
        if (explained.Recognised is [{ Confidence: < 0.7 } guess, ..])
            explained.Paragraph.ShouldNotStartWith(guess.Name);
        explained.Paragraph.ShouldNotContain("Here ");
    }

    [Theory]
    [InlineData(@"\frac{d}{dx} x^3", "3 x²")]
    [InlineData(@"\frac{\partial^2}{\partial x \partial y} (x^2 y^3)", "6x y²")]
    public void A_derivative_that_is_asked_for_is_worked_out(string formula, string derivative) =>
        FormulaPrinter.Display(Explainer.Explain(formula).Steps[^1].Expression).ShouldBe(derivative);

    [Fact]
    public void What_letters_usually_mean_is_told_as_usual_only_where_the_formula_is_not_known()
    {
        Explainer.Explain("E = m c^2").Paragraph.ShouldContain("Usually c stands for");
        Explainer.Explain(@"p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}").Paragraph.ShouldContain("Here ");
    }

    [Theory]
    [MemberData(nameof(Entries))]
    public void Every_formula_of_the_knowledge_base_is_explained(string id)
    {
        foreach (string formula in KnowledgeBase.Find(id)!.Formulas)
            ShouldBeReadable(Explainer.Explain(formula));
    }

    [FactNeeding(Needing.GivenFormulas)]
    public void Every_given_formula_is_explained_with_its_symbols()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Needing.PathOf(Needing.GivenFormulas)!));
        foreach (JsonElement entry in document.RootElement.EnumerateArray())
        {
            ExplainedFormula explained = Explainer.Explain(entry.GetProperty("latex").GetString()!);
            ShouldBeReadable(explained);
            entry.GetProperty("symbols").EnumerateArray().Select(name => name.GetString()!)
                .Except(explained.Symbols.Select(symbol => symbol.Symbol), StringComparer.Ordinal)
                .ShouldBeEmpty(explained.Formula.Text);
        }
    }

    [Theory]
    [InlineData(@"\frac{\partial z}{\partial x} = \frac{\partial z}{\partial y} \frac{\partial y}{\partial x}",
        "chain rule",
        "partial derivative")]
    [InlineData(@"p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}", "softmax", "exponential", "sum")]
    [InlineData("w^T x", "dot product", "transpose")]
    [InlineData("f(x) = \\begin{cases} x & x > 0 \\\\ 0 & \\text{otherwise} \\end{cases}", "piecewise")]
    [InlineData(@"\log p(y | x)", "log", "conditional probability")]
    [InlineData(@"\mathbb{E}_{x \sim p}[f(x)]", "expectation")]
    [InlineData(@"G = \sum_{k=0}^\infty \gamma^k r_k", "geometric series", "discount")]
    [InlineData(@"\frac{a \cdot b}{\|a\| \|b\|}", "cosine similarity", "norm")]
    [InlineData("|A ∩ B| / |A ∪ B|", "intersection", "union", "cardinality")]
    [InlineData(@"\arg\min_\theta L(\theta)", "argmin", "optimisation")]
    [InlineData(@"h_t = f(h_{t-1}, x_t)", "recurrence")]
    [InlineData(@"c = \sum_j \alpha_j v_j", "weighted sum")]
    [InlineData(@"-\sum_t \log p(x_t | x_{<t})", "negative log-likelihood", "autoregressive")]
    [InlineData(@"p_i = \frac{\exp(z_i / T)}{\sum_j \exp(z_j / T)}", "temperature")]
    [InlineData(@"\|w\|_1 + \|a - b\|_2^2", "L1 norm", "L2 norm", "distance", "squared norm", "squared difference")]
    [InlineData(@"a \odot b", "elementwise product", "Hadamard product")]
    public void Ideas_are_read_off_the_structure(string formula, params string[] concepts) =>
        concepts.Except(Explainer.Explain(formula).Concepts, StringComparer.Ordinal).ShouldBeEmpty();

    [Theory]
    [InlineData("LayerNorm(x)", "layer normalisation", "layer normalization")]
    [InlineData(@"a \odot b", "elementwise product", "element-wise product")]
    [InlineData(@"q = \text{round}(x / s) + z", "zero point", "zero-point", "quantization")]
    [InlineData(@"h = W_0 x + B A x", "low rank", "low-rank")]
    public void Ideas_are_written_as_others_spell_them_too(string formula, params string[] concepts)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
            ExplanationJson.Write(json, Explainer.Explain(formula));
        using JsonDocument document = JsonDocument.Parse(stream.ToArray());
        concepts.Except(document.RootElement.GetProperty("concepts").EnumerateArray().Select(word => word.GetString()!),
            StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(@"\log(p + 1e-9)", "1e-9")]
    [InlineData(@"-\sum_i y_i \log p_i", "minus infinity")]
    [InlineData("H(p) = -Σ p(x) log p(x)", "nats")]
    [InlineData(@"\frac{e^{z_i}}{\sum_j e^{z_j}}", "overflows")]
    [InlineData(@"\frac{1}{n} \sum_{i=1}^n (x_i - \bar{x})^2", "n − 1")]
    [InlineData("y = Wx + b", "column")]
    [InlineData(@"\frac{m_t}{1 - \beta_1^t}", "counts from 1")]
    [InlineData(@"softmax(Q K^T) V", "not divided by the root")]
    public void Traps_are_told(string formula, string words) =>
        Explainer.Explain(formula).Warnings.ShouldContain(warning => warning.Contains(words));

    [Fact]
    public void A_paragraph_tells_the_order_of_computation()
    {
        string paragraph = Explainer.Explain(@"y = \sqrt{\frac{a + b}{c + d + e_1 + f}}").Paragraph;
        int sum = paragraph.IndexOf("added up", StringComparison.Ordinal);
        int quotient = paragraph.IndexOf("divided by the result", StringComparison.Ordinal);
        int root = paragraph.IndexOf("the square root of the result", StringComparison.Ordinal);
        (sum > 0 && sum < quotient && quotient < root).ShouldBeTrue(paragraph);
    }

    [Fact]
    public void Steps_go_from_the_inside_out_and_end_with_the_whole()
    {
        string[] readings =
            [.. Explainer.Explain(@"A = softmax(\frac{QK^T}{\sqrt{d_k}})V").Steps.Select(step => step.Reading)];
        readings.ShouldBe(
        [
            "K transposed", "Q times K transposed", "the square root of d_k",
            "Q times K transposed over the square root of d_k",
            "the softmax of Q times K transposed over the square root of d_k",
            "the softmax of Q times K transposed over the square root of d_k, times V",
        ]);
    }

    [Fact]
    public void A_value_is_shown_at_its_symbol()
    {
        var bindings = new Bindings();
        bindings.Add("x", NumberArray.Vector(1, 2, 3));
        ExplainedSymbol x = Explainer.Explain("2 x", new ExplanationRequest { Bindings = bindings }).Symbols
            .Single(symbol => symbol.Symbol == "x");
        x.Value.ShouldBe(NumberArray.Vector(1, 2, 3));
        x.Type.ShouldBe("vector");
    }

    [Fact]
    public void A_line_of_a_hundred_thousand_terms_is_explained_in_short()
    {
        string formula = string.Join(" + ", Enumerable.Range(0, 20_000).Select(i => $"x_{i}"));
        try
        {
            Explainer.Explain(formula).Reading.Length.ShouldBeLessThan(100_000);
        }
        catch (FormulaException)
        {
            // The reader may find it too long.
        }
    }

    private static void ShouldBeReadable(ExplainedFormula explained)
    {
        string all = string.Join('\n', explained.Steps.Select(step => step.Reading).Append(explained.Reading)
            .Append(explained.Paragraph));
        foreach (string bad in new[] { "\\", "{", "}", "$", "  ", "the the ", "of of ", "the sum of the sum", " ,",
            "Nabla." })
            all.ShouldNotContain(bad, customMessage: explained.Formula.Text);
        explained.Reading.ShouldNotBeNullOrWhiteSpace(explained.Formula.Text);
        explained.Symbols.ShouldAllBe(symbol => symbol.Name.Length > 0 && symbol.Symbol.Length > 0);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
            ExplanationJson.Write(json, explained);
        JsonDocument.Parse(Encoding.UTF8.GetString(stream.ToArray())).RootElement.GetProperty("ok").GetBoolean(
            ).ShouldBeTrue();
    }
}
