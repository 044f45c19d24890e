using System.Globalization;
using Nabla.Cli.Race;
using Nabla.Learning.Optimizers;

namespace Nabla.Cli.Calculus;

/// <summary>The optimizers that can run down a formula: all that need a gradient and nothing more.</summary>
internal static class DescentRacers
{
    // They ask for second derivatives or for examples, which a formula's gradient has not.
    private static readonly HashSet<string> NeedMore = new(StringComparer.Ordinal) { "Newton", "NaturalGradient" };

    // Their steps depend on the parameters themselves, or they look at several places in one step.
    private static readonly HashSet<string> OfPlaces =
        new(StringComparer.Ordinal) { "AdamW", "Adafactor", "Lamb", "Lbfgs", "Muon" };

    // PyTorch's default.
    private const float Decay = 0.01f;

    /// <summary>All of them, plain gradient descent first.</summary>
    public static IReadOnlyList<Racer> All { get; } =
    [
        .. Racer.All.Where(racer => !NeedMore.Contains(racer.Name))
            .Append(new Racer("AdamW", (module, rate) => new AdamW(
                module, new() { LearningRate = rate, WeightDecay = Decay })))
            .OrderBy(racer => racer.Name != "Sgd").ThenBy(racer => racer.Name, StringComparer.Ordinal),
    ];

    /// <summary>Their names as one types them.</summary>
    public static string[] Names { get; } = [.. All.Select(racer => racer.Name.ToLowerInvariant())];

    /// <summary>Whether its steps depend on where the parameters stand, and not on gradients alone.</summary>
    public static bool DependsOnPlace(Racer racer) => OfPlaces.Contains(racer.Name);

    /// <summary>Its name for people.</summary>
    public static string TitleOf(Racer racer) => racer.Name switch
    {
        "Sgd" => "Gradient descent",
        "Lbfgs" => "L-BFGS",
        "AdamW" => $"AdamW with weight decay {Decay.ToString(CultureInfo.InvariantCulture)}",
        _ => racer.Name,
    };

    /// <summary>The one of this name.</summary>
    public static Racer Named(string name) =>
        All.First(racer => racer.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
