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
    /// <param name="written">What is raised.</param>
    /// <param name="exponent">The exponent.</param>
    /// <param name="isNumber">Whether a symbol is known to be a number, whatever its letter; null: none is.</param>
    public static bool HasMatrixPower(Expression written, double exponent, Predicate<Symbol>? isNumber = null)
    {
        bool isWhole = exponent >= 0 && exponent == Math.Floor(exponent);
        return new Reading(isWhole, isNumber).IsMatrix(written);
    }

    /// <summary>Whether √ of what is written so is the root of a matrix: of a covariance, or of a product.</summary>
    public static bool HasMatrixRoot(Expression written, Predicate<Symbol>? isNumber = null)
    {
        var reading = new Reading(IsWhole: false, isNumber);
        return reading.IsMatrix(written) && (written is Product product && !reading.IsScaled(product)
            || written.All().Any(node => node is Symbol { Letter: "Sigma" }));
    }

    /// <summary>The sense of powers in the arguments of a function.</summary>
    public static PowerSense In(string function, PowerSense around) => function switch
    {
        "sum" or "mean" or "std" or "var" or "max" or "min" or "prod" => PowerSense.OfEntries,
        "trace" or "det" or "logdet" or "inv" => PowerSense.OfMatrix,
        _ => around,
    };

    private readonly record struct Reading(bool IsWhole, Predicate<Symbol>? IsNumber)
    {
        public bool IsMatrix(Expression written) => written switch
        {
            Symbol { Letter: [>= 'A' and <= 'Z', ..] } symbol => IsNumber?.Invoke(symbol) != true,
            MatrixLiteral => true,
            Sum sum => IsMatrix(sum),
            Product { Sign: ProductSign.None or ProductSign.Dot or ProductSign.Matrix } product => IsGram(product)
                || product.Factors.Any(IsMatrix),
            Quotient quotient => IsMatrix(quotient.Numerator) && !IsMatrix(quotient.Denominator),
            Postfix { Sign: not PostfixSign.Factorial } postfix => IsMatrix(postfix.Operand),
            Negation or Annotated or Power => IsMatrix(written.Children[0]),
            Call { Letter: "diag" or "cov" or "Cov" or "inv", Arguments.Count: 1 } => true,
            BigOperator { Kind: BigOperatorKind.Sum } sum => IsMatrix(sum.Body),
            Expectation { Kind: ExpectationKind.Mean, Arguments: [var mean] } => IsMatrix(mean),
            Expectation { Kind: ExpectationKind.Covariance } => true,
            _ => false,
        };

        // c A and A c: a number times one matrix is a table of numbers as before.
        public bool IsScaled(Product product) => !IsGram(product) && product.Factors.Count(IsMatrix) < 2;

        // I − ηH and A + λI are matrices, A + B too; X − Y is the difference of two tables, X + c of numbers.
        private bool IsMatrix(Sum sum)
        {
            Expression[] terms = [.. sum.Terms.Select(term => term is Negation negation ? negation.Operand : term)];
            bool isDifference = IsWhole && sum.Terms.Any(term => term is Negation);
            return Array.Exists(terms, IsIdentity) || !isDifference && Array.TrueForAll(terms, IsMatrix);
        }
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
}
