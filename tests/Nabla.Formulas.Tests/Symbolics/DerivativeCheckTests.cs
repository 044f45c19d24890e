using System.Text.Json;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Symbolics;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Tests.Symbolics;

/// <summary>Derivatives by symbols against the gradients of the engine.</summary>
public class DerivativeCheckTests
{
    [Theory]
    [InlineData("x^2 + 2*x*y + y^2", "x=3 y=2", "x")]
    [InlineData("w^T x + b", "w=[0.4,-1.1,2] x=[1,3,0.5] b=0.7", "w")]
    [InlineData("w^T x + b", "w=[0.4,-1.1,2] x=[1,3,0.5] b=0.7", "b")]
    [InlineData("x^T A x", "x=[1,2] A=[[1,2],[3,4]]", "x")]
    [InlineData("x^T A x", "x=[1,2] A=[[1,2],[3,4]]", "A")]
    [InlineData("\\|A x - b\\|^2", "x=[1,2] A=[[1,2],[3,4]] b=[0.5,1]", "x")]
    [InlineData("\\|A x - b\\|^2", "x=[1,2] A=[[1,2],[3,4]] b=[0.5,1]", "A")]
    [InlineData("\\|A x - b\\|^2", "x=[1,2] A=[[1,2],[3,4]] b=[0.5,1]", "b")]
    [InlineData("\\|x\\|^2", "x=[1,2]", "x")]
    [InlineData("\\|x\\|", "x=[1,2]", "x")]
    [InlineData("W x + b", "x=[1,2] W=[[1,2],[3,4]] b=[0.5,1]", "x")]
    [InlineData("\\sigma(w^T x + b)", "w=[0.4,-1.1] x=[1,3] b=0.7", "w")]
    [InlineData("\\frac{1}{n} \\sum_{i=1}^{n} (y_i - \\hat{y}_i)^2", "y=[1,2,3] y_hat=[1.5,2,2] n=3", "y_hat")]
    [InlineData("\\sum_i w_i x_i", "w=[1,2] x=[3,4]", "w")]
    [InlineData("\\log \\sum_i e^{z_i}", "z=[1,2,0.5]", "z")]
    [InlineData("\\sigma(x)", "x=[1,2,0.5]", "x")]
    [InlineData("0.5 x^2 - 3 x", "x=[1,2,0.5]", "x")]
    [InlineData("\\tanh(a x)", "x=[1,2,0.5] a=0.3", "a")]
    [InlineData("ELU(x)", "x=0", "x")]
    [InlineData("\\mathrm{tr}(A X)", "A=[[1,2],[3,4]] X=[[0.5,1],[1,2]]", "X")]
    [InlineData("\\log \\det X", "X=[[2,1],[1,3]]", "X")]
    [InlineData("\\sum_{i=1}^{2} \\sum_{j=1}^{2} a_{ij} x_i x_j", "a=[[1,2],[3,4]] x=[0.5,2]", "x")]
    [InlineData("\\sum_{i=1}^{2} \\sum_{j=1}^{2} a_{ij} x_i x_j", "a=[[1,2],[3,4]] x=[0.5,2]", "a")]
    [InlineData("-\\sum_c y_c \\log \\mathrm{softmax}(z)_c", "y=[0,0.5,1] z=[1,2,0.5]", "z")]
    [InlineData("\\prod_{i=1}^{3} x_i", "x=[0.5,2,3]", "x")]
    public void A_derivative_has_the_numbers_of_the_engine(string formula, string bindings, string by)
    {
        var values = Bindings.Parse(bindings.Split(' '));
        (SymbolicDerivative? derivative, Agreement agreement) = Derive(formula, values, by);
        derivative.ShouldNotBeNull();
        agreement.ShouldBe(Agreement.Agrees, Shown.Of(derivative.Formula));
    }

    [Fact]
    public void A_wrong_derivative_is_found_out()
    {
        Expression tree = Formula.Parse("3 x").Tree;
        var wrong = new SymbolicDerivative(tree, DerivativeForm.Entrywise) { By = new Symbol("x") };
        DerivativeCheck.Compare(wrong, Bindings.Parse("x=2"), new NumberArray(4)).ShouldBe(Agreement.Differs);
        DerivativeCheck.Compare(wrong, Bindings.Parse("x=2"), new NumberArray(6)).ShouldBe(Agreement.Agrees);
        DerivativeCheck.Compare(wrong, Bindings.Parse("y=2"), new NumberArray(6)).ShouldBe(Agreement.Unknown);
    }

