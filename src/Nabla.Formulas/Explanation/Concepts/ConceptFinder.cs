using Nabla.Formulas.Explanation.Reading;
using Nabla.Formulas.Explanation.Symbols;
using Nabla.Formulas.Trees;

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
        new((node, _) => node is BigOperator { Kind: BigOperatorKind.Product }, "product over a range"),
        new((node, _) => node is BigOperator { Kind: BigOperatorKind.Integral }, "integral"),
        new((node, _) =>
            node is BigOperator { Kind: BigOperatorKind.Max or BigOperatorKind.Supremum }, "maximum", "max"),
        new((node, _) =>
            node is BigOperator { Kind: BigOperatorKind.Min or BigOperatorKind.Infimum }, "minimum", "min"),
        new((node, _) => node is BigOperator { Kind: BigOperatorKind.ArgMax }, "argmax", "maximum", "optimisation"),
        new((node, _) => node is BigOperator { Kind: BigOperatorKind.ArgMin }, "argmin", "minimum", "optimisation"),
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
        new((node, _) => node is Delimited { Kind: DelimiterKind.Indicator }, "indicator"),
        new((node, _) => node is Delimited { Kind: DelimiterKind.Norm }, "norm"),
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
        new((node, _) => node is Product product && Multiplies(product), "matrix product"),
        new((node, _) => node is Product product && IsDot(product), "dot product"),
        new((node, _) => node is Product { Sign: ProductSign.Hadamard }, "elementwise product"),
        new((node, _) => node is Product { Sign: ProductSign.Convolution }, "convolution"),
        new((node, _) => node is Product { Sign: ProductSign.Outer }, "outer product"),
        new((node, _) => node is Quotient quotient && IsCosine(quotient), "cosine similarity", "cosine"),
        new((node, _) => node is Quotient quotient && IsLogRatio(quotient), "ratio"),
        new((node, _) => node is Call { Letter: "log" or "ln" } call && call.Arguments is [Quotient], "log ratio"),
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
        new((node, _) => IsSoftmax(node), "softmax", "exponential", "normalisation"),
        new((node, _) => node is Product product && IsEntropyTerm(product), "entropy"),
        new((node, _) => node is Quotient quotient && IsHarmonic(quotient), "harmonic mean"),
        new((node, _) => node is MatrixLiteral, "matrix"),
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

    // p·r / (p + r), perhaps with weights.
    private static bool IsHarmonic(Quotient quotient) =>
        quotient is { Numerator: Product above, Denominator: Sum below }
        && below.Terms.Count == 2 && below.Terms.All(term => above.Factors.Contains(Last(term)));

    private static Expression Last(Expression term) => term is Product { Factors: [.., var last] } ? last : term;

    // ∂z/∂y · ∂y/∂x: what one differentiates by, the next differentiates.
    private static bool IsChain(Expression node) =>
        node is Product product && product.Factors.OfType<Derivative>().Count() > 1;

    private static bool Multiplies(Product product)
    {
        if (product.Sign is not (ProductSign.None or ProductSign.Dot or ProductSign.Matrix))
            return false;
        int matrices = product.Factors.Count(IsMatrix);
        return matrices > 1 || (matrices == 1 && product.Factors.Count > 1 && IsVector(product.Factors[^1]))
            || product.Sign == ProductSign.Matrix;
    }

    private static bool IsMatrix(Expression node) => node switch
    {
        Symbol symbol => symbol.Letter is "W" or "A" or "B" or "Q" or "K" or "V" or "X" or "U" or "H" or "P" or "M"
            && !symbol.Subscripts.Any(mark => mark is Symbol { Kind: SymbolKind.Index })
                && symbol.Superscripts.Count < 2,
        Postfix postfix => IsMatrix(postfix.Operand),
        _ => false,
    };

    private static bool IsVector(Expression node) =>
        node is Symbol { Letter.Length: 1 } symbol && char.IsLower(symbol.Letter[0]);

    private static bool IsDot(Product product)
    {
        for (int i = 0; i + 1 < product.Factors.Count; i++)
            if (product.Factors[i] is Postfix { Sign: PostfixSign.Transpose, Operand: var left }
                && (IsVector(left) || left is Symbol { Letter: "theta" or "beta" or "phi" }))
                return true;
        return (product.Sign == ProductSign.Dot && product.Factors.All(factor =>
                factor is Symbol { Alphabet: Alphabet.Bold } or Symbol { Accents: [.., "vec"] }))
            || product.Factors is [Symbol { Letter: "Q" }, Postfix { Operand: Symbol { Letter: "K" } }, ..];
    }

    private static bool IsCosine(Quotient quotient) => quotient.Denominator is Product { Factors: [var a, var b] }
        && a is Delimited { Kind: DelimiterKind.Norm } && b is Delimited { Kind: DelimiterKind.Norm };

    private static bool IsLogRatio(Quotient quotient) =>
        quotient is { Numerator: Call above, Denominator: Call below } && Calls.IsProbability(above)
            && Calls.IsProbability(below);

    private static bool IsGeometric(BigOperator sum) => sum.Body.All().Any(node => node is Power
    {
        Base: Symbol { Letter: "gamma" or "lambda" or "beta" or "r" }, Exponent: not Number,
    } power && power.Exponent.All().Any(part => sum.Range.Variables.Contains(part)));

    private static bool IsSoftmax(Expression node) => node is Quotient
    {
        Denominator: BigOperator { Kind: BigOperatorKind.Sum } sum,
    } quotient && IsExponential(quotient.Numerator) && IsExponential(sum.Body);

    private static bool IsExponential(Expression node) =>
        node is Power { Base: Symbol { Letter: "e" } } or Call { Letter: "exp" };

    private static bool IsEntropyTerm(Product product) =>
        product.Factors is [Call p, Call { Letter: "log", Arguments: [var q] }]
        && p.Equals(q);
}
