using System.Numerics;

namespace Nabla.Numerics.LinearAlgebra;

/// <summary>P·A = L·U with row exchanges P, a unit lower triangular L and an upper triangular U.</summary>
public sealed class LuDecomposition<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int PanelColumns = 32;
    private readonly Matrix<T> factors; // L below the diagonal, U on and above it
    private readonly int[] permutation;
    private int sign = 1;

    internal LuDecomposition(Matrix<T> a)
    {
        factors = a.Copy();
        permutation = [.. Enumerable.Range(0, a.Rows)];
        Factor();
    }

    /// <summary>Row i of P·A is row Permutation[i] of A.</summary>
    public IReadOnlyList<int> Permutation => permutation;

    /// <summary>L, [m, k] with k = min(m, n); ones on the diagonal, |lᵢⱼ| ≤ 1.</summary>
    public Matrix<T> L()
    {
        int k = Math.Min(factors.Rows, factors.Columns);
        var l = new Matrix<T>(factors.Rows, k);
        factors.Block.Part(0, factors.Rows, 0, k).CopyTo(l.Block);
        l.Block.ClearAboveDiagonal();
        for (int i = 0; i < k; i++)
            l[i, i] = T.One;
        return l;
    }

    /// <summary>U, [k, n] with k = min(m, n).</summary>
    public Matrix<T> U()
    {
        int k = Math.Min(factors.Rows, factors.Columns);
        var u = new Matrix<T>(k, factors.Columns);
        factors.Block.Part(0, k, 0, factors.Columns).CopyTo(u.Block);
        u.Block.ClearBelowDiagonal();
        return u;
    }

    /// <summary>Whether a pivot is exactly 0.</summary>
    public bool IsSingular => TriangularSolver.FirstZero(factors.Block) >= 0;

    /// <summary>det A = ±Π uᵢᵢ; ±∞ or 0 where that leaves the range of double (see <see cref="Slogdet"/>).</summary>
    /// <exception cref="ArgumentException">A is not square.</exception>
    public double Det()
    {
        RequireMatrix.Square("Det", factors);
        double product = sign;
        for (int i = 0; i < factors.Rows; i++)
            product *= double.CreateTruncating(factors[i, i]);
        return product;
    }

    /// <summary>The sign of det A (−1, 0 or 1) and ln |det A| = Σ ln |uᵢᵢ| (−∞ for 0).</summary>
    /// <exception cref="ArgumentException">A is not square.</exception>
    public (double Sign, double LogAbs) Slogdet()
    {
        RequireMatrix.Square("Slogdet", factors);
        double signs = sign, logarithm = 0;
        for (int i = 0; i < factors.Rows; i++)
        {
            double pivot = double.CreateTruncating(factors[i, i]);
            signs *= double.IsNaN(pivot) ? pivot : Math.Sign(pivot); // where elimination left the range
            logarithm += Math.Log(Math.Abs(pivot));
        }
        return (signs, logarithm);
    }

    /// <summary>X with A·X = B, or Aᵀ·X = B.</summary>
    /// <param name="b">The right sides, [n, m].</param>
    /// <param name="transpose">Solve Aᵀ·X = B.</param>
    /// <exception cref="ArgumentException">
    /// A is not square or singular, B has other rows, or a number is not finite.
    /// </exception>
    public Matrix<T> Solve(Matrix<T> b, bool transpose = false)
    {
        RequireMatrix.Square("Solve", factors);
        RequireMatrix.RightSide("Solve", factors, b);
        int zero = TriangularSolver.FirstZero(factors.Block);
        if (zero >= 0)
            throw new ArgumentException(
                $"Solve: a is singular: pivot {zero} of its LU decomposition is 0. Use Lstsq or Pinv.");
        return transpose ? SolveTransposed(b) : SolvePlain(b);
    }

    private Matrix<T> SolvePlain(Matrix<T> b)
    {
        var x = new Matrix<T>(b.Rows, b.Columns);
        for (int i = 0; i < b.Rows; i++)
            b.Row(permutation[i]).CopyTo(x.Row(i));
        TriangularSolver.Solve(factors.Block, new Triangle(Upper: false, UnitDiagonal: true), x.Block);
        TriangularSolver.Solve(factors.Block, new Triangle(Upper: true), x.Block);
        return x;
    }

    private Matrix<T> SolveTransposed(Matrix<T> b)
    {
        Matrix<T> y = b.Copy();
        TriangularSolver.Solve(factors.Block, new Triangle(Upper: true, Transposed: true), y.Block);
        TriangularSolver.Solve(
            factors.Block, new Triangle(Upper: false, Transposed: true, UnitDiagonal: true), y.Block);
        var x = new Matrix<T>(b.Rows, b.Columns);
        for (int i = 0; i < b.Rows; i++)
            y.Row(i).CopyTo(x.Row(permutation[i]));
        return x;
    }

    private void Factor()
    {
        Block<T> a = factors.Block;
        int count = Math.Min(a.Rows, a.Columns);
        for (int first = 0; first < count; first += PanelColumns)
        {
            int columns = Math.Min(PanelColumns, count - first), next = first + columns;
            FactorPanel(first, columns);
            Block<T> right = a.Part(first, columns, next, a.Columns - next);
            TriangularSolver.Solve(
                a.Part(first, columns, first, columns), new Triangle(Upper: false, UnitDiagonal: true), right);
            BlockProduct.Subtract(a.From(next, next), a.Part(next, a.Rows - next, first, columns), right);
        }
    }

    private void FactorPanel(int first, int columns)
    {
        Block<T> a = factors.Block;
        for (int j = first; j < first + columns; j++)
        {
            int pivot = j;
            for (int i = j + 1; i < a.Rows; i++)
                if (T.Abs(a[i, j]) > T.Abs(a[pivot, j]))
                    pivot = i;
            if (pivot != j)
                Exchange(pivot, j);
            if (a[j, j] == T.Zero)
                continue; // so is all below it
            Span<T> row = a[j][(j + 1)..(first + columns)];
            for (int i = j + 1; i < a.Rows; i++)
            {
                T ratio = a[i, j] /= a[j, j];
                Vectors.AddScaled(a[i][(j + 1)..(first + columns)], -ratio, row);
            }
        }
    }

    private void Exchange(int i, int j)
    {
        Span<T> x = factors.Row(i), y = factors.Row(j);
        for (int k = 0; k < x.Length; k++)
            (x[k], y[k]) = (y[k], x[k]);
        (permutation[i], permutation[j]) = (permutation[j], permutation[i]);
        sign = -sign;
    }
}

