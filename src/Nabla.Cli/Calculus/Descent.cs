using Nabla.Cli.Race;
using Nabla.Learning;
using Nabla.Learning.Optimizers;
using Nabla.Tensors;

namespace Nabla.Cli.Calculus;

/// <summary>A place on the way down.</summary>
/// <param name="Step">How many steps were taken.</param>
/// <param name="At">The numbers.</param>
/// <param name="Loss">The function there.</param>
/// <param name="Gradient">Its gradient there.</param>
internal sealed record DescentStep(int Step, double[] At, double Loss, double[] Gradient);

/// <summary>
/// An optimizer of Nabla on its way down a formula. The formula gives value and gradient; the optimizer sees them as a
/// loss that is linear where it stands, so that any optimizer that uses gradients can be run. One whose steps follow
/// from gradients alone moves float32 numbers that begin at 0 with each step; what they add up to is kept in double.
/// </summary>
internal sealed class Descent
{
    /// <summary>Numbers as large as this have left all bounds.</summary>
    public const double Lost = 1e12;

    // What a step of the optimizer takes, and what it leaves behind, beside the formula's values.
    private const int OperationsOfStep = 100, NumbersOfStep = 35, NumbersOfParameter = 5;

    private readonly FormulaFunction function;
    private readonly Parameter[] parameters;
    private readonly Optimizer optimizer;
    private readonly double[] origin;
    private readonly bool isRelative;
    private int taken;

    public Descent(FormulaFunction function, Racer racer, float rate, double[]? start = null)
    {
        this.function = function;
        double[] from = start ?? function.Start;
        isRelative = !DescentRacers.DependsOnPlace(racer);
        origin = isRelative ? [.. from] : new double[from.Length];
        int next = 0;
        parameters = [.. function.Point.Names.Select(name => function.Point[name]).Select(value =>
        {
            float[] numbers = new float[value.Count];
            for (int i = 0; i < numbers.Length; i++)
                numbers[i] = (float)(from[next + i] - origin[next + i]);
            next += value.Count;
            return new Parameter(new Tensor(numbers, value.Shape));
        })];
        optimizer = racer.Create(new ParameterList(parameters), rate);
        Now = Look();
    }

    /// <summary>Where it stands.</summary>
    public DescentStep Now { get; private set; }

    /// <summary>Whether the numbers left all bounds.</summary>
    public bool HasDiverged => !double.IsFinite(Now.Loss) || !Array.TrueForAll(Now.Gradient, double.IsFinite)
        || !Array.TrueForAll(Now.At, number => Math.Abs(number) < Lost);

    /// <summary>All steps of a run; it ends early where it diverged.</summary>
    public static IReadOnlyList<DescentStep> Run(
        FormulaFunction function, Racer racer, float rate, int steps, double[]? start = null)
    {
        var descent = new Descent(function, racer, rate, start);
        List<DescentStep> all = [descent.Now];
        while (all.Count <= steps && !descent.HasDiverged && !function.IsSpent)
        {
            descent.Take();
            all.Add(descent.Now);
        }
        return all;
    }

    /// <summary>Takes a step.</summary>
    public void Take()
    {
        optimizer.Minimize(Loss);
        taken++;
        MoveOrigin();
        Now = Look();
    }

    private void MoveOrigin()
    {
        if (!isRelative)
            return;
        Numbers().CopyTo(origin, 0);
        foreach (Parameter parameter in parameters)
            parameter.Values.Clear();
    }

    private Tensor Loss()
    {
        function.Budget.TryCharge(OperationsOfStep, NumbersOfStep + NumbersOfParameter * (long)function.Count);
        double[] at = Numbers();
        // Most optimizers ask where they stand, which is known.
        (double value, double[] gradient) = at.AsSpan().SequenceEqual(Now.At)
            ? (Now.Loss, Now.Gradient) : function.Slope(at);
        return new TouchingPlane(value, gradient, parameters).Apply();
    }

    private DescentStep Look()
    {
        double[] at = Numbers();
        if (!Array.TrueForAll(at, double.IsFinite))
            return new(taken, at, double.NaN, [.. at.Select(_ => double.NaN)]);
        (double value, double[] gradient) = function.Slope(at);
        return new(taken, at, value, gradient);
    }

    private double[] Numbers()
    {
        var numbers = new double[function.Count];
        int next = 0;
        foreach (Parameter parameter in parameters)
            foreach (float number in parameter.Values)
                numbers[next] = origin[next++] + number;
        return numbers;
    }
}
