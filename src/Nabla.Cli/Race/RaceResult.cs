namespace Nabla.Cli.Race;

/// <summary>How an optimizer did on a problem.</summary>
/// <param name="Optimizer">Its name.</param>
/// <param name="LearningRate">The rate it had.</param>
/// <param name="Losses">The loss at the start and after each step; it ends early where it diverged.</param>
internal sealed record RaceResult(string Optimizer, float LearningRate, IReadOnlyList<double> Losses)
{
    /// <summary>Where it was at the start and after each step, on a problem with two unknowns.</summary>
    public IReadOnlyList<(double X, double Y)> Path { get; init; } = [];

    /// <summary>How far the end is from the minimum, where that is known.</summary>
    public double? Distance { get; init; }

    /// <summary>The step from which on the loss was at most the tolerance; null if it was not at the end.</summary>
    public int? Arrived { get; init; }

    /// <summary>Whether the loss stopped being a number.</summary>
    public bool Diverged { get; init; }

    /// <summary>The loss at the end; infinite if it diverged.</summary>
    public double Loss => Diverged ? double.PositiveInfinity : Losses[^1];

    /// <summary>The better one first: who arrived, earlier; then who is lower.</summary>
    public static IEnumerable<RaceResult> Ranked(IEnumerable<RaceResult> results) =>
        results.OrderBy(result => result.Arrived ?? int.MaxValue).ThenBy(result => result.Loss)
            .ThenBy(result => result.Optimizer, StringComparer.Ordinal);
}
