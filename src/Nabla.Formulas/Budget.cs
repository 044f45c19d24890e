namespace Nabla.Formulas;

/// <summary>
/// The work that may go into a formula: evaluating, differentiating, simplifying, drawing and laying it out charge one
/// budget, whatever they do it for. It is counted and not timed, so that a formula ends alike on every machine.
/// </summary>
/// <param name="operations">The most operations, of about five to ten nanoseconds each.</param>
/// <param name="numbers">The most numbers that are kept, of about twenty bytes each.</param>
public sealed class Budget(long operations, long numbers = long.MaxValue)
{
    // To keep a number costs more than to compute it.
    private const int OperationsOfNumber = 8;

    private const long MostOperations = 100_000_000, MostNumbers = 1_200_000;

    private Budget? whole;
    private long spent, kept;

    /// <summary>What one formula may take: it ends well within a second and 100 MB.</summary>
    public static Budget OfEvaluation() => new(MostOperations, MostNumbers);

    /// <summary>Whether it was charged more than it has.</summary>
    public bool IsSpent => spent > operations || kept > numbers || whole is { IsSpent: true };

    /// <summary>A budget for a part of the work; what it is charged, this one is charged too.</summary>
    /// <param name="operations">The most operations of the part.</param>
    /// <param name="numbers">The most numbers of the part.</param>
    public Budget Part(long operations, long numbers = long.MaxValue) => new(operations, numbers) { whole = this };

    /// <summary>Counts work before it is done.</summary>
    /// <param name="work">What is done, as one says it: <c>evaluating</c>.</param>
    /// <param name="newOperations">How many operations.</param>
    /// <param name="newNumbers">How many numbers are kept.</param>
    /// <exception cref="FormulaException">It is more than there is left.</exception>
    public void Charge(string work, long newOperations, long newNumbers = 0)
    {
        if (TryCharge(newOperations, newNumbers))
            return;
        for (Budget? budget = this; budget is not null; budget = budget.whole)
            budget.Require(work);
    }

    /// <summary>Counts work; whether there was enough left for it.</summary>
    /// <param name="newOperations">How many operations.</param>
    /// <param name="newNumbers">How many numbers are kept.</param>
    public bool TryCharge(long newOperations, long newNumbers = 0)
    {
        for (Budget? budget = this; budget is not null; budget = budget.whole)
        {
            budget.spent += newOperations + OperationsOfNumber * newNumbers;
            budget.kept += newNumbers;
        }
        return !IsSpent;
    }

    private void Require(string work)
    {
        if (kept > numbers)
            throw TooMuch(work, $"{numbers} numbers");
        if (spent > operations)
            throw TooMuch(work, $"{operations} operations");
    }

    private static FormulaException TooMuch(string work, string most) => new(
        $"{work} needs more than {most}; give smaller lists or ranges, or a simpler formula.");
}
