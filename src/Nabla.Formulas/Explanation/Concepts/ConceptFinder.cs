using Nabla.Formulas.Explanation.Reading;
using Nabla.Formulas.Explanation.Symbols;
using Nabla.Formulas.Trees;
using static Nabla.Formulas.Explanation.Concepts.Structures;

namespace Nabla.Formulas.Explanation.Concepts;

/// <summary>
/// The ideas that stand in a formula, read off its structure: one row for each pattern. Functions bring those of their
/// own row in <c>functions.json</c>, recognised formulas those of their entry.
/// </summary>
internal static class ConceptFinder
{
    private sealed record Pattern(Func<Expression, FormulaContext, bool> Holds, params string[] Concepts);

    private static readonly Pattern[] Patterns =
    [
        new((node, _) => node is BigOperator { Kind: BigOperatorKind.Sum }, "sum"),
        new((node, _) => node is BigOperator sum && IsWeighted(sum), "weighted sum"),
        new((node, _) => node is BigOperator { Kind: BigOperatorKind.Product }, "product over a range"),
        new((node, _) => node is BigOperator { Kind: BigOperatorKind.Integral }, "integral"),
        new((node, _) =>
            node is BigOperator { Kind: BigOperatorKind.Max or BigOperatorKind.Supremum }, "maximum", "max"),
        new((node, _) =>
            node is BigOperator { Kind: BigOperatorKind.Min or BigOperatorKind.Infimum }, "minimum", "min"),
        new((node, _) => node is BigOperator { Kind: BigOperatorKind.ArgMax }, "argmax", "maximum", "optimisation",
            "maximisation"),
        new((node, _) => node is BigOperator { Kind: BigOperatorKind.ArgMin }, "argmin", "minimum", "optimisation",
            "minimisation"),
        new((node, _) => node is BigOperator { Kind: BigOperatorKind.Limit }, "limit"),
        new((node, _) => Averages.Of(node) is not null, "average", "mean"),
        new((node, context) => Averages.Of(node) is { } average && context.Tags.Contains("loss")
            && average.Count is Symbol { Letter: "N" or "n" or "m" or "B" }, "average over the batch"),
        new((node, _) => node is Expectation { Kind: ExpectationKind.Mean }, "expectation", "expected value", "mean"),
        new((node, _) => node is Expectation { Kind: ExpectationKind.Variance }, "variance"),
        new((node, _) => node is Expectation { Kind: ExpectationKind.Covariance }, "covariance"),
        new((node, _) => node is Expectation { Kind: ExpectationKind.StandardDeviation }, "standard deviation"),
        new((node, _) => node is Expectation { Kind: ExpectationKind.Probability }, "probability"),
        new((node, _) => node is Call call && Calls.IsProbability(call), "probability"),
        new((node, _) => node is Call call && call.Given.Any() && Calls.IsProbability(call),
            "conditional probability"),
        new((node, _) => IsGivenThePast(node), "autoregressive", "context"),
        new((node, _) => node is Call { Letter: "p" or "P" or "q" } call && call.Separators is [",", ..]
            && !call.Given.Any(), "joint probability"),
        new((node, _) => IsLogProbability(node), "log-likelihood", "log probability"),
        new((node, context) => IsNegativeLogLikelihood(node) && !context.Tags.Contains("rl"),
            "negative log-likelihood"),
        new((node, _) => node is Call call && Distributions.IsDistribution(call), "probability distribution"),
        new((node, _) =>
            node is Call { Letter: "N" } call && Distributions.IsDistribution(call), "Gaussian", "normal distribution"),
        new((node, _) => node is Relation relation
            && relation.Operators.Any(sign => sign.Kind == RelationKind.Distributed), "sampling"),
        new((node, _) => node is Gradient, "gradient"),
        new((node, _) => node is Gradient { Kind: GradientKind.Second }, "Hessian", "second derivative"),
        new((node, _) => node is Derivative, "derivative"),
        new((node, _) => node is Derivative { IsPartial: true }, "partial derivative"),
        new((node, _) => IsChain(node), "chain rule"),
        new((node, _) => node is Cases, "piecewise", "case distinction"),
        new((node, _) => node is Delimited { Kind: DelimiterKind.Indicator }, "indicator function"),
        new((node, _) => node is Delimited { Kind: DelimiterKind.Norm }, "norm"),
        new((node, _) => IsNorm(node, 1), "L1 norm"),
        new((node, _) => IsNorm(node, 2), "L2 norm", "Euclidean norm"),
        new((node, _) => IsDistance(node), "distance"),
        new((node, _) => node is Power { Base: Delimited { Kind: DelimiterKind.Norm }, Exponent: Number { Value: 2 } },
            "squared norm"),
        new((node, _) => IsSquaredDifference(node), "squared difference"),
        new((node, context) => IsSquaredDifference(node) && context.Tags.Contains("loss"), "squared error"),
        new((node, _) => node is Delimited { Kind: DelimiterKind.Absolute }, "absolute value"),
        new((node, _) => node is Delimited { Kind: DelimiterKind.Cardinality }, "cardinality"),
        new((node, _) => node is Delimited { Kind: DelimiterKind.Determinant }, "determinant"),
        new((node, _) => node is Delimited { Kind: DelimiterKind.Floor }, "floor", "rounding"),
        new((node, _) => node is Delimited { Kind: DelimiterKind.InnerProduct }, "inner product", "dot product"),
        new((node, _) => node is Infix { Sign: "∪" } or BigOperator { Kind: BigOperatorKind.Union }, "union"),
        new((node, _) =>
            node is Infix { Sign: "∩" } or BigOperator { Kind: BigOperatorKind.Intersection }, "intersection"),
        new((node, _) => node is Postfix { Sign: PostfixSign.Transpose }, "transpose"),
        new((node, _) => node is Postfix { Sign: PostfixSign.Inverse or PostfixSign.PseudoInverse }, "matrix inverse"),
        new((node, _) => node is Product product && Multiplies(product), "matrix product", "matrix multiplication"),
        new((node, _) => node is Product product && IsDot(product), "dot product", "inner product"),
        new((node, _) => node is Product { Sign: ProductSign.Hadamard }, "elementwise product", "Hadamard product"),
        new((node, _) => node is Product { Sign: ProductSign.Convolution }, "convolution"),
        new((node, _) => node is Product { Sign: ProductSign.Outer }, "outer product"),
        new((node, _) => node is Quotient quotient && IsCosine(quotient), "cosine similarity", "cosine"),
        new((node, _) => node is Quotient quotient && IsProbabilityRatio(quotient), "ratio", "probability ratio"),
        new((node, _) => node is Call { Letter: "log" or "ln" } call && call.Arguments is [Quotient], "log ratio"),
        new((node, context) => node is Quotient && ReferenceEquals(node, context.Right), "ratio"),
        new((node, _) => node is Root { Degree: null }, "square root"),
        new((node, _) => node is Power { Base: Symbol { Letter: "e" } }, "exponential"),
        new((node, _) => node is Power { Exponent: Number { Value: 2 } }, "square", "quadratic"),
        new((node, _) => node is Power { Exponent: not Number, Base: not Symbol { Letter: "e" } }, "power"),
        new((node, context) => node is Quotient { Denominator: Power { Exponent: Symbol } }
            && context.Tags.Contains("scaling"), "power law"),
        new((node, _) =>
            node is BigOperator { Kind: BigOperatorKind.Sum } sum && IsGeometric(sum), "geometric series", "discount"),
        new((node, _) => node is Call { Function: Symbol { Letter: "max" } } call
            && call.Arguments.Contains(Zero), "piecewise linear"),
        new((node, _) => IsTempered(node), "temperature"),
        new((node, _) => IsSoftmax(node), "softmax", "exponential", "normalisation"),
        new((node, _) => node is Product product && IsEntropyTerm(product), "entropy"),
        new((node, _) => node is Quotient quotient && IsHarmonic(quotient), "harmonic mean"),
        new((node, _) => node is MatrixLiteral, "matrix"),
        new((node, _) => node is Collection { Kind: CollectionKind.Concatenation }, "concatenation"),
        new((node, _) => IsRecurrence(node), "recurrence", "recursion"),
        new((node, _) => node is Relation { Operators: [{ Kind: RelationKind.Assignment }, ..] }, "update"),
        new((node, _) => node is Relation { Operators: [{ Kind: RelationKind.Proportional }, ..] }, "proportionality"),
        new((node, _) => node is Relation { Operators: [{ Kind: RelationKind.Approximate }, ..] }, "approximation"),
        new((node, _) =>
            node is Relation { Operators: [{ Kind: RelationKind.Less or RelationKind.Greater }, ..] }, "inequality"),
    ];

