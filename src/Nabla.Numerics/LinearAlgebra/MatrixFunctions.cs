using System.Numerics;

namespace Nabla.Numerics.LinearAlgebra;

/// <summary>Powers and the exponential of a square matrix.</summary>
public static class MatrixFunctionExtensions
{
    // With ‖A‖ ≤ 1/2 the (6, 6) Padé approximant is exact to about 1e-16 (Golub and Van Loan, table 9.3.1).
    private const int PadeOrder = 6;

    extension<T>(Matrix<T> a) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        /// <summary>
        /// Aⁿ by repeated squaring, [n, n]; the identity for 0, powers of A⁻¹ for negative exponents.
        /// </summary>
        /// <param name="exponent">n.</param>
        /// <exception cref="ArgumentException">
        /// A is not square, a number is not finite, or A is singular and the exponent negative.
        /// </exception>
        /// <example><code>
        /// new Matrix&lt;double&gt;(2, 2, [1, 1, 1, 0]).MatrixPower(10)[0, 1];   // = 55
        /// 21 + 34;                                                         // = 55
        /// </code></example>
        public Matrix<T> MatrixPower(int exponent)
        {
            RequireMatrix.Square("MatrixPower", a);
            RequireMatrix.Finite("MatrixPower", a);
            Matrix<T> square = exponent < 0 ? a.Inv() : a, result = Matrix<T>.Identity(a.Rows);
            for (uint rest = (uint)Math.Abs((long)exponent); rest > 0; rest >>= 1)
            {
                if ((rest & 1) != 0)
                    result *= square;
                if (rest > 1)
                    square *= square;
            }
            return result;
        }

        /// <summary>
        /// e^A = Σ Aᵏ/k!, [n, n], by a Padé approximant of A/2ˢ, squared s times (Golub and Van Loan, algorithm 9.3.1).
        /// </summary>
        /// <exception cref="ArgumentException">A is not square or a number is not finite.</exception>
        /// <example><code>
        /// new Matrix&lt;double&gt;(2, 2, [0, 1, 0, 0]).MatrixExp().Values;   // = [1, 1, 0, 1]
        /// Math.Exp(0);                                                 // = 1
        /// </code></example>
        public Matrix<T> MatrixExp()
        {
            RequireMatrix.Square("MatrixExp", a);
            RequireMatrix.Finite("MatrixExp", a);
            double norm = a.MatrixNorm(MatrixNormKind.Infinity);
            int halvings = norm > 0.5 ? Math.ILogB(Math.Min(norm, double.MaxValue)) + 2 : 0;
            Matrix<T> scaled = T.CreateTruncating(Math.ScaleB(1, -halvings)) * a;
            Matrix<T> power = Matrix<T>.Identity(a.Rows), above = power.Copy(), below = power.Copy();
            double factor = 1;
            for (int k = 1; k <= PadeOrder; k++)
            {
                factor *= (PadeOrder - k + 1.0) / (k * (2.0 * PadeOrder - k + 1));
                power *= scaled;
                above += T.CreateTruncating(factor) * power;
                below += T.CreateTruncating(k % 2 == 0 ? factor : -factor) * power;
            }
            Matrix<T> result = below.Solve(above);
            for (int i = 0; i < halvings; i++)
                result *= result;
            return result;
        }
    }
}
