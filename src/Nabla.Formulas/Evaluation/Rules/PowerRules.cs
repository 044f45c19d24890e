using System.Globalization;
using Nabla.Formulas.Evaluation.Functions;
using Nabla.Formulas.Evaluation.Graph;
using Nabla.Formulas.Evaluation.Quantities;
using Nabla.Formulas.Evaluation.Reading;
using Nabla.Formulas.Trees;
using Nabla.Tensors.Ops;
using Power = Nabla.Formulas.Trees.Power;

namespace Nabla.Formulas.Evaluation.Rules;

/// <summary>Powers, roots and signs after an expression.</summary>
internal static class PowerRules
{
    // What a product such as AᵀA may lose of its symmetry.
    private const double Rounding = 1e-12;

    // Each doubling is one product of matrices.
    private const int LargestPower = 1_000_000_000;

    /// <summary>aᵇ: of numbers and lists element by element, of a matrix by name the matrix power.</summary>
    public static Quantity Power(Interpreter c, Power power, Scope scope)
    {
        if (power.Exponent is Symbol { Letter: "T" or "top" or "intercal", IsBare: true } mark
            && c.Store.Find(mark.Name) is null)
            return c.Algebra.Transpose(c.Evaluate(power.Base, scope));
        if (power.Base is Symbol { Name: "e" } && c.Store.Find("e") is null)
            return MatrixExponential.Of(c, power.Exponent, c.Evaluate(power.Exponent, scope));
        if (CallRules.PowerOfFactor(c, power, scope) is { } product)
            return c.Evaluate(product, scope);
        Quantity value = c.Evaluate(power.Base, scope), exponent = c.Evaluate(power.Exponent, scope);
        if (IsSquaredLength(power, value.Rank) && c.PowerSense != PowerSense.OfEntries && !c.TakesEntries
            && !StandsAlone(c.Target, power))
        {
            c.Note("|x|² of a vector is its squared length: of single numbers the bars would change nothing.");
            return c.Algebra.FoldOwn(c.Algebra.Map(Elementary.Square, value), Reductions.Sum);
        }
        if (value.Rank == 2 && exponent.Rank == 1 && !power.IsEntrywise && c.PowerSense != PowerSense.OfEntries)
            throw NodeRules.NoValue(power, "a matrix to the power of a vector (entry by entry it is written **; a "
                + "generalised inverse before a vector as A^{-} b) has");
        if (value.Rank >= 2 && exponent.IsNumber && value.Own[-1] == value.Own[-2] && !power.IsEntrywise
            && MatrixPower(c, power.Base, value, exponent.Node.Scalar) is { } matrix)
            return matrix;
        return Raise(c.Algebra, value, exponent);
    }

    // |x|³ − |x|² for |x| ≤ 1: bars that stand without the square, too, are those of each number.
    private static bool StandsAlone(Expression target, Power squared) =>
        target.All().Count(node => node.Equals(squared.Base)) > target.All().Count(node => node.Equals(squared));

    /// <summary>|x|² of a vector x; |X|² of what a transform gave is the power at each frequency.</summary>
    public static bool IsSquaredLength(Power power, int rank) => rank == 1 && power is
    {
        Base: Delimited
        {
            Kind: DelimiterKind.Absolute,
            Items: [not (Symbol { Letter: [>= 'A' and <= 'Z', ..] } or Call)],
        },
        Exponent: Number { Value: 2 },
    };

    /// <summary>aᵇ, element by element.</summary>
    public static Quantity Raise(Algebra algebra, Quantity value, Quantity exponent)
    {
        if (!exponent.Node.Wants && exponent.IsNumber && exponent.Node.Scalar == 2 && !value.IsIdentity)
            return algebra.Map(Elementary.Square, value);
        if (!exponent.Node.Wants && exponent.IsNumber && double.IsFinite(exponent.Node.Scalar) && !value.IsIdentity)
            return algebra.Map(new ParametricRule<Nabla.Tensors.Ops.Power>(new(exponent.Node.Scalar)), value);
        return algebra.Power(value, exponent);
    }

