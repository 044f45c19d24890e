using System.Collections.Frozen;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Symbols;

/// <summary>What a formula is about, as far as its symbols and its structure tell: one row for each subject.</summary>
internal static class Tags
{
    private static readonly (string Tag, Func<FormulaContext, bool> Holds)[] Rows =
    [
        ("update", IsUpdate),
        ("calculus", context => context.Left is Derivative && context.Contains<Derivative>()),
        ("supervised", context => context.Has("y_hat", "f_theta", "L", "ell", "loss", "MSE", "BCE", "CE", "MAE", "J")
            && context.Left is not Symbol { Letter: "y" }),
        ("adam", context => context.Has("m_hat", "v_hat")
            || (context.Has("beta_1") && context.Has("beta_2") && !context.Has("beta_0"))
            || (IsUpdate(context) && context.Has("b_1") && context.Has("b_2") && context.Has("m")
                && context.Has("v"))),
        ("momentum", context => IsUpdate(context) && context.Has("v", "m", "u")
            && !context.Nodes.Exists(IsSquaredGradient)),
        ("schedule", context => context.Has("eta_min", "eta_max", "T_max", "T_cur", "T_warmup", "warmup_steps", "lr")),
        ("attention", context => context.Calls("attention", "multi_head")
            || (context.Has("Q") && context.Has("K") && context.Calls("softmax"))
            || context.Has("d_k", "W_q", "W_k", "W_v", "W_Q", "W_K", "W_V") || context.Nodes.Exists(IsQueryOfKey)),
        ("softmax", context => context.Calls("softmax", "log_softmax") || IsSoftmax(context)),
        ("diffusion", context => !context.Has("h_t", "h_t-1", "c_t") && IsDiffusion(context)),
        ("cost of length", context => context.Nodes.Exists(node => node is Call { Letter: "O" } order
            && order.All().Any(part => part is Symbol { StemName: "d" }))),
        ("recurrent", context => context.Has("h_t", "h_t-1", "c_t", "c_t-1")),
        ("rl", context => context.Has("s_prime", "a_prime", "pi_theta", "pi_old", "v_pi", "q_pi", "V_pi", "Q_pi", "A_t",
            "r_t", "R_t", "s_t", "a_t", "G_t", "pi_ref") || IsPolicy(context)),
        ("preference", context => context.Has("y_w", "y_l", "pi_ref")),
        ("distillation", context => (context.Has("z_t", "z_teacher") && context.Has("z_s", "z_student"))
            || (context.Has("p_t", "q_t", "p_teacher") && context.Has("p_s", "q_s", "p_student"))),
        ("retrieval", context =>
            context.Has("tf", "idf", "df", "TF", "IDF", "DF", "tfidf", "tf-idf", "TF-IDF", "tf_idf")),
        ("language", context => context.Has("PPL", "PP", "perplexity", "Perplexity", "w_<i", "w_<t", "w_i-1", "w_n-1")
            || context.Nodes.Exists(IsOfWords)),
        ("vae", context => context.Has("q_phi") && context.Has("p_theta")),
        ("gan", context => context.Has("G") && context.Has("D") && context.Contains<Expectation>()),
        ("scaling", context => context.Has("N") && context.Has("D")
            && context.Has("L", "C", "alpha", "beta", "T") && !context.Contains<BigOperator>()
            && !context.Contains<Expectation>() && !context.Contains<Collection>()),
        ("statistics", context => context.Has("x_bar", "s_x", "bar_x")),
        ("directions", context => context.Nodes.Exists(node => node is Quotient { Denominator: Product product }
            && product.Factors.All(factor => factor is Delimited { Kind: DelimiterKind.Norm }))),
        ("normalisation", context => context.Has("gamma") && context.Has("beta")
            && (context.Has("mu", "sigma", "x_hat", "epsilon") || context.Nodes.Exists(node => node is Expectation))),
        ("gaussian", context => context.Has("sigma") && context.Has("mu")),
        ("probability", context => context.Nodes.Exists(node => node is Expectation
            || (node is Call call && Reading.Calls.IsProbability(call)))),
        ("entropy", context => context.Has("H", "D_KL", "KL") && context.Has("p") && context.Has("q")),
        ("convolution", context => context.Has("stride", "padding")
            || (context.Has("K") && context.Has("P") && context.Has("S") && !context.Has("Q"))
            || context.Has("kernel_size")),
        ("linear", context => context.Has("w", "W") && context.Has("x", "X", "h", "a") && context.Has("b")),
        ("low-rank", context => context.Has("Delta W", "W_0") && context.Has("A") && context.Has("B")),
        ("sets", context => context.Nodes.Exists(node => node is Infix { Sign: "∪" or "∩" })),
        ("metric", context => context.Has("TP", "FP", "FN", "TN", "precision", "recall")),
        ("focal", context => context.Has("p_t") && context.Has("alpha_t") && context.Has("gamma")),
        ("loss", context => context.Has("L", "ell", "loss", "J")),
        ("norm", context => context.Nodes.Exists(node => node is Delimited { Kind: DelimiterKind.Norm })),
        ("classes", context => context.Has("y_hat_i_c", "y_c", "y_k")),
        ("eigen", context => context.Has("lambda") && context.Has("A", "v", "Sigma") && !context.Has("theta")
            && context.Left is Product),
    ];

