using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Tests;

/// <summary>What is printed says what was computed.</summary>
public sealed class FormulaTests
{
    private static readonly Formula A = Formula.Variable("a"), X = Formula.Variable("x"), Y = Formula.Variable("y");

    [Fact]
    public void A_negative_product_is_bracketed_where_it_divides_or_multiplies()
    {
        (A / -(X * Y)).ToString().ShouldBe("a/(−x·y)");
        (A * -(X * Y)).ToString().ShouldBe("a·(−x·y)");
        (-(X * Y) / A).ToString().ShouldBe("−x·y/a");
        (A - -(X * Y)).ToString().ShouldBe("a − −x·y");
    }

    [Fact]
    public void A_negative_sum_is_bracketed_once()
    {
        (-(X + Y)).ToString().ShouldBe("−(x + y)");
        (A * -(X + Y)).ToString().ShouldBe("a·−(x + y)");
        (A / -X).ToString().ShouldBe("a/−x");
    }

    [Fact]
    public void Operations_are_bracketed_by_their_rank()
    {
        ((A + X) * Y).ToString().ShouldBe("(a + x)·y");
        (A - (X - Y)).ToString().ShouldBe("a − (x − y)");
        (A / (X * Y)).ToString().ShouldBe("a/(x·y)");
        (A * X / Y).ToString().ShouldBe("a·x/y");
    }
}
