using System.Collections.Frozen;
using Nabla.Formulas.Evaluation.Functions;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Printing.Programs;

/// <summary>
/// Functions that formulas call by name and languages do not have: what they compute, written out. A new one is a row.
/// </summary>
internal static class WrittenFunctions
{
    private const string LayerNorm = "((x - mean(x)) / sqrt(var(x) + epsilon))";
    private const string RmsNorm = "(x / sqrt(mean(x ⊙ x) + epsilon))";

    // The names of FunctionTable, the parameters, and the formula in them.
    private static readonly FrozenDictionary<(string, int), (string[] Parameters, Lazy<Expression> Body)> Table = new[]
    {
        ("log1p", "x", "log(1 + x)"),
        ("expm1", "x", "exp(x) - 1"),
        ("relu6", "x", "min(max(x, 0), 6)"),
        ("hardtanh", "x", "min(max(x, -1), 1)"),
        ("hard_sigmoid", "x", "min(max(x/6 + 0.5, 0), 1)"),
        ("hard_swish", "x", "x ⊙ min(max(x/6 + 0.5, 0), 1)"),
        ("mish", "x", "x ⊙ tanh(softplus(x))"),
        ("normal_cdf", "x", "0.5 (1 + erf(x / sqrt(2)))"),
        ("beta", "a b", "exp(lgamma(a) + lgamma(b) - lgamma(a + b))"),
        ("mse", "a b", "mean((a - b) ⊙ (a - b))"),
        ("mae", "a b", "mean(abs(a - b))"),
        ("smooth_absolute_error", "a b", "mean(min(abs(a - b), 1) ⊙ (abs(a - b) - 0.5 min(abs(a - b), 1)))"),
        ("binary_cross_entropy_with_logits", "z y", "mean(softplus(z) - y ⊙ z)"),
        ("corr", "x y", "mean((x - mean(x)) ⊙ (y - mean(y))) / (std(x) std(y))"),
        ("entropy", "p", $"-{Weighted("p", "log(p)")}"),
        ("cross_entropy", "p q", $"-{Weighted("p", "log(q)")}"),
        ("kl", "p q", Weighted("p", "(log(p) - log(q))")),
        ("js", "p q", "0.5 KL(p, 0.5 (p + q)) + 0.5 KL(q, 0.5 (p + q))"),
        ("swiglu", "x y", "silu(x) ⊙ y"),
        ("geglu", "x y", "gelu(x) ⊙ y"),
        ("glu", "x y", "x ⊙ sigmoid(y)"),
        ("normal_pdf", "x m v", "exp(-(x - m)^2 / (2 v)) / sqrt(2 pi v)"),
        ("normalize", "x", @"x / \|x\|"),
        ("layer_norm", "x", LayerNorm),
        ("layer_norm", "x g", $"{LayerNorm} ⊙ g"),
        ("layer_norm", "x g b", $"{LayerNorm} ⊙ g + b"),
        ("rms_norm", "x", RmsNorm),
        ("rms_norm", "x g", $"{RmsNorm} ⊙ g"),
    }.Select(row => (Name: row.Item1, Parameters: row.Item2.Split(' '), Text: row.Item3)).ToFrozenDictionary(
        row => (row.Name, row.Parameters.Length),
        row => (row.Parameters, new Lazy<Expression>(() => Formula.Parse(row.Text).Tree)));

    private static readonly FrozenSet<string> Names =
        Table.Keys.Select(key => key.Item1).ToFrozenSet(StringComparer.Ordinal);

    // What is computed of each row of a matrix, and here of a vector.
    private static readonly FrozenSet<string> OfVectors =
        FrozenSet.Create(StringComparer.Ordinal, "entropy", "normalize", "layer_norm", "rms_norm");

    private static readonly FrozenSet<string> OfLists = FrozenSet.Create(StringComparer.Ordinal, "softmax",
        "log_softmax", "logsumexp", "median", "cumsum", "outer", "normalize", "layer_norm", "rms_norm", "mse", "mae",
        "sample_var", "sample_std",
        "smooth_absolute_error", "binary_cross_entropy_with_logits", "corr", "entropy", "cross_entropy", "kl", "js");

    /// <summary>Whether what a function is applied to are lists, if nothing says otherwise.</summary>
    public static bool AreOfLists(Call call) => FunctionTable.Find(call) is { } function
        && OfLists.Contains(function.Name);

    /// <summary>Whether there is a row of a function.</summary>
    public static bool Has(string function) => Names.Contains(function);

    /// <summary>
    /// What a function computes of its arguments; null where there is no row, or a row of other ones.
    /// </summary>
    /// <param name="function">The name that <see cref="FunctionTable"/> gives it.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="rank">The dimensions of the first argument.</param>
    /// <param name="epsilon">What normalisation adds to a variance.</param>
    public static Expression? Of(
        string function, NodeList<Expression> arguments, int rank, Expression epsilon)
    {
        if (!Table.TryGetValue((function, arguments.Count), out var row) || rank != 1 && OfVectors.Contains(function)
            || function == "normal_pdf" && (rank > 0 || arguments[2] is Symbol)) // σ is squared, and vectors have a Σ
            return null;
        return row.Body.Value.Rewrite(node => node is not Symbol { IsBare: true, Kind: SymbolKind.Variable } letter
            ? node : letter.Letter == "epsilon" ? epsilon
            : Array.IndexOf(row.Parameters, letter.Letter) is >= 0 and var at ? arguments[at] : node);
    }

    /// <summary>a mod b = a − b⌊a/b⌋.</summary>
    public static Expression Remainder(Expression a, Expression b) => new Sum([a, new Negation(new Product(
        [b, new Delimited(DelimiterKind.Floor, [new Quotient(a, b)])], ProductSign.Hadamard))]);

    // 0 log 0 is 0.
    private static string Weighted(string weight, string logs) =>
        $@"sum(\begin{{cases}} {weight} ⊙ {logs} & {weight} > 0 \\ 0 & \text{{otherwise}} \end{{cases}})";
}
