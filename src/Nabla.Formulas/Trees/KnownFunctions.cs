using System.Collections.Frozen;

namespace Nabla.Formulas.Trees;

/// <summary>A function that has one meaning wherever it is written.</summary>
/// <param name="Name">The name by which programs know it, <c>sigmoid</c>.</param>
/// <param name="Spellings">
/// How formulas write it; a single letter only where the letter applied to something usually means this function.
/// </param>
public sealed record KnownFunction(string Name, params NodeList<string> Spellings);

/// <summary>
/// The functions that have a name of their own, with every spelling: <c>ln</c> and <c>log</c> are <c>log</c>,
/// <c>ReLU</c> is <c>relu</c>, <c>σ(…)</c> is <c>sigmoid</c>. One row makes a function known to the reader; the
/// letters of a symbol stay as they were written.
/// </summary>
public static class KnownFunctions
{
    /// <summary>All of them.</summary>
    public static NodeList<KnownFunction> All { get; } =
    [
        new("exp", "exp", "Exp"),
        new("log", "log", "ln", "Log"),
        new("lg", "lg"),
        new("sqrt", "sqrt", "Sqrt"),
        new("sin", "sin", "Sin"),
        new("cos", "cos", "Cos"),
        new("tan", "tan"),
        new("cot", "cot"),
        new("sec", "sec"),
        new("csc", "csc"),
        new("asin", "arcsin", "asin"),
        new("acos", "arccos", "acos"),
        new("atan", "arctan", "atan"),
        new("atan2", "atan2"),
        new("sinh", "sinh"),
        new("cosh", "cosh"),
        new("tanh", "tanh", "Tanh"),
        new("asinh", "arcsinh", "arsinh", "asinh"),
        new("acosh", "arccosh", "arcosh", "acosh"),
        new("atanh", "arctanh", "artanh", "atanh"),
        new("abs", "abs"),
        new("sign", "sign", "sgn"),
        new("floor", "floor"),
        new("ceil", "ceil", "ceiling"),
        new("round", "round"),
        new("erf", "erf"),
        new("erfc", "erfc"),
        new("max", "max", "maximum", "Max"),
        new("min", "min", "minimum", "Min"),
        new("clip", "clip", "clamp"),
        new("sigmoid", "sigmoid", "Sigmoid", "sigm", "logistic", "expit", "sigma"),
        new("log_sigmoid", "logsigmoid", "LogSigmoid"),
        new("softmax", "softmax", "Softmax", "SoftMax", "softargmax"),
        new("log_softmax", "logsoftmax", "LogSoftmax"),
        new("sparsemax", "sparsemax"),
        new("logsumexp", "logsumexp", "LogSumExp", "LSE"),
        new("logit", "logit"),
        new("relu", "ReLU", "relu", "Relu", "RELU"),
        new("relu6", "ReLU6", "relu6"),
        new("leaky_relu", "LeakyReLU", "LReLU", "leakyrelu"),
        new("prelu", "PReLU", "prelu"),
        new("elu", "ELU", "elu"),
        new("selu", "SELU", "selu"),
        new("gelu", "GELU", "gelu", "Gelu", "GeLU"),
        new("silu", "SiLU", "silu", "SILU", "Swish", "swish"),
        new("mish", "Mish", "mish"),
        new("softplus", "softplus", "Softplus", "SoftPlus"),
        new("softsign", "softsign", "Softsign"),
        new("hardtanh", "hardtanh", "Hardtanh"),
        new("hard_sigmoid", "hardsigmoid", "Hardsigmoid"),
        new("hard_swish", "hardswish", "Hardswish"),
        new("glu", "GLU", "glu"),
        new("swiglu", "SwiGLU", "swiglu"),
        new("geglu", "GEGLU", "geglu", "GeGLU"),
        new("layer_norm", "LayerNorm", "layernorm", "LN"),
        new("rms_norm", "RMSNorm", "rmsnorm"),
        new("batch_norm", "BatchNorm", "batchnorm", "BN"),
        new("group_norm", "GroupNorm", "groupnorm"),
        new("rms", "RMS", "rms"),
        new("dropout", "Dropout", "dropout"),
        new("attention", "Attention", "attention", "Attn", "attn"),
        new("multi_head", "MultiHead", "MultiHeadAttention", "MHA", "MultiHeadAttn"),
        new("ffn", "FFN", "FeedForward", "MLP"),
        new("concat", "Concat", "concat", "concatenate", "Concatenate", "CONCAT", "cat"),
        new("mean", "mean", "Mean", "avg", "average"),
        new("std", "std", "Std"),
        new("sample_var", "samplevar"),
        new("sample_std", "samplestd"),
        new("median", "median"),
        new("sort", "sort", "sorted"),
        new("norm", "norm"),
        new("proj", "proj", "Proj"),
        new("prox", "prox"),
        new("trace", "tr", "Tr", "trace"),
        new("det", "det"),
        new("diag", "diag", "Diag"),
        new("rank", "rank", "Rank"),
        new("vec", "vec"),
        new("dim", "dim"),
        new("len", "len"),
        new("tril", "tril"),
        new("dot", "dot"),
        new("transpose", "transpose"),
        new("reshape", "reshape"),
        new("cos_sim", "cos_sim", "cossim", "CosineSimilarity", "similarity", "cosine_similarity"),
        new("sim", "sim"),
        new("one_hot", "onehot", "OneHot"),
        new("stop_gradient", "sg", "StopGradient", "stopgrad", "detach"),
        new("entropy", "entropy", "Entropy"),
        new("kl", "KL"),
        new("js", "JS", "JSD"),
        new("cross_entropy", "CrossEntropy", "crossentropy", "CE"),
        new("bce", "BCE"),
        new("mse", "MSE", "mse_loss"),
        new("mae", "MAE", "l1_loss"),
        new("smooth_absolute_error", "smooth_l1_loss"),
        new("cross_entropy_of_logits"),
        new("normalize"),
        new("binary_cross_entropy_with_logits"),
        new("gcd", "gcd"),
        new("mod", "mod"),
        new("arg", "arg"),
        new("ker", "ker"),
        new("supp", "supp"),
        new("sup", "sup"),
        new("inf", "inf"),
    ];

