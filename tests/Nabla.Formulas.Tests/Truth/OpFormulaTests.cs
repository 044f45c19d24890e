using Nabla.Formulas.Evaluation;
using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;
using Nabla.Tensors.Tests;

namespace Nabla.Formulas.Tests.Truth;

/// <summary>
/// The formula that an op prints is what its kernel computes, and the formula's derivative is its backward pass: the
/// formula engine says so, for every op that there is.
/// </summary>
public class OpFormulaTests
{
    private const int MostInstances = 40, MostNumbers = 600;

    // Ops whose formula says something that is no arithmetic.
    private static readonly Dictionary<string, string> NotComputed = new(StringComparer.Ordinal)
    {
        ["CheckpointOp"] = "y = f(x): the function is whatever was given",
        ["CtcOp"] = "the sum runs over all paths that spell the target, a set that the formula only names",
    };

    public static TheoryData<string> AllOps => new(OpCatalog.AllOps.Select(OpCatalog.NameOf)
        .Where(name => !NotComputed.ContainsKey(name)));

    [Theory]
    [MemberData(nameof(AllOps))]
    public void The_formula_of_an_op_is_what_it_computes(string name)
    {
        Type type = OpCatalog.AllOps.First(op => OpCatalog.NameOf(op) == name);
        int held = OpCatalog.Samples(type).Count(Holds);
        held.ShouldBePositive($"{name} says for none of its samples what the names in its formula stand for");
    }

    [Fact]
    public void Every_formula_of_an_op_can_be_read()
    {
        string[] formulas = [.. OpCatalog.AllOps.SelectMany(OpCatalog.Samples).Select(op => op.Formula)
            .Distinct(StringComparer.Ordinal)];
        formulas.Select(Problem).OfType<string>().ShouldBeEmpty();

        static string? Problem(string formula)
        {
            try
            {
                Formula.Parse(formula);
                return null;
            }
            catch (FormulaException error)
            {
                return $"{formula}: {error.Message}";
            }
        }
    }

    private static bool Holds(Op op)
    {
        if (op.Inputs.Any(input => input.Count is 0 or > MostNumbers))
            return false;
        Parameter[] parameters = [.. op.Inputs.Select(input => new Parameter(input.Detach()))];
        Op applied = op.WithInputs([.. parameters.Select(parameter => (Tensor)parameter)]);
        Tensor y = applied.Apply();
        FormulaInstance[] uses = [.. op.FormulaInstances(y.Shape).Take(MostInstances + 1)];
        if (y.Count == 0 || uses.Length is 0 or > MostInstances)
            return false;
        var formula = Formula.Parse(op.Formula);
        float[][] numbers = [.. op.Inputs.Select(input => input.ToArray())];
        double[][] gradients = [.. numbers.Select(input => new double[input.Length])];
        foreach (FormulaInstance use in uses)
            Compare(formula, use, y.ToArray(), numbers, gradients);
        y.Sum().Backward();
        for (int k = 0; k < parameters.Length; k++)
            if (parameters[k].Gradient is { } gradient)
                Near(gradients[k], gradient.ToArray(), $"{op.Name}: {op.Formula}: the gradient of input {k}");
        return true;
    }

    private static void Compare(
        Formula formula, FormulaInstance use, float[] y, float[][] numbers, double[][] gradients)
    {
        var bindings = new Bindings();
        foreach (FormulaPart part in use.Parts)
            bindings.Add(part.Name, new NumberArray(
                part.Shape, [.. part.Places.Select(place => place < 0 ? 0.0 : numbers[part.Input][place])]));
        foreach (FormulaConstant constant in use.Constants)
            bindings.Add(constant.Name, new NumberArray(constant.Shape, constant.Values));
        EvaluationResult result = Evaluator.Evaluate(formula, bindings, new EvaluationOptions
        {
            Gradients = [.. use.Parts.Select(part => part.Name)],
            Steps = false,
        });
        Near([.. result.Value.Values], [.. use.Result.Places.Select(place => y[place])], formula.Text);
        foreach (FormulaPart part in use.Parts)
        {
            NumberArray gradient = result.Gradients[bindings.Names[use.Parts.ToList().IndexOf(part)]];
            for (int i = 0; i < part.Places.Length; i++)
                if (part.Places[i] >= 0)
                    gradients[part.Input][part.Places[i]] += gradient.Values[i];
        }
    }

    private static void Near(double[] formula, float[] kernel, string what)
    {
        formula.Length.ShouldBe(kernel.Length, what);
        for (int i = 0; i < kernel.Length; i++)
            if (!(formula[i].Equals(kernel[i]) || Math.Abs(formula[i] - kernel[i]) <= 1e-4 * (1 + Math.Abs(kernel[i]))))
                throw new Xunit.Sdk.XunitException(
                    $"{what}: number {i} is {formula[i]} by the formula and {kernel[i]} by the kernel");
    }
}
