namespace Nabla.Formulas.Tests.Parsing;

public class ConditionalTests
{
    [Theory]
    [InlineData("y = (x > 0 ? x : 0)", "(y = (cases x if (x > 0); 0 if \"otherwise\"))")]
    [InlineData("y = 2·(c ≠ 0 ? a : b + 1)", "(y = (· 2 (cases a if (c ≠ 0); (+ b 1) if \"otherwise\")))")]
    [InlineData("x > 0 ? 1 : x < 0 ? 2 : 3",
        "(cases 1 if (x > 0); (cases 2 if (x < 0); 3 if \"otherwise\") if \"otherwise\")")]
    public void Conditions_are_read_as_code_writes_them(string text, string tree) =>
        Lisp.Of(Formula.Parse(text).Tree).ShouldBe(tree);

    [Fact]
    public void A_condition_without_its_second_value_says_what_is_missing() =>
        Should.Throw<FormulaException>(() => Formula.Parse("(x > 0 ? x)")).Expected.ShouldBe("`:`");
}