    public static HashSet<string> Of(FormulaContext context) =>
        Rows.Where(row => row.Holds(context)).Select(row => row.Tag).ToHashSet(StringComparer.Ordinal);

    // Topics of the knowledge base that are called otherwise here.
    private static readonly FrozenDictionary<string, string> Topics =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["optimisers"] = "update",
            ["losses"] = "loss",
            ["attention"] = "attention",
            ["diffusion"] = "diffusion",
            ["reinforcement-learning"] = "rl",
            ["reinforcement learning"] = "rl",
            ["scaling"] = "scaling",
            ["scaling and compute"] = "scaling",
            ["metrics"] = "metric",
            ["convolution"] = "convolution",
            ["normalisation"] = "normalisation",
            ["probability"] = "probability",
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The subject of a topic of the knowledge base, or null.</summary>
    public static string? OfTopic(string topic) => Topics.GetValueOrDefault(topic);

    // P(w₁, …, w_N)
    private static bool IsOfWords(Expression node) => node
        is Call { Letter: "P" or "p" or "Pr", Arguments.Count: > 1 } call
        && call.Arguments.All(argument => argument is Ellipsis or Symbol { Letter: "w", Subscripts.Count: 1 });

    private static bool IsUpdate(FormulaContext context) => context.Main is Relation relation
        && (relation.Operators[0].Kind == RelationKind.Assignment
            || (relation.Members[^1] is Sum sum && relation.Members[0] is Symbol left && !IsLoss(left)
                && sum.Terms.Any(term => term is Symbol symbol && symbol.StemName == left.StemName
                    && (symbol.Name == left.Name || symbol.Subscripts.Count > 0))));

    // q · k, qᵢᵀkⱼ
    private static bool IsQueryOfKey(Expression node) => node is Product { Factors: [var left, var right] }
        && Bare(left) is { Letter: "q" } query && Bare(right) is { Letter: "k" } key
        && !query.Subscripts.Concat(key.Subscripts).Any(mark => mark is Number);

    private static Symbol? Bare(Expression node) => (node is Postfix postfix ? postfix.Operand : node) as Symbol;

    // L = L_policy + L_value is no step.
    private static bool IsLoss(Symbol symbol) => symbol.Letter is "L" or "ell" or "J" or "loss";

    private static bool IsSquaredGradient(Expression node) =>
        node is Power { Base: Symbol { Letter: "g" }, Exponent: Number { Value: 2 } };

    // x_t alone is any series.
    private static bool IsDiffusion(FormulaContext context) => context.Has("alpha_bar", "epsilon_theta")
        || (context.Has("x_t") && (context.Has("x_0", "x_T")
            || context.Has("x_t-1", "x_t+1", "x")
                && context.Has("beta_t", "alpha_t", "sigma_t", "mu_theta", "p_theta")))
        || context.Has("x_0") && context.Has("x_T");

    private static bool IsPolicy(FormulaContext context) => context.Nodes.OfType<Call>().Any(call =>
        call.Letter == "pi" && call.Given.Any())
        || (context.Has("gamma") && context.Has("r", "R") && context.Has("s", "V", "Q", "G"));

    private static bool IsSoftmax(FormulaContext context) => context.Nodes.OfType<Quotient>().Any(quotient =>
        IsExponential(quotient.Numerator) && quotient.Denominator is BigOperator { Kind: BigOperatorKind.Sum } sum
        && IsExponential(sum.Body));

    private static bool IsExponential(Expression node) => node is Power { Base: Symbol { Letter: "e" } }
        || (node is Call call && call.Letter == "exp");
}
