namespace Nabla.Learning.Schedules;

/// <summary>Any function of the step: η(s) = f(s).</summary>
/// <param name="Rate">f, whose values are finite and 0 or more.</param>
/// <example><code>
/// new LambdaSchedule(step => 0.1 / (1 + step)).At(4);   // = 0.02
/// 0.1 / 5;                                              // = 0.02
/// </code></example>
public sealed record LambdaSchedule(Func<int, double> Rate) : Schedule
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The function gave no rate.</exception>
    public override double At(int step) => Require.NotNegative(Rate(step), nameof(LambdaSchedule), $"Rate({step})");
}
