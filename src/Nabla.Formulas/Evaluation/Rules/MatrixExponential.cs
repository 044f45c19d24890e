using Nabla.Formulas.Evaluation.Functions;
using Nabla.Formulas.Evaluation.Quantities;
using Nabla.Formulas.Evaluation.Reading;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Evaluation.Rules;

/// <summary>
/// e to the power of a square matrix: of each entry, as in a softmax; and Σ Aᵏ/k! where a step, a time or an identity
/// beside it says so, e^{At}, exp(ΔA) − I. By scaling and squaring (Higham 2008, Functions of Matrices, section 10.3).
/// </summary>
internal static class MatrixExponential
{
    // Of a matrix whose norm is at most this, so many terms of the series give all digits of a double.
    private const double SmallNorm = 0.5;
    private const int Terms = 16, MostSquarings = 40;

    /// <summary>The exponential of what is written so.</summary>
    public static Quantity Of(Interpreter c, Expression written, Quantity exponent)
    {
        bool isSquare = exponent.Rank == 2 && exponent.Own[0] == exponent.Own[1];
        if (isSquare && c.PowerSense == PowerSense.OfMatrix && exponent.Axes.Length == 0)
            return Series(c.Algebra, exponent); // tr e^A
        if (isSquare && IsNamed(written) && c.PowerSense != PowerSense.OfEntries && !c.TakesEntries)
        {
            if (exponent.Axes.Length == 0 && IsMeant(written, c.BesideIdentity))
            {
                c.Note("e to the power of a matrix is the matrix exponential here, not the power of each entry.");
                return Series(c.Algebra, exponent);
            }
            c.Warn("e to the power of a matrix is taken entry by entry, as of scores; the matrix exponential is "
                + "computed where a step or a time stands beside the matrix, e^{At}.");
        }
        else if (isSquare)
            c.Note("e to the power of a matrix is taken entry by entry, as in a softmax; it is not the matrix "
                + "exponential.");
        return c.Algebra.Map(Elementary.Exp, exponent);
    }

    /// <summary>Whether the exponential of what is written so is that of a matrix, if it is a square one.</summary>
    public static bool IsMeant(Expression written, Lazy<bool> besideIdentity) =>
        IsNamed(written) && (HasStep(written) || besideIdentity.Value);

    /// <summary>Whether an identity matrix stands beside an exponential in a formula; looked for once.</summary>
    public static Lazy<bool> BesideIdentity(Expression formula) => new(() => HasIdentity(formula));

    private static Quantity Series(Algebra algebra, Quantity x)
    {
        double norm = x.Node.Values.Select(Math.Abs).DefaultIfEmpty().Max() * x.Own[0];
        int squarings = norm <= SmallNorm ? 0 : (int)Math.Ceiling(Math.Log2(norm / SmallNorm));
        if (!double.IsFinite(norm) || squarings > MostSquarings)
            throw new FormulaException("the matrix exponential of such large numbers leaves the range of a double.");
        Quantity one = algebra.Identity(x.Own[0]);
        Quantity small = algebra.Multiply(x, algebra.Number(Math.ScaleB(1, -squarings)));
        Quantity sum = one;
        for (int k = Terms; k > 0; k--)
            sum = algebra.Add(one, algebra.Multiply(algebra.MatrixProduct(small, sum), algebra.Number(1.0 / k)));
        for (int i = 0; i < squarings; i++)
            sum = algebra.MatrixProduct(sum, sum);
        return sum;
    }

    // A, −tL, ΔA: one matrix and numbers.
    private static bool IsNamed(Expression written) => written switch
    {
        Negation negation => IsNamed(negation.Operand),
        Symbol symbol => IsMatrix(symbol),
        Product { Sign: ProductSign.None or ProductSign.Dot or ProductSign.Times } product =>
            product.Factors.All(factor => factor is Number or Symbol)
            && product.Factors.OfType<Symbol>().Count(IsMatrix) == 1,
        _ => false,
    };

    private static bool IsMatrix(Symbol symbol) => symbol.Letter is [>= 'A' and <= 'Z'];

    private static bool HasStep(Expression written) => written is Product or Negation
        && written.All().Any(node => node is Symbol { Letter: "t" or "Delta" or "tau" });

    // exp(ΔA) − I, but not the λI that is added to a matrix of kernels.
    private static bool HasIdentity(Expression target) => target.All().OfType<Sum>().Any(sum =>
        sum.Terms.Any(term => Unsigned(term) is Symbol { Letter: "I", IsBare: true })
        && sum.Terms.Any(term => Unsigned(term) is Call { Letter: "exp" }
            or Trees.Power { Base: Symbol { Letter: "e", IsBare: true } }));

    private static Expression Unsigned(Expression term) => (term as Negation)?.Operand ?? term;
}