/// <summary>The LU decomposition and what follows from it.</summary>
public static class LuExtensions
{
    extension<T>(Matrix<T> a) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        /// <summary>P·A = L·U by elimination with the largest pivot of each column, [m, n].</summary>
        /// <exception cref="ArgumentException">A number is not finite.</exception>
        /// <example><code>
        /// var a = new Matrix&lt;double&gt;(2, 2, [1, 2, 4, 6]);
        /// a.Lu().U().Values;   // = [4, 6, 0, 0.5]
        /// 2 - 6 * 1.0 / 4;     // = 0.5
        /// </code></example>
        public LuDecomposition<T> Lu()
        {
            RequireMatrix.Finite("Lu", a);
            return new LuDecomposition<T>(a);
        }

        /// <summary>X with A·X = B for a square A [n, n], B [n, m], by LU decomposition.</summary>
        /// <exception cref="ArgumentException">
        /// A is not square or singular, B has other rows, or a number is not finite.
        /// </exception>
        /// <example><code>
        /// var a = new Matrix&lt;double&gt;(2, 2, [1, 2, 3, 4]);
        /// a.Solve(new(2, 1, [5, 6])).Values;           // = [-4, 4.5]
        /// (5.0 * 4 - 2 * 6) / (1 * 4 - 2 * 3);         // = -4
        /// </code></example>
        public Matrix<T> Solve(Matrix<T> b)
        {
            RequireMatrix.Square("Solve", a);
            RequireMatrix.Finite("Solve", a);
            return new LuDecomposition<T>(a).Solve(b);
        }

        /// <summary>A⁻¹, [n, n]. To solve systems, <c>Solve</c> is quicker and more accurate.</summary>
        /// <exception cref="ArgumentException">A is not square, singular, or a number is not finite.</exception>
        /// <example><code>
        /// new Matrix&lt;double&gt;(2, 2, [1, 2, 3, 4]).Inv().Values;   // = [-2, 1, 1.5, -0.5]
        /// 4.0 / (1 * 4 - 2 * 3);                                  // = -2
        /// </code></example>
        public Matrix<T> Inv()
        {
            RequireMatrix.Square("Inv", a);
            RequireMatrix.Finite("Inv", a);
            return new LuDecomposition<T>(a).Solve(Matrix<T>.Identity(a.Rows));
        }

        /// <summary>det A, in double.</summary>
        /// <exception cref="ArgumentException">A is not square or a number is not finite.</exception>
        /// <example><code>
        /// new Matrix&lt;double&gt;(2, 2, [1, 2, 3, 4]).Det();   // = -2
        /// 1 * 4 - 2 * 3;                                   // = -2
        /// </code></example>
        public double Det()
        {
            RequireMatrix.Square("Det", a);
            return a.Lu().Det();
        }

        /// <summary>The sign of det A and ln |det A|, which cannot overflow; (0, −∞) for a singular matrix.</summary>
        /// <exception cref="ArgumentException">A is not square or a number is not finite.</exception>
        /// <example><code>
        /// new Matrix&lt;double&gt;(2, 2, [1, 2, 3, 4]).Slogdet().LogAbs;   // = 0.6931
        /// Math.Log(Math.Abs(1 * 4 - 2 * 3));                           // = 0.6931
        /// </code></example>
        public (double Sign, double LogAbs) Slogdet()
        {
            RequireMatrix.Square("Slogdet", a);
            return a.Lu().Slogdet();
        }
    }
}
