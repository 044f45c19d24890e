using System.Collections.Frozen;

namespace Nabla.Formulas.Trees;

/// <summary>The known functions that give one number, whatever the shape of what they take.</summary>
internal static class NumberFunctions
{
    private static readonly FrozenSet<string> Names = new[]
    {
        "trace", "det", "logdet", "logsumexp", "median", "norm", "rank", "dim", "len", "mse", "mae", "bce",
        "cross_entropy", "cross_entropy_of_logits", "binary_cross_entropy_with_logits", "smooth_absolute_error", "kl",
        "js", "entropy", "cos_sim", "sim", "dot", "rms", "gcd", "sample_var", "sample_std",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether the function of this name, as <see cref="KnownFunctions"/> has it, is one of them.</summary>
    public static bool Contains(string name) => Names.Contains(name);
}
