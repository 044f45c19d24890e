namespace Nabla.Learning.Schedules;

/// <summary>
/// Schedules one after the other: from step bᵢ on the next one, which then counts from 0: η(s) = ηᵢ(s − bᵢ).
/// </summary>
/// <param name="Parts">The schedules, at least one.</param>
/// <param name="Beginnings">Where the second, the third, … begin: one fewer than schedules, rising, above 0.</param>
/// <example><code>
/// var schedule = new SequentialSchedule([new LinearRamp(0, 1, 10), new ExponentialDecay(1, 0.5)], [10]);
/// new[] { schedule.At(5), schedule.At(10), schedule.At(12) };   // = [0.5, 1, 0.25]
/// new[] { 5 / 10.0, 1, 0.5 * 0.5 };                             // = [0.5, 1, 0.25]
/// </code></example>
public sealed record SequentialSchedule(IReadOnlyList<Schedule> Parts, IReadOnlyList<int> Beginnings) : Schedule
{
    /// <summary>The schedules, at least one.</summary>
    public IReadOnlyList<Schedule> Parts { get; } = [.. Parts];

    /// <summary>Where the second, the third, … begin.</summary>
    public IReadOnlyList<int> Beginnings { get; } = Checked([.. Beginnings], Parts.Count);

    /// <inheritdoc/>
    public override double At(int step)
    {
        int part = Beginnings.Count(begin => begin <= step);
        return Parts[part].At(part == 0 ? step : step - Beginnings[part - 1]);
    }

    private static int[] Checked(int[] beginnings, int parts)
    {
        if (parts == 0 || beginnings.Length != parts - 1)
            throw new ArgumentException(
                $"SequentialSchedule: {parts} schedules and {beginnings.Length} beginnings; " +
                "give at least one schedule, and a beginning for each but the first.", nameof(beginnings));
        for (int i = 0; i < beginnings.Length; i++)
            if (beginnings[i] <= (i == 0 ? 0 : beginnings[i - 1]))
                throw new ArgumentException(
                    $"SequentialSchedule: Beginnings = [{string.Join(", ", beginnings)}] must rise, from above 0.",
                    nameof(beginnings));
        return beginnings;
    }
}
