using System.Collections.Frozen;

namespace Nabla.Formulas.Parsing.Tokens;

/// <summary>
/// Which letters that stand together in a subscript are one label (min, model, KL) and which are several indices (ij).
/// </summary>
internal static class LabelWords
{
    // Labels made only of letters that are also used as indices, or of two letters.
    private static readonly FrozenSet<string> Labels = FrozenSet.Create(StringComparer.Ordinal,
        "min", "max", "lim", "in", "int", "ff", "lm", "lr", "id", "mix", "nil", "init", "kl", "ce", "cl", "sg", "st",
        "hh", "xh", "ih", "hy", "xx", "yy", "zz", "th", "fg", "bg", "gt", "tv", "mc", "td", "up", "dn", "on", "nn",
            "opt", "tot",
        "hid", "kv", "qk", "qkv", "adv", "aux", "vf", "ent", "gp", "wd", "mm", "rl", "sft", "rm", "ppo", "dpo",
        "model", "head", "vocab", "data", "ref", "old", "new", "cur", "train", "test", "val", "pos", "neg", "out",
        "text", "img", "eff", "rot", "enc", "dec", "target", "true", "pred", "sim", "low", "high", "clip", "simple",
            "vlb");

    // Of results in an order, of which only the first k count.
    private static readonly FrozenSet<string> Measures = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "P", "R", "precision", "recall", "ndcg", "dcg", "idcg", "map", "ap", "mrr", "hit", "hits", "hr", "pass", "acc",
        "accuracy", "top", "f1", "rr");

    /// <summary>Whether letters before an @ name a measure of the first results.</summary>
    public static bool IsMeasure(string letters) => Measures.Contains(letters);

    private const string IndexLetters = "ijklmnt";

    /// <summary>Whether the letters are indices side by side.</summary>
    /// <param name="letters">Two or more ASCII letters.</param>
    /// <param name="bound">The letters that run over a range in this formula.</param>
    public static bool AreIndices(string letters, IReadOnlySet<char> bound)
    {
        if (letters.All(bound.Contains) || letters is "ii" or "jj" or "kk")
            return true;
        if (Labels.Contains(letters) || letters.Length > 4 || letters.Distinct().Count() < letters.Length)
            return false;
        return letters.All(letter => IndexLetters.Contains(letter) || bound.Contains(letter))
            || letters.Length == 2 && letters.All(char.IsAsciiLetterLower)
               && letters.Any(letter => letter is 'i' or 'j')
            || letters is [var first, 'c' or 'd' or 'h' or 'w'] && bound.Contains(first); // of a channel, of a place
    }

    /// <summary>Whether letters above a name are a label rather than a product of exponents.</summary>
    public static bool IsLabelAbove(string letters) =>
        Labels.Contains(letters) || letters is "LS" or "KL" or "CE" or "KD" or "VF" or "RL" or "ML"
        || letters.Length >= 3 && letters.All(char.IsAsciiLetterLower);
}
