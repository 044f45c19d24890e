using Nabla.Formulas.Evaluation.Reading;

namespace Nabla.Formulas.Evaluation.Graph;

/// <summary>A computation that other numbers of its variables would not change, to be run again on those.</summary>
internal sealed class Recording
{
    private const int OperationsOfNode = 10, Backwards = 2; // a derivative is as much work as two values

    private readonly Tape tape;
    private readonly Node result;
    private readonly Node?[] variables;

    private Recording(Tape tape, Node result, Node?[] variables) =>
        (this.tape, this.result, this.variables) = (tape, result, variables);

    /// <summary>The evaluation of a number so far; null if something was decided by the variables' numbers.</summary>
    public static Recording? Of(Interpreter c, Node result) =>
        !c.Tape.IsForAllNumbers || c.Store.HasDecided || result.Numbers.Length != 1 ? null : new(c.Tape, result,
            [.. c.Options.Gradients.Select(name => c.Store.Used.GetValueOrDefault(name).Node)]);

    /// <summary>The number, and its derivatives by the variables unless nobody asks for them.</summary>
    /// <param name="at">The numbers of the variables, one after the other; of each as many as it has.</param>
    /// <param name="sizes">How many numbers each has.</param>
    /// <param name="gradient">Where the derivatives go, or nothing.</param>
    /// <param name="budget">What it may take.</param>
    public double Run(ReadOnlySpan<double> at, ReadOnlySpan<int> sizes, Span<double> gradient, Budget budget)
    {
        long operations = tape.Operations + OperationsOfNode * (result.Order + 1L);
        budget.Charge("evaluating", operations * (gradient.IsEmpty ? 1 : 1 + Backwards));
        for (int i = 0, next = 0; i < variables.Length; next += sizes[i++])
            if (variables[i] is { } variable)
                at.Slice(next, sizes[i]).CopyTo(variable.Numbers);
        tape.RunAgain(result);
        if (gradient.IsEmpty)
            return result.Numbers[0];
        tape.Differentiate(result);
        for (int i = 0, next = 0; i < variables.Length; next += sizes[i++])
            if (variables[i] is { } variable)
                variable.Slope().CopyTo(gradient[next..]);
            else
                gradient.Slice(next, sizes[i]).Clear();
        return result.Numbers[0];
    }
}