    private static readonly FrozenDictionary<string, KnownFunction> BySpelling = All
        .SelectMany(function => function.Spellings.Append(function.Name).Distinct(StringComparer.Ordinal),
            (function, spelling) => (spelling, function))
        .ToFrozenDictionary(pair => pair.spelling, pair => pair.function, StringComparer.Ordinal);

    /// <summary>The function that is written so, or null.</summary>
    /// <param name="spelling">The letter of a symbol: <c>ln</c>, <c>ReLU</c>, <c>sigma</c>.</param>
    public static KnownFunction? Find(string spelling) => BySpelling.GetValueOrDefault(spelling);

    /// <summary>
    /// The name by which programs know what a call calls, <c>sigmoid</c>, or null; a σ whose kind is not
    /// <see cref="SymbolKind.Function"/> is one that the formula itself defines. The cosine of two things is that of
    /// the angle between them; λ and σ with max or min below are eigenvalues and singular values.
    /// </summary>
    public static string? NameOf(Call call)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (call.Function is not Symbol { Primes: 0 } symbol || IsOther(symbol))
            return null;
        return symbol.Letter switch
        {
            "cos" when call.Arguments.Count == 2 => "cos_sim",
            "sigma" or "lambda" when symbol.Subscripts is [Symbol { Letter: "max" or "min" } which] =>
                call.Arguments.Count == 1 ? $"{symbol.Letter}_{which.Letter}" : null,
            "sigma" when symbol.Subscripts is [Symbol { Letter: "i" or "j" or "k" }]
                && call.Arguments is [Symbol { Letter: [>= 'A' and <= 'Z'] }] => null, // singular values
            "sigma" when symbol.Subscripts is [Number order]
                && call.Arguments is [Symbol { Letter: [>= 'A' and <= 'Z'] }] =>
                order.Value == 1 ? "sigma_max" : null,
            "sigma" when symbol.Kind == SymbolKind.Distribution || IsOfScores(call) => "softmax",
            "C" when IsChoice(call) => "binom",
            _ => Find(symbol.Letter)?.Name,
        };
    }

    /// <summary>Whether σ is applied to QKᵀ/√d: nobody takes the sigmoid of scores over a root.</summary>
    internal static bool IsOfScores(Call call) => call is
    {
        Letter: "sigma",
        Arguments: [Quotient { Numerator: Product { Sign: ProductSign.None } scores, Denominator: Root }],
    } && scores.Factors.Any(factor => factor is Postfix { Sign: PostfixSign.Transpose });

    // C(n, k), C(n − c, k): n choose k
    private static bool IsChoice(Call call) => call is
    {
        Arguments: [Sum or Number or Symbol { Letter: "n" or "N" or "m" or "c", IsBare: true },
            Number or Symbol { Letter: "k" or "r" or "x" or "i" or "j", IsBare: true }],
        Function: Symbol { IsBare: true, Alphabet: Alphabet.Plain, Accents.Count: 0 },
    } && call.Separators is [","];

    private static bool IsOther(Symbol symbol) => symbol is { Letter: "sigma", Kind: SymbolKind.Variable }
        || symbol.IsInverse;
}
