using System.Text.Json;
using Nabla.Formulas.Evaluation;

namespace Nabla.Formulas.Tests.Evaluation;

/// <summary>Evaluates formulas in tests.</summary>
internal static class Values
{
    /// <summary>The value of a formula with bindings.</summary>
    public static NumberArray Of(string formula, params string[] bindings) => Result(formula, bindings).Value;

    /// <summary>The single number that a formula gives.</summary>
    public static double Number(string formula, params string[] bindings)
    {
        NumberArray value = Of(formula, bindings);
        value.IsScalar.ShouldBeTrue($"{formula} has the shape {value.Shape}");
        return value.Values[0];
    }

    /// <summary>Everything about a formula's value.</summary>
    public static EvaluationResult Result(string formula, params string[] bindings) =>
        Evaluator.Evaluate(Formula.Parse(formula), Bindings.Parse(bindings));

    /// <summary>A formula's value with gradients.</summary>
    public static EvaluationResult Gradients(string formula, string[] names, params string[] bindings) =>
        Evaluator.Evaluate(Formula.Parse(formula), Bindings.Parse(bindings), new() { Gradients = names });

    /// <summary>The message of the error that evaluating gives.</summary>
    public static string Error(string formula, params string[] bindings) =>
        Should.Throw<FormulaException>(() => Result(formula, bindings)).Message;

    /// <summary>Compares a value and its gradients with those that a file gives.</summary>
    public static void ShouldBe(string formula, JsonElement with, JsonElement value, JsonElement gradients)
    {
        var bindings = new Bindings();
        foreach (JsonProperty binding in with.EnumerateObject())
            bindings.Add(binding.Name, NumberArray.From(binding.Value));
        string[] names = gradients.ValueKind == JsonValueKind.Object
            ? [.. gradients.EnumerateObject().Select(gradient => gradient.Name)]
            : [];
        EvaluationResult result =
            Evaluator.Evaluate(Formula.Parse(formula), bindings, new() { Gradients = names });
        ShouldBeNear(result.Value, NumberArray.From(value), 1e-9, formula);
        foreach (string name in names)
            ShouldBeNear(
                result.Gradients[name], NumberArray.From(gradients.GetProperty(name)), 1e-7, $"∂/∂{name} of {formula}");
        result.Warnings.ShouldBeEmpty(formula);
        if (result.EngineValue is not null)
            ShouldBeNear(result.EngineValue, result.Value, 1e-4, $"the engine's value of {formula}");
    }

    /// <summary>Compares numbers, relative to the larger of 1 and what is expected.</summary>
    public static void ShouldBeNear(NumberArray actual, NumberArray expected, double tolerance, string what)
    {
        actual.Shape.ShouldBe(expected.Shape, what);
        for (int i = 0; i < expected.Count; i++)
        {
            double size = Math.Max(1, Math.Abs(expected.Values[i]));
            Math.Abs(actual.Values[i] - expected.Values[i]).ShouldBeLessThanOrEqualTo(
                tolerance * size, $"{what}: {actual.ToString("G9")} instead of {expected.ToString("G9")}");
        }
    }
}
