namespace Nabla.Learning.Schedules;

/// <summary>The learning rate at each step.</summary>
public abstract record Schedule
{
    /// <summary>The rate for step <paramref name="step"/>, the first being 0.</summary>
    public abstract double At(int step);
}
