using System.Text;
using System.Text.Json;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Evaluation.Shapes;
using Nabla.Formulas.Explanation;

namespace Nabla.Formulas.Tests.Evaluation;

/// <summary>Shapes without numbers.</summary>
public sealed class ShapeTests
{
    private const string Attention = @"\mathrm{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right)V";

    [Theory]
    [InlineData(Attention, "Q [T, d_k], K [S, d_k], V [S, d_v], d_k []", "[T, d_v]")]
    [InlineData(@"\mathrm{Attn}(X)=\sigma(XW_1(XW_2)^{\intercal}/\sqrt{m})XW_3",
        "X [T, d_model], W_1 [d_model, m], W_2 [d_model, m], W_3 [d_model, d_v]", "[T, d_v]")]
    [InlineData("y = W x + b", "W [m, n], x [n], b [m], y [m]", "[m]")]
    [InlineData("h = φ(Wx + b)", "W [m, n], x [n], b [m], h [m]", "[m]")]
    [InlineData(@"\mathbf{z} = \mathbf{W}\mathbf{x} + \mathbf{b}", "W [m, n], x [n], b [m], z [m]", "[m]")]
    [InlineData("FFN(x) = max(0, xW_1 + b_1)W_2 + b_2", "x [d], W_1 [d, n], b_1 [n], W_2 [n, m], b_2 [m]", "[m]")]
    [InlineData("h = W_0 x + (α/r) B A x", "W_0 [d, k], B [d, r], A [r, k], x [k], alpha [], h [d]", "[d]")]
    [InlineData(@"\hat\beta = (X^\top X)^{-1} X^\top y", "X [n, d], y [n], beta_hat [d]", "[d]")]
    [InlineData(@"\theta_{t+1} = \theta_t - \eta g_t", "theta_t [d], eta [], g_t [d], theta_t+1 [d]", "[d]")]
    [InlineData(@"c_t = f_t \odot c_{t-1} + i_t \odot \tilde{c}_t", "f_t [n], c_t-1 [n], c_t [n]", "[n]")]
    [InlineData("p_i = exp(z_i) / sum_{j=1}^{K} exp(z_j)", "p_i [], z_i [], K []", "[K]")]
    [InlineData("C = x y^T", "x [m], y [n]", "[m, n]")]
    [InlineData(@"\mathbf{x}^\top A \mathbf{x}", "x [n], A [n, n]", "[]")]
    public void Symbols_and_value_have_the_shapes_that_are_usual(string formula, string symbols, string value)
    {
        ExplainedFormula explained = Explainer.Explain(formula);
        foreach (string pair in symbols.Split("], ", StringSplitOptions.TrimEntries))
        {
            int space = pair.IndexOf(' ', StringComparison.Ordinal);
            ExplainedSymbol symbol = explained.Symbols.Single(one => one.Symbol == pair[..space]);
            symbol.Inferred.ShouldNotBeNull(symbol.Symbol);
            symbol.Inferred.Shape.ToString().ShouldBe(pair[(space + 1)..].TrimEnd(']') + "]", symbol.Symbol);
        }
        explained.Inferred.ShouldNotBeNull();
        explained.Inferred.Shape.ToString().ShouldBe(value);
    }

    [Theory]
    [InlineData("y = f(x)")]
    [InlineData("GELU(x) = x Φ(x)")]
    [InlineData("z = a b + c d")]
    public void Nothing_is_said_of_what_may_have_any_shape(string formula) =>
        Explainer.Explain(formula).Inferred.ShouldBeNull();

    [Fact]
    public void What_is_custom_is_called_usual_and_what_is_given_is_not()
    {
        Explainer.Explain(Attention).Inferred!.Words.ShouldBe("usually [T, d_v]");
        Formula formula = Formula.Parse("softmax(Q K^T / sqrt(d_k)) V");
        ShapeTable table = Infer(formula, "Q=10x64", "K=12x64", "V=12x32");
        table.Parts[formula.Tree].Shape.ToString().ShouldBe("[10, 32]");
        table.Value!.Words.ShouldBe("[10, 32]");
    }

