using Nabla.Formulas;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Trees;
using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Cli.Explain.Pieces;

/// <summary>What the formula of an operation gives for a small sample, and what the kernel does.</summary>
/// <param name="Inputs">The names in the formula and their numbers, for its first use.</param>
/// <param name="ByFormula">The formula's value.</param>
/// <param name="ByKernel">The kernel's.</param>
/// <param name="Gradients">
/// By name: the derivative of <see cref="Loss"/> by the formula, and by the backward pass.
/// </param>
internal sealed record PieceProof(
    IReadOnlyList<(string Name, NumberArray Value)> Inputs, NumberArray ByFormula, NumberArray ByKernel,
    IReadOnlyList<(string Name, NumberArray ByFormula, NumberArray ByBackward)> Gradients)
{
    /// <summary>
    /// What is differentiated: the sum of the value's squares, because the plain sum of a softmax, say, never changes.
    /// </summary>
    public const string Loss = "Σy²";

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
            bindings.Add(part.Name, Taken(part, Doubles(inputs[part.Input])));
        foreach (FormulaConstant constant in use.Constants)
            bindings.Add(constant.Name, new NumberArray(constant.Shape, constant.Values));
        string[] names = [.. bindings.Names.Take(use.Parts.Count)];
        Expression formula = Formulas.Formula.Parse(sample.Formula).Tree;
        EvaluationResult result = Evaluator.Evaluate(formula, bindings, new EvaluationOptions { Steps = false });
        EvaluationResult loss = Evaluator.Evaluate(
            Squared(formula), bindings, new EvaluationOptions { Gradients = names, Steps = false });
        // The formula is about this use alone: other numbers of the result do not count.
        var only = new float[y.Count];
        foreach (int place in use.Result.Places)
            only[place] = 1;
        (y * y * new Tensor(only, y.Shape)).Sum().Backward();
        double[][] slopes = ByInput(use, inputs, loss, names);
        return new PieceProof(
            [.. bindings.Names.Select(name => (name, bindings[name]))], result.Value,
            Taken(use.Result, Doubles(y)),
            [.. use.Parts.Zip(names, (part, name) => (name, Taken(part, slopes[part.Input]),
                Taken(part, inputs[part.Input].Gradient is { } gradient ? Doubles(gradient)
                    : new double[inputs[part.Input].Count])))]);
    }

    private static Expression Squared(Expression formula) => formula switch
    {
        FormulaSystem system =>
            system with { Formulas = [.. system.Formulas.SkipLast(1), Squared(system.Formulas[^1])] },
        Qualified qualified => qualified with { Statement = Squared(qualified.Statement) },
        Relation relation =>
            relation with { Members = [.. relation.Members.SkipLast(1), Squared(relation.Members[^1])] },
        _ => new Product([formula, formula], ProductSign.Hadamard),
    };

    // Names may share numbers of an input, as neighbours do between which is interpolated.
    private static double[][] ByInput(FormulaInstance use, Parameter[] inputs, EvaluationResult result, string[] names)
    {
        double[][] slopes = Array.ConvertAll(inputs, input => new double[input.Count]);
        foreach ((FormulaPart part, string name) in use.Parts.Zip(names))
            for (int i = 0; i < part.Places.Length; i++)
                if (part.Places[i] >= 0)
                    slopes[part.Input][part.Places[i]] += result.Gradients[name].Values[i];
        return slopes;
    }

    private static NumberArray Taken(FormulaPart part, double[] numbers) =>
        new(part.Shape, [.. part.Places.Select(place => place < 0 ? 0.0 : numbers[place])]);

    private static double[] Doubles(Tensor tensor) => Array.ConvertAll(tensor.ToArray(), number => (double)number);
}
