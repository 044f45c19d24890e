namespace Nabla.Architecture.Tests;

/// <summary>What tests say about a number fails when it is none.</summary>
public class NumberAssertionsTests
{
    [Fact]
    public void A_number_that_is_none_is_not_small()
    {
        Should.Throw<ShouldAssertException>(() => double.NaN.ShouldBeLessThan(1e-5));
        Should.Throw<ShouldAssertException>(() => double.NaN.ShouldBeLessThanOrEqualTo(1e-5));
        Should.Throw<ShouldAssertException>(() => float.NaN.ShouldBeLessThan(1e-5f));
        Should.Throw<ShouldAssertException>(() => float.NaN.ShouldBeLessThanOrEqualTo(1e-5f));
    }

    [Fact]
    public void A_number_that_is_none_is_not_near_another()
    {
        Should.Throw<ShouldAssertException>(() => double.NaN.ShouldBe(0, 1e-5));
        Should.Throw<ShouldAssertException>(() => float.NaN.ShouldBe(0, 1e-5));
        Should.Throw<ShouldAssertException>(() => double.NaN.ShouldBeInRange(-1, 1));
    }
}
