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

    /// <summary>aᵇ: of numbers and lists element by element, of a matrix by name the matrix power.</summary>
    public static Quantity Power(Interpreter c, Power power, Scope scope)
    {
        if (power.Exponent is Symbol { Letter: "T" or "top" or "intercal", IsBare: true } mark
            && c.Store.Find(mark.Name) is null)
            return c.Algebra.Transpose(c.Evaluate(power.Base, scope));
        if (power.Base is Symbol { Name: "e" } && c.Store.Find("e") is null)
            return Exponential(c, c.Evaluate(power.Exponent, scope));
        if (CallRules.PowerOfFactor(c, power, scope) is { } product)
            return c.Evaluate(product, scope);
        Quantity value = c.Evaluate(power.Base, scope), exponent = c.Evaluate(power.Exponent, scope);
        if (value.Rank >= 2 && exponent.IsNumber && value.Own[-1] == value.Own[-2]
            && MatrixPower(c, power.Base, value, exponent.Node.Scalar) is { } matrix)
            return matrix;
        return Raise(c.Algebra, value, exponent);
    }

    private static Quantity Exponential(Interpreter c, Quantity exponent)
    {
        if (exponent.Rank == 2 && exponent.Own[0] == exponent.Own[1])
            c.Note("e to the power of a matrix is taken entry by entry, as in a softmax; it is not the matrix "
                + "exponential.");
        return c.Algebra.Map(Elementary.Exp, exponent);
    }

    /// <summary>aᵇ, element by element.</summary>
    public static Quantity Raise(Algebra algebra, Quantity value, Quantity exponent)
    {
        if (!exponent.Node.Wants && exponent.IsNumber && exponent.Node.Scalar == 2 && !value.IsIdentity)
            return algebra.Map(Elementary.Square, value);
        if (!exponent.Node.Wants && exponent.IsNumber && double.IsFinite(exponent.Node.Scalar) && !value.IsIdentity)
            return algebra.Map(new ParametricRule<Nabla.Tensors.Ops.Power>(new(exponent.Node.Scalar)), value);
        return algebra.Power(value, exponent);
    }

    /// <summary>√x, ⁿ√x.</summary>
    public static Quantity Root(Interpreter c, Root root, Scope scope)
    {
        Quantity value = c.Evaluate(root.Radicand, scope);
        if (root.Degree is null)
            return c.Algebra.Map(Elementary.Sqrt, value);
        Quantity degree = c.Evaluate(root.Degree, scope);
        if (Array.Exists(value.Node.Values, number => number < 0) && OddDegree(degree) is { } odd)
            return c.Algebra.Map(Special.OddRoot(odd), value);
        return Raise(c.Algebra, value, c.Algebra.Divide(c.Algebra.Number(1), degree));
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
    /// Aⁿ of a matrix that the formula calls by a capital letter, and (XXᵀ)ⁿ; (X − Y)² and the like are meant element
    /// by element.
    /// </summary>
    private static Quantity? MatrixPower(Interpreter c, Expression written, Quantity value, double exponent)
    {
        bool isMatrix = IsMatrix(written);
        if (exponent == -1)
            return Inverse(c.Algebra, value);
        if (!isMatrix || exponent < 0 && exponent != Math.Floor(exponent) && IsDiagonal(value))
            return isMatrix ? DiagonalPower(c.Algebra, value, exponent) : null;
        if (exponent != Math.Floor(exponent) || Math.Abs(exponent) > 1000)
            return exponent == 0.5 || exponent == -0.5 ? SymmetricPower(c, value, exponent) : null;
        c.Note("the power of a matrix is the matrix product with itself; of other brackets (…)² is element by "
            + "element.");
        Quantity factor = exponent < 0 ? Inverse(c.Algebra, value) : value;
        Quantity result = c.Algebra.Identity(value.Own[-1]);
        for (int left = (int)Math.Abs(exponent); left > 0; left >>= 1)
        {
            if ((left & 1) == 1)
                result = c.Algebra.MatrixProduct(result, factor);
            if (left > 1)
                factor = c.Algebra.MatrixProduct(factor, factor);
        }
        return result;
    }

    /// <summary>Whether a power of what is written so is that of a matrix, and not of each entry.</summary>
    public static bool IsMatrix(Expression written) =>
        written is Symbol { Letter: [>= 'A' and <= 'Z', ..] } or MatrixLiteral || IsGram(written);

    private static bool IsGram(Expression written) => written is Product { Sign: not ProductSign.Hadamard } product
        && (product.Factors is [var left, Postfix { Sign: PostfixSign.Transpose } second] && left.Equals(second.Operand)
            || product.Factors is [Postfix { Sign: PostfixSign.Transpose } first, var right]
            && first.Operand.Equals(right));

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
