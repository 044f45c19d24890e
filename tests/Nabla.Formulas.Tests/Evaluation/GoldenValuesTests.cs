using System.Text.Json;

namespace Nabla.Formulas.Tests.Evaluation;

/// <summary>Values and gradients that others computed.</summary>
public sealed class GoldenValuesTests
{
    private static readonly string Recorded = Path.Combine(AppContext.BaseDirectory, "Data", "values.json");

    [Fact]
    public void Formulas_of_the_field_have_the_values_and_gradients_of_fifty_digits()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Recorded));
        JsonElement cases = document.RootElement.GetProperty("cases");
        cases.GetArrayLength().ShouldBeGreaterThanOrEqualTo(150);
        foreach (JsonElement one in cases.EnumerateArray())
            Values.ShouldBe(
                one.GetProperty("formula").GetString()!, one.GetProperty("with"), one.GetProperty("value"),
                one.GetProperty("gradients"));
    }

    [Fact]
    public void Formulas_of_an_outsider_have_the_values_and_gradients_of_NumPy()
    {
        string file = Path.Combine(AppContext.BaseDirectory, "Data", "outsider.json");
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(file));
        JsonElement cases = document.RootElement.GetProperty("cases");
        cases.GetArrayLength().ShouldBeGreaterThanOrEqualTo(100);
        foreach (JsonElement one in cases.EnumerateArray())
            Values.ShouldBe(
                one.GetProperty("formula").GetString()!, one.GetProperty("with"), one.GetProperty("value"),
                one.GetProperty("gradients"));
    }

    [FactNeeding(Needing.GivenFormulas)]
    public void Given_formulas_have_the_given_values_and_gradients()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Needing.PathOf(Needing.GivenFormulas)!));
        int values = 0, gradients = 0;
        foreach (JsonElement one in document.RootElement.EnumerateArray())
        {
            if (!one.TryGetProperty("with", out JsonElement with))
                continue;
            bool hasGradient = one.TryGetProperty("grad", out JsonElement gradient);
            Values.ShouldBe(one.GetProperty("latex").GetString()!, with, one.GetProperty("expect"), gradient);
            values++;
            gradients += hasGradient ? 1 : 0;
        }
        (values, gradients).ShouldBe((17, 15));
    }
}