    [Theory]
    [InlineData("Q K", "Q=10x64 K=12x64", "Q is [10, 64] and K is [12, 64]", "Did you mean Kᵀ?")]
    [InlineData("softmax(Q K/√d_k)V", "Q=TxD K=TxD V=TxD", "Q is [T, D] and K is [T, D]", "Did you mean Kᵀ?")]
    [InlineData("Q K^T", "Q=10x64 K=64x12", "Q is [10, 64] and Kᵀ is [12, 64]", "Did you mean K without ᵀ?")]
    [InlineData("W x", "W=5x3 x=5", "W is [5, 3] and x is [5]", "Did you mean Wᵀ?")]
    [InlineData("W x", "W=5x3 x=4", "as many columns on the left (3) as numbers on the right (4)", "(4).")]
    [InlineData("A B", "A=2x3 B=5x2", "A is [2, 3] and B is [5, 2]", "Did you mean B before A?")]
    [InlineData("a + b", "a=3 b=4", "[3] and [4] stand beside each other", "equal sizes.")]
    [InlineData("A^{-1}", "A=3x4", "only a square matrix has an inverse", "[3, 4].")]
    public void A_contradiction_is_explained_once_with_both_shapes_and_the_remedy(
        string formula, string given, string shapes, string end)
    {
        string why = Infer(Formula.Parse(formula), given.Split(' ')).Mismatches.ShouldHaveSingleItem();
        why.ShouldStartWith("The shapes do not fit in ");
        why.ShouldContain("(position ");
        why.ShouldContain(shapes);
        why.ShouldEndWith(end);
    }

    [Fact]
    public void A_contradiction_stands_in_place_of_the_value()
    {
        var bindings = Bindings.Parse("Q=[[1,2],[3,4],[5,6]]", "K=[[1,2],[3,4],[5,6]]");
        ExplainedFormula explained = Explainer.Explain("Q K", new ExplanationRequest { Bindings = bindings });
        explained.Warnings[0].ShouldContain("Did you mean Kᵀ?");
        explained.Inferred.ShouldBeNull();
        explained.Value.ShouldBeNull();
    }

    [Fact]
    public void Json_has_names_for_sizes_that_are_no_numbers()
    {
        var request = new ExplanationRequest
        {
            Shapes = new Dictionary<string, SymbolicShape>(StringComparer.Ordinal)
            {
                ["Q"] = SymbolicShape.Parse("10xD"),
                ["K"] = SymbolicShape.Parse("SxD"),
            },
        };
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
            ExplanationJson.Write(json, Explainer.Explain("Q K^T", request));
        using var document = JsonDocument.Parse(Encoding.UTF8.GetString(stream.ToArray()));
        document.RootElement.GetProperty("shape").GetRawText().ShouldBe("[10,\"S\"]");
        document.RootElement.TryGetProperty("shape_usual", out _).ShouldBeFalse();
        JsonElement step = document.RootElement.GetProperty("steps").EnumerateArray().First();
        step.GetProperty("shape").GetRawText().ShouldBe("[\"D\",\"S\"]");
    }

    [Theory]
    [InlineData("10x0")]
    [InlineData("axxb")]
    [InlineData("-1")]
    [InlineData("1x2x3x4x5x6x7x8x9")]
    public void What_is_no_shape_is_told(string text) =>
        Should.Throw<FormulaException>(() => SymbolicShape.Parse(text)).Message.ShouldContain("10x64");

    private static ShapeTable Infer(Formula formula, params string[] given) => ShapeInference.Infer(
        formula, given.ToDictionary(
            one => one.Split('=')[0], one => SymbolicShape.Parse(one.Split('=')[1]), StringComparer.Ordinal));
}
