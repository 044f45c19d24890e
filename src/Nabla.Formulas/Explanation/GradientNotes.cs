using System.Globalization;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Printing;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation;

/// <summary>
/// What is to be known of gradients of a value with several entries: each is that of their sum, which is 0 for a
/// softmax, whose entries add up to 1 whatever its scores are.
/// </summary>
internal sealed class GradientNotes
{
    // What rounding leaves of a 0, beside the largest entry; and how far entries move where only their sum stands.
    private const double Rounding = 1e-12, Moving = 1e-3;

    private readonly Formula formula;
    private readonly Bindings bindings;
    private readonly EvaluationResult result;
    private readonly Budget budget;

    private GradientNotes(Formula formula, Bindings bindings, EvaluationResult result, Budget budget) =>
        (this.formula, this.bindings, this.result, this.budget) = (formula, bindings, result, budget);

    /// <summary>The result with exact zeros where the sum does not move, and with notes that say so.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="bindings">What it was computed with.</param>
    /// <param name="result">What came out.</param>
    /// <param name="budget">What asking for more values may take.</param>
    public static EvaluationResult Add(Formula formula, Bindings bindings, EvaluationResult result, Budget budget) =>
        result.Gradients.Count == 0 || result.Value.Count == 0 ? result
            : new GradientNotes(formula, bindings, result, budget).Noted();

    private EvaluationResult Noted()
    {
        var gradients = new Dictionary<string, NumberArray>(StringComparer.Ordinal);
        var still = new List<string>();
        foreach ((string name, NumberArray gradient) in result.Gradients)
        {
            bool isStill = result.Value.Count > 1 && IsRoundedZero(gradient) && StandsStill(name);
            gradients[name] = isStill ? new NumberArray(gradient.Shape, new double[gradient.Count]) : gradient;
            if (isStill)
                still.Add(name);
        }
        return result with { Gradients = gradients, Notes = [.. result.Notes, .. Notes(still)] };
    }

    private IEnumerable<string> Notes(List<string> still)
    {
        string names = string.Join(" and ", still);
        if (result.Value.Count == 1)
            yield break;
        string which = result.Gradients.Count > 1 ? "Each gradient" : "The gradient";
        yield return $"{which} is that of the sum of the value's {result.Value.Count} entries.";
        if (still.Count > 0)
            yield return $"By {names} it is 0, as the entries add up to {Sum()} whatever {names} is. "
                + $"To see how one entry moves, pick it, as in {Picked()}, or weight the entries.";
    }

    private string Sum() => Total(result.Value).ToString("G6", CultureInfo.InvariantCulture);

    private string Picked()
    {
        string written = FormulaPrinter.Display(result.Target);
        string indices = result.Value.Shape.Rank == 1 ? "1"
            : $"{{{string.Join(',', Enumerable.Repeat("1", result.Value.Shape.Rank))}}}";
        return result.Target is Call or Symbol ? $"{written}_{indices}" : $"({written})_{indices}";
    }

    private bool IsRoundedZero(NumberArray gradient)
    {
        double most = Rounding * Largest(result.Value);
        return Largest(gradient) <= most;
    }

    // Where a sigmoid is flat its slope is as small, but elsewhere it is not: the sum is asked for at other places, and
    // stands still there while the entries move.
    private bool StandsStill(string name)
    {
        if (!bindings.TryGet(name, out NumberArray here))
            return false;
        double sum = Total(result.Value);
        bool moves = false;
        try
        {
            foreach (double[] place in Places(here))
            {
                NumberArray there = Evaluator.Evaluate(formula, bindings.With([name], place),
                    new() { Steps = false, HasEngine = false, Budget = budget }).Value;
                if (there.Count != result.Value.Count
                    || !(Math.Abs(Total(there) - sum) <= Rounding * Largest(there) * there.Count))
                    return false;
                moves |= Apart(there, result.Value) > Moving * Largest(there);
            }
            return moves;
        }
        catch (FormulaException)
        {
            return false; // nothing is known of other places
        }
    }

    // NaN if one entry is.
    private static double Largest(NumberArray value)
    {
        double largest = 0;
        foreach (double entry in value.Values)
            largest = Math.Max(largest, Math.Abs(entry));
        return largest;
    }

    private static double Apart(NumberArray a, NumberArray b)
    {
        double most = 0;
        for (int i = 0; i < a.Count; i++)
            most = Math.Max(most, Math.Abs(a.Values[i] - b.Values[i]));
        return most;
    }

    private static IEnumerable<double[]> Places(NumberArray here)
    {
        double[] numbers = here.Values.ToArray();
        yield return [.. numbers.Select((number, i) => number / 2 + 0.3 * (i % 5) + 0.1)];
        yield return [.. numbers.Select((number, i) => 0.7 - 0.2 * (i % 7) - number / 3)];
        yield return [.. numbers.Select((number, i) => number + 1.5 / (1 + i))];
    }

    private static double Total(NumberArray value)
    {
        double total = 0;
        foreach (double entry in value.Values)
            total += entry;
        return total;
    }
}
