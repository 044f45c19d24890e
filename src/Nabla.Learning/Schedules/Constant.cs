using Nabla.Tensors.Reference;

namespace Nabla.Learning.Schedules;

/// <summary>Always the same rate: η(s) = η.</summary>
/// <param name="Rate">η, 0 or more.</param>
/// <example><code>
/// new Constant(0.1).At(1000);   // = 0.1
/// </code></example>
[Formula("y = η")]
public sealed record Constant(double Rate) : Schedule
{
    /// <summary>η, 0 or more.</summary>
    public double Rate { get; init => field = Require.NotNegative(value, nameof(Constant), nameof(Rate)); } =
        Require.NotNegative(Rate, nameof(Constant));

    /// <inheritdoc/>
    public override double At(int step) => Rate;
}