    /// <summary>√x, ⁿ√x; of a covariance, of a product of matrices and in a trace the matrix root.</summary>
    public static Quantity Root(Interpreter c, Root root, Scope scope)
    {
        Quantity value = c.Evaluate(root.Radicand, scope);
        if (root.Degree is null)
            return MatrixRoot(c, root.Radicand, value) ?? c.Algebra.Map(Elementary.Sqrt, value);
        Quantity degree = c.Evaluate(root.Degree, scope);
        if (Array.Exists(value.Node.Values, number => number < 0) && OddDegree(degree) is { } odd)
            return c.Algebra.Map(Special.OddRoot(odd), value);
        return Raise(c.Algebra, value, c.Algebra.Divide(c.Algebra.Number(1), degree));
    }

    private static bool IsNumber(Interpreter c, Symbol symbol) => c.Store.Find(symbol.Name) is { Shape.Rank: 0 };

    private static Quantity? MatrixRoot(Interpreter c, Expression written, Quantity value)
    {
        if (value.Rank < 2 || value.Own[-1] != value.Own[-2] || c.PowerSense == PowerSense.OfEntries
            || !MatrixForms.HasMatrixPower(written, 0.5, symbol => IsNumber(c, symbol)))
            return null;
        if (c.PowerSense == PowerSense.OfMatrix || MatrixForms.HasMatrixRoot(written, symbol => IsNumber(c, symbol)))
            return IsDiagonal(value) ? DiagonalPower(c.Algebra, value, 0.5) : BrokenPower(c, value, 0.5);
        if (!IsDiagonal(value))
            c.Warn("the root of a square matrix is taken entry by entry, as optimizers do; the matrix root is written "
                + "as a power, A^{1/2}.");
        return null;
    }

    private static int? OddDegree(Quantity degree) => degree.IsNumber && !degree.Node.Wants
        && degree.Node.Scalar is >= 3 and <= int.MaxValue and var n && n % 2 == 1 ? (int)n : null;

    /// <summary>Aᵀ, A⁻¹, A⁺, n!.</summary>
    public static Quantity Postfix(Interpreter c, Postfix postfix, Scope scope)
    {
        Quantity value = c.Evaluate(postfix.Operand, scope);
        return postfix.Sign switch
        {
            PostfixSign.Transpose or PostfixSign.Adjoint => c.Algebra.Transpose(value),
            PostfixSign.Inverse => Inverse(c.Algebra, value),
            PostfixSign.PseudoInverse => PseudoInverse(c.Algebra, value),
            _ => c.Algebra.Map(Special.Factorial, value),
        };
    }

    /// <summary>A⁻¹; of a number 1/x.</summary>
    public static Quantity Inverse(Algebra algebra, Quantity value)
    {
        if (value.Rank < 2)
            return algebra.Divide(algebra.Number(1), value);
        MatrixAlgebra.RequireSquare(value, "an inverse");
        return value with { Node = Inverses.Invert(algebra.Tape, value.Node) };
    }

    private static Quantity PseudoInverse(Algebra algebra, Quantity value)
    {
        if (value.Rank < 2)
            return Inverse(algebra, value);
        Matrices.RequireOne(value, "pseudo-inverses");
        return new(PseudoInverseRule.Apply(algebra.Tape, value.Node));
    }

