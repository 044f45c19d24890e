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

    // Their steps have a length of their own.
    private static readonly HashSet<string> Natural = new(StringComparer.Ordinal) { "Lbfgs", "Newton" };

    // In the order of the problems' places.
    private static readonly Dictionary<string, float[]> Found = new(StringComparer.Ordinal)
    {
        ["AdaDelta"] = [5, 2, 5, 10],
        ["AdaGrad"] = [2, 0.5f, 2, 0.5f],
        ["Adafactor"] = [1, 0.02f, 0.5f, 1],
        ["Adam"] = [1, 0.2f, 1, 0.1f],
        ["Adamax"] = [5, 0.5f, 2, 0.2f],
        ["AmsGrad"] = [1, 0.5f, 1, 0.1f],
        ["Lamb"] = [0.2f, 0.005f, 0.5f, 0.01f],
        ["Lion"] = [0.01f, 0.01f, 0.05f, 0.01f],
        ["Momentum"] = [0.002f, 0.01f, 0.02f, 1],
        ["Muon"] = [0.02f, 0.02f, 1, 0.1f],
        ["NAdam"] = [10, 0.1f, 0.5f, 0.2f],
        ["NaturalGradient"] = [0.2f, 0.2f, 0.2f, 0.05f],
        ["Nesterov"] = [0.001f, 0.01f, 0.005f, 0.5f],
        ["RAdam"] = [0.001f, 0.05f, 0.02f, 0.5f],
        ["RmsProp"] = [0.05f, 0.02f, 0.1f, 0.2f],
        ["Rprop"] = [0.002f, 0.005f, 0.02f, 0.2f],
        ["Sgd"] = [0.005f, 0.02f, 0.01f, 2],
    };

    /// <summary>The rate of an optimizer on a problem; one that is not in the table is looked for.</summary>
    public static float RateOf(RaceProblem problem, Racer racer, (int Steps, long Seed) length) =>
        Found.TryGetValue(racer.Name, out float[]? rates) && problem.Place < rates.Length
            ? rates[problem.Place] : Search(problem, racer, length);

    /// <summary>The best rate of the grid; 1 for the optimizers whose step has a length of its own.</summary>
    public static float Search(RaceProblem problem, Racer racer, (int Steps, long Seed) length) =>
        Natural.Contains(racer.Name) ? 1
            : RaceResult.Ranked(Grid.Select(rate => RaceRun.Of(problem, racer, rate, length))).First().LearningRate;
}