    // Of the whole formula, by what it is about.
    private static readonly (string Tag, string[] Concepts)[] Subjects =
    [
        ("classes", ["one-hot", "classification"]),
        ("update", ["update rule"]),
        ("adam", ["running average"]),
        ("normalisation", ["normalisation", "scale and shift"]),
        ("low-rank", ["low rank", "low-rank update"]),
        ("scaling", ["scaling law"]),
        ("linear", ["weighted sum", "bias"]),
        ("rl", ["reinforcement learning", "policy", "reward"]),
        ("diffusion", ["diffusion", "noise", "Gaussian"]),
        ("attention", ["attention"]),
        ("convolution", ["convolution", "output size", "stride", "padding"]),
        ("metric", ["metric"]),
        ("gaussian", ["Gaussian", "Gaussian density", "variance", "standard deviation"]),
        ("preference", ["preference", "preference pair"]),
        ("vae", ["ELBO", "evidence lower bound", "lower bound", "reconstruction", "variational"]),
        ("gan", ["adversarial", "generator", "discriminator", "minimax"]),
        ("focal", ["focal loss", "modulating factor", "class imbalance"]),
        ("schedule", ["schedule", "learning-rate schedule"]),
        ("recurrent", ["recurrent network", "hidden state"]),
        ("momentum", ["momentum"]),
        ("entropy", ["cross-entropy", "entropy"]),
        ("directions", ["cosine similarity", "angle"]),
        ("sets", ["set"]),
    ];

    private static readonly Number Zero = new(0, "0");

    /// <summary>The ideas, each once; those of what was recognised come first.</summary>
    public static List<string> Find(FormulaContext context)
    {
        var concepts = new List<string>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (RecognisedFormula formula in context.Recognised.Where(named => named.Confidence > 0.6).Take(2))
            Add(formula.Concepts);
        foreach (Expression node in context.Nodes)
        {
            foreach (Pattern pattern in Patterns)
                if (pattern.Holds(node, context))
                    Add(pattern.Concepts);
            if (node is Call call && FunctionWords.Table.Find(call) is { } word)
                Add(word.Concepts);
        }
        foreach ((string tag, string[] words) in Subjects)
            if (context.Tags.Contains(tag))
                Add(words);
        Add(context.Recognised.Where(named => named.Confidence > 0.6).Take(2).Select(named => named.Name));
        return concepts;

        void Add(IEnumerable<string> words)
        {
            foreach (string word in words)
                if (seen.Add(word))
                    concepts.Add(word);
        }
    }
}
