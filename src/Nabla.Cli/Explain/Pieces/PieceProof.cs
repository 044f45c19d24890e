using Nabla.Formulas;
using Nabla.Formulas.Evaluation;
using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Cli.Explain.Pieces;

/// <summary>What the formula of an operation gives for a small sample, and what the kernel does.</summary>
/// <param name="Inputs">The names in the formula and their numbers, for its first use.</param>
/// <param name="ByFormula">The formula's value.</param>
/// <param name="ByKernel">The kernel's.</param>
/// <param name="Gradients">
/// By name: the derivative of the sum of the value by the formula, and by the backward pass.
/// </param>
internal sealed record PieceProof(
    IReadOnlyList<(string Name, NumberArray Value)> Inputs, NumberArray ByFormula, NumberArray ByKernel,
    IReadOnlyList<(string Name, NumberArray ByFormula, NumberArray ByBackward)> Gradients)
{
    /// <summary>Computes both for the first use of the formula; null where the formula cannot be computed.</summary>
    public static PieceProof? Of(Op sample)
    {
        Parameter[] inputs = [.. sample.Inputs.Select(input => new Parameter(input.Detach()))];
        Tensor y = sample.WithInputs([.. inputs.Select(input => (Tensor)input)]).Apply();
        if (sample.FormulaInstances(y.Shape).FirstOrDefault() is not { } use)
            return null;
        try
        {
            return Of(sample, use, inputs, y);
        }
        catch (FormulaException)
        {
            return null; // such as y = f(x), which leaves the function open
        }
    }

    private static PieceProof Of(Op sample, FormulaInstance use, Parameter[] inputs, Tensor y)
    {
        var bindings = new Bindings();
        foreach (FormulaPart part in use.Parts)
            bindings.Add(part.Name, Taken(part, inputs[part.Input].ToArray()));
        foreach (FormulaConstant constant in use.Constants)
            bindings.Add(constant.Name, new NumberArray(constant.Shape, constant.Values));
        string[] names = [.. bindings.Names.Take(use.Parts.Count)];
        EvaluationResult result = Evaluator.Evaluate(
            Formulas.Formula.Parse(sample.Formula), bindings,
            new EvaluationOptions { Gradients = names, Steps = false });
        // dL/dy is 1 for the numbers of this use and 0 for all others: the formula is about this use alone.
        var only = new float[y.Count];
        foreach (int place in use.Result.Places)
            only[place] = 1;
        (y * new Tensor(only, y.Shape)).Sum().Backward();
        return new PieceProof(
            [.. bindings.Names.Select(name => (name, bindings[name]))], result.Value,
            Taken(use.Result, y.ToArray()),
            [.. use.Parts.Zip(names, (part, name) => (name, result.Gradients[name],
                Taken(part, inputs[part.Input].Gradient?.ToArray() ?? new float[inputs[part.Input].Count])))]);
    }

    private static NumberArray Taken(FormulaPart part, float[] numbers) =>
        new(part.Shape, [.. part.Places.Select(place => place < 0 ? 0.0 : numbers[place])]);
}
