using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Trees;
using Nabla.Tensors;

namespace Nabla.Formulas.Tests.Truth;

/// <summary>Evaluates formulas that pieces of the library state of themselves.</summary>
internal static class StatedFormula
{
    /// <summary>The formula's value, and the derivative by one of the names.</summary>
    public static EvaluationResult Evaluate(string formula, Bindings bindings, params string[] gradients) =>
        Evaluator.Evaluate(Formula.Parse(formula), bindings, new EvaluationOptions
        {
            Gradients = gradients,
            Steps = false,
        });

    /// <summary>
    /// What the names stand for after the statements of an update have been carried out, one after another.
    /// </summary>
    public static void Update(string formula, Dictionary<string, NumberArray> state)
    {
        Expression tree = Formula.Parse(formula).Tree;
        IReadOnlyList<Expression> statements = tree is FormulaSystem system ? system.Formulas : [tree];
        foreach (Expression statement in statements)
        {
            var assignment = (Relation)statement;
            var bindings = new Bindings();
            foreach ((string name, NumberArray value) in state)
                bindings.Add(name, value);
            EvaluationResult result = Evaluator.Evaluate(
                assignment.Members[^1], bindings, new EvaluationOptions { Steps = false });
            state[((Symbol)assignment.Members[0]).Name] = result.Value;
        }
    }

    /// <summary>Numbers as a tensor.</summary>
    public static Tensor Tensor(NumberArray numbers) =>
        new([.. numbers.Values.ToArray().Select(value => (float)value)], numbers.Shape);

    /// <summary>Throws unless both are the same up to float32.</summary>
    public static void ShouldAgree(ReadOnlySpan<double> formula, ReadOnlySpan<float> code, string what)
    {
        formula.Length.ShouldBe(code.Length, what);
        for (int i = 0; i < code.Length; i++)
            if (!(formula[i].Equals(code[i]) || Math.Abs(formula[i] - code[i]) <= 2e-5 * (1 + Math.Abs(code[i]))))
                throw new Xunit.Sdk.XunitException(
                    $"{what}: number {i} is {formula[i]} by the formula and {code[i]} by the code");
    }
}