    /// <summary>
    /// Aⁿ of what is calculated with as a matrix; (X − Y)² and the like are meant element by element, and so is what
    /// stands in a mean over the entries.
    /// </summary>
    private static Quantity? MatrixPower(Interpreter c, Expression written, Quantity value, double exponent)
    {
        if (exponent == -1)
            return Inverse(c.Algebra, value);
        if (exponent == 1 || c.PowerSense == PowerSense.OfEntries
            || c.PowerSense == PowerSense.AsWritten
                && !MatrixForms.HasMatrixPower(written, exponent, symbol => IsNumber(c, symbol)))
        {
            if (written is not (Symbol or Call or Delimited) && exponent > 1)
                c.Note("the power of these brackets is taken entry by entry, not as the matrix product of what they "
                    + "hold with itself.");
            return null;
        }
        if (exponent < 0 && exponent != Math.Floor(exponent) && IsDiagonal(value))
            return DiagonalPower(c.Algebra, value, exponent);
        bool isWhole = exponent == Math.Floor(exponent);
        if (isWhole && Math.Abs(exponent) > LargestPower)
            throw new FormulaException(string.Create(CultureInfo.InvariantCulture,
                $"powers of a matrix are computed up to {LargestPower:N0}, not {exponent:R}."));
        if (!isWhole)
            return BrokenPower(c, value, exponent);
        c.Note("the power of a matrix is the matrix product with itself, not the power of each entry.");
        return WholePower(c.Algebra, value, (int)exponent);
    }

    private static Quantity WholePower(Algebra algebra, Quantity value, int exponent)
    {
        Quantity factor = exponent < 0 ? Inverse(algebra, value) : value;
        Quantity result = algebra.Identity(value.Own[-1]);
        for (int left = Math.Abs(exponent); left > 0; left >>= 1)
        {
            if ((left & 1) == 1)
                result = algebra.MatrixProduct(result, factor);
            if (left > 1)
                factor = algebra.MatrixProduct(factor, factor);
        }
        return result;
    }

    /// <summary>Aᵖ of a symmetric matrix; of another one where p is a half, A^{3/2} = A·A^{1/2}.</summary>
    private static Quantity BrokenPower(Interpreter c, Quantity value, double exponent)
    {
        if (value.Rank != 2 || value.Axes.Length > 0)
            throw new FormulaException("a root of a matrix is computed of one matrix only.");
        c.Note("the root of a matrix is the matrix whose product with itself it is, not the root of each entry.");
        if (IsSymmetric(value.Node.Values, value.Own[-1]))
            return SymmetricPower(c, value, exponent);
        double whole = Math.Truncate(exponent), rest = exponent - whole;
        if (Math.Abs(rest) != 0.5 || Math.Abs(whole) > LargestPower)
            throw new FormulaException("of a matrix that is not symmetric only whole powers and square roots are "
                + "computed, not the power " + exponent.ToString("R", CultureInfo.InvariantCulture) + ".");
        Quantity root = new(MatrixRootRule.Apply(c.Tape, value.Node, isInverse: rest < 0));
        return whole == 0 ? root
            : c.Algebra.MatrixProduct(WholePower(c.Algebra, value, (int)whole), root);
    }

    private static bool IsDiagonal(Quantity value)
    {
        int n = value.Own[-1];
        for (int i = 0; i < value.Node.Values.Length; i++)
            if (value.Node.Values[i] != 0 && i % (n * n) % (n + 1) != 0)
                return false;
        return true;
    }

    private static bool IsSymmetric(double[] matrix, int n)
    {
        double least = Rounding * matrix.Select(Math.Abs).DefaultIfEmpty().Max();
        for (int i = 0; i < n; i++)
            for (int j = 0; j < i; j++)
                if (!(Math.Abs(matrix[i * n + j] - matrix[j * n + i]) <= least))
                    return false;
        return true;
    }

    private static Quantity DiagonalPower(Algebra algebra, Quantity value, double exponent) =>
        algebra.DiagonalMatrix(Raise(algebra, algebra.Diagonal(value), algebra.Number(exponent)));

    /// <summary>VΛᵖVᵀ of a symmetric matrix.</summary>
    /// <exception cref="FormulaException">The matrix is not symmetric.</exception>
    public static Quantity SymmetricPower(Interpreter c, Quantity value, double exponent)
    {
        int n = value.Own[-1];
        if (value.Rank != 2 || value.Axes.Length > 0)
            throw new FormulaException("a root of a matrix is computed of one matrix only.");
        if (!IsSymmetric(value.Node.Values, n))
            throw new FormulaException("the root of a matrix that is not symmetric cannot be computed.");
        return new(SymmetricPowerRule.Apply(c.Tape, value.Node, exponent));
    }
}
