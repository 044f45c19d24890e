using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Evaluation.Rules;

/// <summary>How the powers and roots of a square matrix are meant around a place in a formula.</summary>
internal enum PowerSense
{
    /// <summary>As the base is written.</summary>
    AsWritten,

    /// <summary>In a mean or a sum over all entries: of each entry.</summary>
    OfEntries,

    /// <summary>In a trace or a determinant: of the matrix.</summary>
    OfMatrix,
}

/// <summary>Whether what is written is calculated with as a matrix, or as a table of numbers.</summary>
internal static class MatrixForms
{
    /// <summary>
    /// Whether a power of what is written so is that of a matrix. Of the difference of two tables, (Y − Ŷ)², a whole
    /// power is that of each entry; a broken or a negative one is that of the matrix.
    /// </summary>
    public static bool HasMatrixPower(Expression written, double exponent)
    {
        bool isWhole = exponent >= 0 && exponent == Math.Floor(exponent);
        return IsMatrix(written, isWhole);
    }

    /// <summary>Whether √ of what is written so is the root of a matrix: of a covariance, or of a product.</summary>
    public static bool HasMatrixRoot(Expression written) => IsMatrix(written, isWhole: false)
        && (written is Product && !IsScaled(written)
            || written.All().Any(node => node is Symbol { Letter: "Sigma" }));

    /// <summary>The sense of powers in the arguments of a function.</summary>
    public static PowerSense In(string function, PowerSense around) => function switch
    {
        "sum" or "mean" or "std" or "var" or "max" or "min" or "prod" => PowerSense.OfEntries,
        "trace" or "det" or "logdet" or "inv" => PowerSense.OfMatrix,
        _ => around,
    };

    private static bool IsMatrix(Expression written, bool isWhole) => written switch
    {
        Symbol { Letter: [>= 'A' and <= 'Z', ..] } or MatrixLiteral => true,
        Sum sum => IsMatrix(sum, isWhole),
        Product { Sign: ProductSign.None or ProductSign.Dot or ProductSign.Matrix } product => IsGram(product)
            || product.Factors.Any(factor => IsMatrix(factor, isWhole)),
        Quotient { Denominator: Number or Symbol { Letter: "n" or "m" or "N" or "d" } } quotient =>
            IsMatrix(quotient.Numerator, isWhole),
        Postfix { Sign: not PostfixSign.Factorial } postfix => IsMatrix(postfix.Operand, isWhole),
        Negation or Annotated or Power => IsMatrix(written.Children[0], isWhole),
        Call { Letter: "diag" or "cov" or "Cov" or "inv", Arguments.Count: 1 } => true,
        BigOperator { Kind: BigOperatorKind.Sum } sum => IsMatrix(sum.Body, isWhole),
        Expectation { Kind: ExpectationKind.Mean, Arguments: [var mean] } => IsMatrix(mean, isWhole),
        Expectation { Kind: ExpectationKind.Covariance } => true,
        _ => false,
    };

    // I − ηH and A + λI are matrices, A + B too; X − Y is the difference of two tables, X + c of numbers.
    private static bool IsMatrix(Sum sum, bool isWhole)
    {
        Expression[] terms = [.. sum.Terms.Select(term => term is Negation negation ? negation.Operand : term)];
        bool isDifference = isWhole && sum.Terms.Any(term => term is Negation);
        return Array.Exists(terms, IsIdentity)
            || !isDifference && Array.TrueForAll(terms, term => IsMatrix(term, isWhole));
    }

    private static bool IsIdentity(Expression term) => term switch
    {
        Symbol { Letter: "I", Subscripts: [] or [Number or Symbol { Letter: "n" or "d" or "k" or "m" or "p" or "N" }] }
            => true,
        Product { Factors: [.., var last] } => IsIdentity(last),
        _ => false,
    };

    private static bool IsGram(Product product) =>
        product.Factors is [var left, Postfix { Sign: PostfixSign.Transpose } second] && left.Equals(second.Operand)
        || product.Factors is [Postfix { Sign: PostfixSign.Transpose } first, var right]
        && first.Operand.Equals(right);

    private static bool IsScaled(Expression written) =>
        written is Product product && !product.Factors.SkipLast(1).Any(factor => IsMatrix(factor, isWhole: false));
}
