using Nabla.Numerics.LinearAlgebra;

namespace Nabla.Tensors.LinearAlgebra;

/// <summary>What least squares found.</summary>
/// <param name="X">The minimiser, [..., n, p].</param>
/// <param name="SquaredResiduals">‖A·x − b‖² for each column, [..., p].</param>
/// <param name="Ranks">The numerical rank of each A.</param>
public sealed record TensorLstsq(Tensor X, Tensor SquaredResiduals, IReadOnlyList<int> Ranks);

/// <summary>
/// Systems of equations with tensors [..., m, n]. These results are constants: no gradient flows. <c>Solve</c> and
/// <c>Inv</c> are differentiable; see <see cref="SolveOp"/>.
/// </summary>
public static class SystemExtensions
{
    extension(Tensor a)
    {
        /// <summary>
        /// X with op(A)·X = B for a triangular A [..., n, n]; a constant. The other triangle is not read.
        /// </summary>
        /// <param name="b">The right sides, [..., n, m].</param>
        /// <param name="upper">Whether A's upper triangle is meant, or the lower one.</param>
        /// <param name="transpose">Solve Aᵀ·X = B.</param>
        /// <param name="unitDiagonal">Take the diagonal as ones.</param>
        /// <exception cref="ArgumentException">
        /// The shapes do not fit, a number is not finite, or the diagonal has a 0.
        /// </exception>
        /// <example><code>
        /// new Tensor([2, 0, 1, 4], [2, 2]).SolveTriangular(new Tensor([6, 11], [2, 1]), upper: false);   // = [3, 2]
        /// (11.0 - 1 * 6 / 2) / 4;                                                                        // = 2
        /// </code></example>
        public Tensor SolveTriangular(Tensor b, bool upper, bool transpose = false, bool unitDiagonal = false)
        {
            Matrix<float>[] right = MatrixBatch.RightSides("SolveTriangular", a, b);
            Matrix<float>[] x = [.. MatrixBatch.Of("SolveTriangular", a)
                .Zip(right, (one, side) => one.SolveTriangular(side, upper, transpose, unitDiagonal))];
            return MatrixBatch.Join(MatrixBatch.Lead("SolveTriangular", a), x, a.Shape[-1], b.Shape[-1]);
        }

        /// <summary>
        /// X [..., n, p] that minimises ‖A·X − B‖; a constant. See <see cref="LeastSquaresExtensions"/>.
        /// </summary>
        /// <param name="b">The right sides, [..., m, p].</param>
        /// <param name="method">QR, SVD, or chosen by the rank.</param>
        /// <param name="relativeTolerance">What share of the largest singular value counts as zero.</param>
        /// <exception cref="ArgumentException">
        /// The shapes do not fit, a number is not finite, or QR was asked for and A lacks full column rank.
        /// </exception>
        /// <example><code>
        /// Tensor a = new([1, 0, 1, 1, 1, 2], [3, 2]);           // a line through (0, 1), (1, 3), (2, 4)
        /// a.Lstsq(new Tensor([1, 3, 4], [3, 1])).X;             // = [1.1667, 1.5]
        /// ((2.0 - 1) * 4 + (0 - 1) * 1) / (1 + 0 + 1);          // = 1.5
        /// </code></example>
        public TensorLstsq Lstsq(
            Tensor b, LeastSquaresMethod method = LeastSquaresMethod.Automatic, double? relativeTolerance = null)
        {
            Matrix<float>[] right = MatrixBatch.RightSides("Lstsq", a, b);
            LeastSquares<float>[] all = [.. MatrixBatch.Of("Lstsq", a)
                .Zip(right, (one, side) => one.Lstsq(side, method, relativeTolerance))];
            Shape lead = MatrixBatch.Lead("Lstsq", a);
            return new TensorLstsq(
                MatrixBatch.Join(lead, [.. all.Select(one => one.X)], a.Shape[-1], b.Shape[-1]),
                MatrixBatch.Join(lead, [.. all.Select(one => one.SquaredResiduals)], b.Shape[-1]),
                [.. all.Select(one => one.Rank)]);
        }

        /// <summary>A⁺, [..., n, m]; a constant. See <see cref="PseudoInverseExtensions"/>.</summary>
        /// <param name="relativeTolerance">What share of the largest singular value counts as zero.</param>
        /// <exception cref="ArgumentException">There are fewer than two dimensions, or a number is not
        /// finite.</exception>
        /// <example><code>
        /// new Tensor([3, 4], [2, 1]).Pinv();   // = [0.12, 0.16]
        /// 3.0 / (3 * 3 + 4 * 4);               // = 0.12
        /// </code></example>
        public Tensor Pinv(double? relativeTolerance = null) => MatrixBatch.Join(
            MatrixBatch.Lead("Pinv", a), [.. MatrixBatch.Of("Pinv", a).Select(one => one.Pinv(relativeTolerance))],
            a.Shape[-1], a.Shape[-2]);
    }
}
