namespace Nabla.Documentation.Tests;

/// <summary>An example that is wrong is noticed.</summary>
public class DocumentedValueTests
{
    [Theory]
    [InlineData(0.31326, "0.3133")]
    [InlineData(0.31316, "0.3132")]
    [InlineData(2.0, "2")]
    [InlineData(1234.5, "1.2e3")]
    [InlineData(-0.5, "-0.5")]
    [InlineData(double.PositiveInfinity, "∞")]
    public void A_number_agrees_to_the_digits_shown(double value, string expected) =>
        DocumentedValue.Check(value, expected);

    [Theory]
    [InlineData(0.3136, "0.3133")]
    [InlineData(2.001, "2")]
    [InlineData(1400.0, "1.2e3")]
    [InlineData(0.5, "-0.5")]
    [InlineData(double.NaN, "0.5")]
    [InlineData(1.0, "[1, 2]")]
    public void Another_number_does_not(double value, string expected) =>
        Should.Throw<Xunit.Sdk.XunitException>(() => DocumentedValue.Check(value, expected))
            .Message.ShouldContain(expected);

    [Fact]
    public void Tensors_and_arrays_are_their_numbers()
    {
        DocumentedValue.Check(new Tensor([1, 2.5f], [2, 1]), "[1, 2.5]");
        DocumentedValue.Check(new[] { 1, 2 }, "[1, 2]");
        DocumentedValue.Check(true, "true");
        DocumentedValue.Check("text", "\"text\"");
        Should.Throw<Xunit.Sdk.XunitException>(() => DocumentedValue.Check(new Tensor([1, 2], [2]), "[1, 2, 3]"));
        Should.Throw<Xunit.Sdk.XunitException>(() => DocumentedValue.Check("other", "\"text\""));
    }
}