    [Theory]
    [InlineData("\\|x\\|", "x=[0,0]", "x")]
    [InlineData("\\prod_{i=1}^{3} x_i", "x=[0,2,3]", "x")]
    [InlineData("10^{-12} x^2", "x=3", "x")]
    public void Where_a_place_does_not_tell_another_does(string formula, string bindings, string by)
    {
        (SymbolicDerivative? derivative, Agreement agreement) = Derive(formula, Bindings.Parse(bindings), by);
        agreement.ShouldBe(Agreement.Agrees);
        derivative.ShouldNotBeNull();
    }

    [Fact]
    public void What_nobody_can_check_is_not_shown()
    {
        (SymbolicDerivative? derivative, Agreement agreement) = Derive("f(x)^2", Bindings.Parse("f=3", "x=2"), "f");
        agreement.ShouldNotBe(Agreement.Differs);
        if (agreement == Agreement.Unknown)
            derivative.ShouldBeNull();
    }

    [Fact]
    public void Of_slopes_as_small_as_rounding_only_the_same_agree()
    {
        Expression tree = Formula.Parse("3 x").Tree;
        var derivative = new SymbolicDerivative(tree, DerivativeForm.Entrywise) { By = new Symbol("x") };
        var bindings = Bindings.Parse("x=0.000000000001");
        DerivativeCheck.Compare(derivative, bindings, new NumberArray(2e-12)).ShouldBe(Agreement.Unknown);
        DerivativeCheck.Compare(derivative, bindings, new NumberArray(3e-12)).ShouldBe(Agreement.Agrees);
    }

    [Fact]
    public void Small_numbers_are_compared_too()
    {
        Expression tree = Formula.Parse("3 x").Tree;
        var wrong = new SymbolicDerivative(tree, DerivativeForm.Entrywise) { By = new Symbol("x") };
        DerivativeCheck.Compare(wrong, Bindings.Parse("x=0.000002"), new NumberArray(4e-6)).ShouldBe(Agreement.Differs);
    }

    [FactNeeding(Needing.GivenFormulas)]
    public void No_derivative_of_a_known_formula_differs_from_the_engine()
    {
        List<string> wrong = [];
        int agreeing = 0;
        using JsonDocument corpus = JsonDocument.Parse(File.ReadAllText(Needing.PathOf(Needing.GivenFormulas)!));
        foreach (JsonElement one in corpus.RootElement.EnumerateArray().Where(one => one.TryGetProperty("grad", out _)))
        {
            var bindings = new Bindings();
            foreach (JsonProperty value in one.GetProperty("with").EnumerateObject())
                bindings.Add(value.Name, NumberArray.From(value.Value));
            foreach (JsonProperty gradient in one.GetProperty("grad").EnumerateObject())
            {
                Expression tree = Formula.Parse(one.GetProperty("latex").GetString()!).Tree;
                Symbol by = tree.All().OfType<Symbol>().FirstOrDefault(symbol => symbol.Name == gradient.Name)
                    ?? new Symbol(gradient.Name);
                (_, Agreement agreement) = DerivativeCheck.Derive(
                    tree, by, bindings, NumberArray.From(gradient.Value));
                if (agreement == Agreement.Differs)
                    wrong.Add($"{one.GetProperty("id").GetString()} by {gradient.Name}");
                agreeing += agreement == Agreement.Agrees ? 1 : 0;
            }
        }
        wrong.ShouldBeEmpty();
        agreeing.ShouldBeGreaterThan(10);
    }

    private static (SymbolicDerivative? Derivative, Agreement Agreement) Derive(
        string formula, Bindings bindings, string by)
    {
        Expression tree = Formula.Parse(formula).Tree;
        EvaluationResult result = Evaluator.Evaluate(tree, bindings, new() { Gradients = [by] });
        return DerivativeCheck.Derive(tree, Symbols(tree, by), bindings, result.Gradients[by]);
    }

    private static Symbol Symbols(Expression tree, string name) =>
        tree.All().OfType<Symbol>().FirstOrDefault(symbol => symbol.Name == name) ?? new Symbol(name);
}
