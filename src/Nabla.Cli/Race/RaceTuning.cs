namespace Nabla.Cli.Race;

/// <summary>
/// The learning rates of a race. Those below were found by <c>nabla race --tune</c> with 300 steps and seed 1: of 1, 2
/// and 5 times a power of ten from 0.0001 to 10 the one that wins by <see cref="RaceResult.Ranked"/>.
/// </summary>
internal static class RaceTuning
{
    private static readonly float[] Grid =
        [.. Enumerable.Range(-4, 6).SelectMany(exponent => new[] { 1f, 2, 5 }
            .Select(digit => (float)(digit * Math.Pow(10, exponent)))).Where(rate => rate <= 10)];

    private static readonly Dictionary<string, float[]> Found = new(StringComparer.Ordinal)
    {
    };

    /// <summary>The rate of an optimizer on a problem; one that is not in the table is looked for.</summary>
    public static float RateOf(RaceProblem problem, Racer racer, (int Steps, long Seed) length) =>
        Found.TryGetValue(racer.Name, out float[]? rates) && problem.Place < rates.Length
            ? rates[problem.Place] : Search(problem, racer, length);

    /// <summary>The best rate of the grid.</summary>
    public static float Search(RaceProblem problem, Racer racer, (int Steps, long Seed) length) =>
        RaceResult.Ranked(Grid.Select(rate => RaceRun.Of(problem, racer, rate, length))).First().LearningRate;
}
