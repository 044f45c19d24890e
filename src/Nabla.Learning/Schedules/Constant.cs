namespace Nabla.Learning.Schedules;

/// <summary>Always the same rate: η(s) = η.</summary>
public sealed record Constant(double Rate) : Schedule
{
    /// <inheritdoc/>
    public override double At(int step) => Rate;
}
