using System.Collections.Frozen;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Knowledge.Gists;

/// <summary>
/// Which marks at a symbol tell it from others (x₀, W_Q, η_max) and which only count (xᵢ, θₜ₊₁, W^{(l)}).
/// </summary>
internal static class Labels
{
    // What a function or a distribution is parametrised by: p_θ, V^π.
    private static readonly FrozenSet<string> Parameters =
        new[] { "theta", "phi", "psi", "omega", "pi", "vartheta", "varphi", "tau" }.ToFrozenSet(StringComparer.Ordinal);

    // How programs and READMEs spell the letters of papers.
    private static readonly FrozenDictionary<string, string> Spelled = new[]
    {
        ("y_pred", "y_hat"), ("y_true", "y"), ("gradient", "grad"), ("learning_rate", "lr"), ("mean", "mu"),
        ("std", "sigma"), ("lam", "lambda"), ("lambd", "lambda"), ("lmbda", "lambda"), ("eps", "epsilon"),
    }.ToFrozenDictionary(pair => pair.Item1, pair => pair.Item2, StringComparer.Ordinal);

    /// <summary>
    /// The symbol's name with telling marks only: <c>x</c> of xᵢ, <c>x_0</c> of x₀, <c>y_hat</c> of ŷₙₖ.
    /// </summary>
    public static string TellingName(Symbol symbol)
    {
        string name = NameOf(symbol);
        return Spelled.GetValueOrDefault(name, name);
    }

    private static string NameOf(Symbol symbol)
    {
        if (symbol.IsBare && symbol.Accents.Count == 0 && symbol.Primes == 0 && symbol.Prefix.Length == 0)
            return WithoutRank(symbol.Letter);
        string name = symbol.StemName;
        foreach (Expression mark in symbol.Subscripts)
            name += Telling(mark);
        foreach (Expression mark in symbol.Superscripts)
            name += Telling(mark);
        return name;
    }

    /// <summary>Whether a word of two letters or more stands below or above a symbol: KL in D_KL.</summary>
    public static bool HasWord(Symbol symbol)
    {
        foreach (Expression mark in symbol.Children)
            if (mark is Words || mark is Symbol { Letter.Length: > 1 } label && !Greek.Contains(label.Letter))
                return true;
        return false;
    }

    /// <summary>Words of two letters or more at a symbol or in its name: CE of L_CE, <c>Attention</c>.</summary>
    public static IEnumerable<string> WordsOf(Symbol symbol)
    {
        if (symbol.Letter.Length > 1 && !Greek.Contains(symbol.Letter))
            foreach (string word in WithoutRank(symbol.Letter).Split('_')) // kv and bytes of kv_bytes
                yield return word;
        foreach (Expression mark in symbol.Children)
        {
            foreach (Expression part in mark.All())
            {
                if (part is Words words && words.Value.Trim().Length > 1)
                    yield return words.Value.Trim();
                else if (part is Symbol { Letter.Length: > 1 } label && !Greek.Contains(label.Letter))
                    yield return label.Letter;
            }
        }
    }

    // Words beside a name in code, as in dpo_loss and val_f1, that name nothing by themselves.
    private static readonly FrozenSet<string> Companions = FrozenSet.Create(StringComparer.Ordinal, "loss", "losses",
        "score", "scores", "obj", "objective", "value", "val", "total", "mean", "avg", "metric", "reward", "term", "at",
        "k", "train", "test", "batch", "new", "out", "layer", "fn", "micro", "macro");

    /// <summary>
    /// The words at a symbol, in small letters, that may name what it is: dpo of <c>dpo_loss</c>; of <c>clip_coef</c>
    /// only the whole, for that is something of clipping.
    /// </summary>
    public static IEnumerable<string> TitlesOf(Symbol symbol)
    {
        string[] words = [.. WordsOf(symbol)];
        bool isOfCode = symbol.Letter.Length > 1 && !Greek.Contains(symbol.Letter)
            && words.All(word => !word.Any(char.IsAsciiLetterUpper));
        if (!isOfCode || words.Length < 2)
            return words.Select(word => word.ToLowerInvariant());
        string[] telling = [.. words.Where(word => !Companions.Contains(word))];
        return telling.Length == 1 ? telling : [string.Join('_', words)];
    }

    /// <summary>NDCG of NDCG@k: up to which rank only counts.</summary>
    public static string WithoutRank(string name) => name.IndexOf('@') is > 0 and var rank ? name[..rank] : name;

    private static string Telling(Expression mark) => mark switch
    {
        Number number => "_" + number.Text,
        Words words => "_" + words.Value.Trim(),
        Symbol { Letter.Length: > 1 } symbol when Parameters.Contains(symbol.Letter) =>
            string.Concat(symbol.Children.Select(Telling)),
        Symbol { Letter.Length: > 1 } symbol => "_" + symbol.Letter,
        Symbol symbol when char.IsLower(symbol.Letter[0]) => "",
        Symbol symbol => "_" + symbol.Letter,
        _ => "",
    };

    internal static readonly FrozenSet<string> Greek = new[]
    {
        "alpha", "beta", "gamma", "delta", "epsilon", "varepsilon", "zeta", "eta", "theta", "vartheta", "iota", "kappa",
        "lambda", "mu", "nu", "xi", "omicron", "pi", "rho", "sigma", "tau", "upsilon", "phi", "varphi", "chi", "psi",
        "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega", "ell",
        "hat", "bar", "star", "plus", "minus", "prime",
    }.ToFrozenSet(StringComparer.Ordinal);
}
