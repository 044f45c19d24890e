using System.Text;

namespace Nabla.Learning.Training;

/// <summary>
/// What the names of a run's numbers say, however a program spells them: <c>val_loss</c>, <c>loss/validation</c>,
/// <c>eval/loss</c>, <c>validation/epoch_loss</c>, <c>valLoss</c>.
/// </summary>
internal static class ScalarNames
{
    private static readonly HashSet<string> HeldOut =
        ["val", "valid", "validation", "eval", "evaluation", "test", "heldout", "held", "out", "dev"];

    private static readonly HashSet<string> Losses = ["loss", "losses", "nll"];

    // Words that say nothing more of a loss than that it is one.
    private static readonly HashSet<string> Plain =
        ["train", "training", "step", "epoch", "batch", "iter", "mean", "avg", "average", "running", "total", "ce",
        "cross", "entropy", "xent", "lm", "smoothed"];

    private static readonly HashSet<string> NoLosses = ["scale", "min", "max", "weight", "std", "var"];

    private static readonly string[] Steps =
        ["step", "globalstep", "trainglobalstep", "trainerglobalstep", "steps", "iter", "iters", "iteration",
        "iterations", "it", "update", "updates", "batch", "epoch", "epochs", "trainepoch"];

    /// <summary>A loss on what was learned from.</summary>
    public static bool IsTrainingLoss(string name) => Is(name, Losses, Plain);

    /// <summary>Something that is called a loss beside other words, but not one on held-out data.</summary>
    public static bool IsSomeLoss(string name) => Words(name) is var words && words.Exists(Losses.Contains)
        && !words.Exists(HeldOut.Contains) && !words.Exists(NoLosses.Contains);

    /// <summary>A loss on held-out data.</summary>
    public static bool IsValidationLoss(string name) =>
        Is(name, Losses, [.. Plain, .. HeldOut]) && Words(name).Exists(HeldOut.Contains);

    /// <summary>The share of held-out examples that are right.</summary>
    public static bool IsValidationAccuracy(string name) =>
        Is(name, ["acc", "accuracy"], [.. Plain, .. HeldOut]) && Words(name).Exists(HeldOut.Contains);

    /// <summary>The name of the column that counts the steps; null where there is none.</summary>
    public static string? StepAmong(IEnumerable<string> names) => names
        .Select(name => (Name: name, Place: Array.IndexOf(Steps, string.Concat(Words(name)))))
        .Where(found => found.Place >= 0).OrderBy(found => found.Place).Select(found => found.Name).FirstOrDefault();

    private static bool Is(string name, HashSet<string> subject, HashSet<string> allowed) =>
        Words(name) is var words && words.Exists(subject.Contains)
        && words.TrueForAll(word => subject.Contains(word) || allowed.Contains(word));

    // Cut at signs, before capitals, and where "trainloss" and "valacc" have been glued together.
    private static List<string> Words(string name)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (char c in name)
        {
            if (!char.IsLetter(c) || char.IsUpper(c) && word.Length > 0 && char.IsLower(word[^1]))
                End();
            if (char.IsLetter(c))
                word.Append(c);
        }
        End();
        return words;

        void End()
        {
            string whole = word.ToString().ToLowerInvariant();
            word.Clear();
            string end = Array.Find(["loss", "acc", "accuracy"], end => whole.Length > end.Length
                && whole.EndsWith(end, StringComparison.Ordinal)
                && (HeldOut.Contains(whole[..^end.Length]) || Plain.Contains(whole[..^end.Length]))) ?? "";
            if (whole.Length > end.Length)
                words.Add(whole[..^end.Length]);
            if (end.Length > 0)
                words.Add(end);
        }
    }
}
