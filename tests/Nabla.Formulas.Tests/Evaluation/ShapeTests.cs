using Nabla.Formulas.Evaluation.Shapes;
using Nabla.Formulas.Explanation;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Tests.Evaluation;

/// <summary>Shapes without numbers.</summary>
public sealed class ShapeTests
{
    [Theory]
    [InlineData(@"\mathrm{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right)V", "Q", "[T, d_k]")]
    public void Symbols_have_the_shapes_that_are_usual(string formula, string symbol, string shape)
    {
        ExplainedFormula explained = Explainer.Explain(formula);
        explained.Symbols.Single(one => one.Symbol == symbol).Inferred!.Shape.ToString().ShouldBe(shape);
    }

    [Fact]
    public void Given_shapes_go_through_the_formula()
    {
        var formula = Formula.Parse("softmax(Q K^T / sqrt(d_k)) V");
        ShapeTable table = Infer(formula, ("Q", "10x64"), ("K", "12x64"), ("V", "12x32"));
        table.Parts[formula.Tree].Shape.ToString().ShouldBe("[10, 32]");
        table.Value!.Shape.ToString().ShouldBe("[10, 32]");
        table.Value.IsUsual.ShouldBeFalse();
    }

    [Fact]
    public void A_mismatch_is_explained()
    {
        ShapeTable table = Infer(Formula.Parse("Q K^T"), ("Q", "10x64"), ("K", "10x32"));
        string why = table.Mismatches.ShouldHaveSingleItem();
        why.ShouldContain("columns");
        why.ShouldContain("[10, 64]");
        why.ShouldContain("[32, 10]");
    }

    [Fact]
    public void A_vector_behind_a_matrix_has_as_many_numbers_as_it_has_columns()
    {
        ShapeTable table = Infer(Formula.Parse("y = W x + b"), ("W", "3x5"));
        table.Symbols["x"].Shape.ToString().ShouldBe("[5]");
        table.Symbols["y"].Shape.ToString().ShouldBe("[3]");
    }

    private static ShapeTable Infer(Formula formula, params (string Name, string Sizes)[] given) =>
        ShapeInference.Infer(formula, given.ToDictionary(
            one => one.Name, one => SymbolicShape.Parse(one.Sizes), StringComparer.Ordinal));
}
