using Nabla.Formulas.Evaluation.Shapes;
using Nabla.Formulas.Trees;
using Nabla.Tensors;

namespace Nabla.Formulas.Tests.Evaluation;

/// <summary>Shapes without numbers.</summary>
public sealed class ShapeTests
{
    [Fact]
    public void Attention_has_the_shapes_that_custom_says()
    {
        ShapeTable table = Infer(@"\mathrm{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right)V");
        table.Symbols["Q"].ToString().ShouldBe("[T, d_k]");
        Part<Quotient>(table).ToString().ShouldBe("[T, S]");
        table.Mismatches.ShouldBeEmpty();
    }

    [Fact]
    public void Given_shapes_go_through_the_formula()
    {
        ShapeTable table = Infer("softmax(Q K^T / sqrt(d_k)) V", ("Q", [10, 64]), ("K", [12, 64]), ("V", [12, 32]));
        table.Parts[Formula.Parse("softmax(Q K^T / sqrt(d_k)) V").Tree].ToString().ShouldBe("[10, 32]");
    }

    [Fact]
    public void A_mismatch_is_explained()
    {
        ShapeTable table = Infer("Q K^T", ("Q", [10, 64]), ("K", [10, 32]));
        string why = table.Mismatches.ShouldHaveSingleItem();
        why.ShouldContain("columns");
        why.ShouldContain("[10, 64]");
        why.ShouldContain("[10, 32]");
    }

    [Fact]
    public void A_vector_behind_a_matrix_has_as_many_numbers_as_it_has_columns()
    {
        ShapeTable table = Infer("y = W x + b", ("W", [3, 5]));
        table.Symbols["x"].ToString().ShouldBe("[5]");
        table.Symbols["y"].ToString().ShouldBe("[3]");
    }

    private static SymbolicShape Part<T>(ShapeTable table) where T : Expression =>
        table.Parts.First(part => part.Key is T).Value;

    private static ShapeTable Infer(string formula, params (string Name, int[] Sizes)[] given) => ShapeInference.Infer(
        Formula.Parse(formula), given.ToDictionary(one => one.Name, one => (Shape)one.Sizes, StringComparer.Ordinal));
}
