using Nabla.Formulas.Explanation;

namespace Nabla.Formulas.Tests.Explanation;

public class SymbolTests
{
    [Theory]
    [InlineData(@"\theta \leftarrow \theta - \eta \nabla L", "eta", "learning rate")]
    [InlineData(@"w := w - \alpha \frac{\partial L}{\partial w}", "alpha", "learning rate")]
    [InlineData(@"x_{t-1} = \mu_\theta(x_t) + \sigma_t z", "sigma_t", "noise level")]
    [InlineData(@"a = \sigma(w^T x + b)", "sigma", "sigmoid function")]
    [InlineData(@"z = \frac{x - \mu}{\sigma}", "sigma", "standard deviation")]
    [InlineData(@"v_\pi(s) = \sum_a \pi(a|s) q_\pi(s, a)", "pi", "policy")]
    [InlineData(@"A = \pi r^2", "pi", "pi")]
    [InlineData(@"p_i = \frac{e^{z_i/T}}{\sum_j e^{z_j/T}}", "T", "temperature")]
    [InlineData(@"J = L + \lambda \|w\|^2", "lambda", "strength")]
    [InlineData(@"A v = \lambda v", "lambda", "eigenvalue")]
    [InlineData(@"G_t = \sum_{k=0}^{\infty} \gamma^k R_{t+k+1}", "gamma", "discount")]
    [InlineData(@"C = 6 N D", "N", "parameters")]
    [InlineData(@"L = \frac{1}{N} \sum_{i=1}^{N} (y_i - \hat{y}_i)^2", "N", "number of examples")]
    public void A_letter_means_what_its_formula_makes_it(string formula, string symbol, string name) =>
        Find(formula, symbol).Name.ShouldContain(name);

    [Fact]
    public void An_index_runs()
    {
        ExplainedSymbol i = Find(@"\sum_{c=1}^{C} y_c \log \hat{y}_c", "c");
        i.Name.ShouldBe("index of the class");
        i.Role.ShouldBe("runs from 1 to C");
        i.Defined.ShouldBe("bound by the sum");
    }

    [Fact]
    public void What_is_drawn_tells_from_where()
    {
        ExplainedSymbol x = Find(@"\mathbb{E}_{x \sim p}[f(x)]", "x");
        x.Defined.ShouldBe("drawn from p");
        x.Role.ShouldContain("drawn from p");
    }

    [Fact]
    public void The_left_side_is_told_from_what_is_given()
    {
        Find("y = w x + b", "y").Defined.ShouldBe("left-hand side");
        Find("y = w x + b", "w").Defined.ShouldBe("given");
        Find("f(x) = x^2", "x").Defined.ShouldBe("argument of f");
    }

    [Fact]
    public void One_letter_with_two_meanings_is_two_entries()
    {
        ExplainedSymbol[] both = [.. Explainer.Explain(@"y = \sigma(x) + \sigma \epsilon").Symbols
            .Where(symbol => symbol.Symbol == "sigma")];
        both.Length.ShouldBe(2);
        both[0].Name.ShouldNotBe(both[1].Name, StringComparer.Ordinal);
        both.ShouldAllBe(symbol => symbol.Note.Length > 0);
    }

    [Theory]
    [InlineData(@"\frac{x - E[x]}{\sqrt{Var[x] + \epsilon}}", "E[x]", "Var[x]", "epsilon")]
    [InlineData(@"h = W_0 x + \Delta W x", "Delta W", "W_0")]
    [InlineData(@"\bar{\alpha}_{t-1}", "alpha_bar_t-1")]
    [InlineData(@"\log p_\theta(x)", "p_theta", "theta", "x", "log")]
    [InlineData(@"y_{i,c} \log \hat{y}_{i,c}", "y_i_c", "y_hat_i_c")]
    public void Symbols_have_the_names_by_which_values_are_given(string formula, params string[] names) =>
        names.Except(Explainer.Explain(formula).Symbols.Select(symbol => symbol.Symbol), StringComparer.Ordinal)
            .ShouldBeEmpty();

    [Fact]
    public void A_label_is_no_symbol()
    {
        string[] names =
            [.. Explainer.Explain(@"\eta_t = \eta_{\min} + \eta_{max}").Symbols.Select(symbol => symbol.Symbol)];
        names.Intersect(["eta_min", "min", "max"], StringComparer.Ordinal).ShouldBe(["eta_min"]);
    }

    [Fact]
    public void Formulas_of_many_lines_are_looked_through_once()
    {
        Formula formula = Formula.Parse(string.Concat(Enumerable.Repeat("x ∈ ℝᵈ, W ∈ ℝ^{d×k} \\\\ ", 250)));
        Explainer.Explain(Formula.Parse("x = y"));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Explainer.Explain(formula);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(20_000_000);
    }

    private static ExplainedSymbol Find(string formula, string symbol) =>
        Explainer.Explain(formula).Symbols.First(one => one.Symbol == symbol);
}
