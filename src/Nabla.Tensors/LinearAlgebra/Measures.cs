using Nabla.Numerics.LinearAlgebra;

namespace Nabla.Tensors.LinearAlgebra;

/// <summary>The determinant as its sign and the logarithm of its magnitude.</summary>
/// <param name="Sign">−1, 0 or 1, [...].</param>
/// <param name="LogAbs">ln |det A|, −∞ for 0, [...].</param>
public sealed record TensorSlogdet(Tensor Sign, Tensor LogAbs);

/// <summary>
/// Numbers and functions of matrices, for tensors [..., m, n]. The results are constants: no gradient flows.
/// </summary>
public static class MatrixMeasureExtensions
{
    extension(Tensor a)
    {
        /// <summary>det A of A [..., n, n], [...]; a constant.</summary>
        /// <exception cref="ArgumentException">A is not [..., n, n], or a number is not finite.</exception>
        /// <example><code>
        /// new Tensor([1, 2, 3, 4], [2, 2]).Det();   // = -2
        /// 1 * 4 - 2 * 3;                            // = -2
        /// </code></example>
        public Tensor Det() => MatrixBatch.Numbers("Det", a, one => one.Det());

        /// <summary>The sign of det A and ln |det A|, which cannot overflow; a constant.</summary>
        /// <exception cref="ArgumentException">A is not [..., n, n], or a number is not finite.</exception>
        /// <example><code>
        /// new Tensor([1, 2, 3, 4], [2, 2]).Slogdet().LogAbs;   // = 0.6931
        /// Math.Log(Math.Abs(1 * 4 - 2 * 3));                   // = 0.6931
        /// </code></example>
        public TensorSlogdet Slogdet()
        {
            Shape lead = MatrixBatch.Lead("Slogdet", a);
            (double Sign, double LogAbs)[] all = [.. MatrixBatch.Of("Slogdet", a).Select(one => one.Slogdet())];
            return new TensorSlogdet(
                new Tensor([.. all.Select(one => (float)one.Sign)], lead),
                new Tensor([.. all.Select(one => (float)one.LogAbs)], lead));
        }

        /// <summary>A norm of each matrix, [...]; a constant.</summary>
        /// <exception cref="ArgumentException">There are fewer than two dimensions, or a number is not
        /// finite.</exception>
        /// <example><code>
        /// new Tensor([1, -2, 3, 4], [2, 2]).MatrixNorm(MatrixNormKind.One);   // = 6
        /// Math.Max(Math.Abs(1) + Math.Abs(3), Math.Abs(-2) + 4);              // = 6
        /// </code></example>
        public Tensor MatrixNorm(MatrixNormKind kind = MatrixNormKind.Frobenius) =>
            MatrixBatch.Numbers("MatrixNorm", a, one => one.MatrixNorm(kind));

        /// <summary>The condition number σ₁/σₖ, [...]; a constant.</summary>
        /// <exception cref="ArgumentException">There are fewer than two dimensions, or a number is not
        /// finite.</exception>
        /// <example><code>
        /// new Tensor([8, 0, 0, 2], [2, 2]).Cond();   // = 4
        /// 8.0 / 2;                                   // = 4
        /// </code></example>
        public Tensor Cond() => MatrixBatch.Numbers("Cond", a, one => one.Cond());

        /// <summary>How many singular values are not next to zero, of A [m, n].</summary>
        /// <exception cref="ArgumentException">A is not [m, n], or a number is not finite.</exception>
        /// <example><code>
        /// new Tensor([1, 2, 2, 4], [2, 2]).MatrixRank();   // = 1
        /// 1 * 4 - 2 * 2;                                   // = 0
        /// </code></example>
        public int MatrixRank(double? relativeTolerance = null) => a.Rank == 2
            ? MatrixBatch.Of("MatrixRank", a)[0].MatrixRank(relativeTolerance)
            : throw new ArgumentException($"MatrixRank: the tensor is {a.Shape}; it must be [m, n].");

        /// <summary>Aⁿ of A [..., n, n]; a constant.</summary>
        /// <exception cref="ArgumentException">
        /// A is not [..., n, n], a number is not finite, or A is singular and the exponent negative.
        /// </exception>
        /// <example><code>
        /// new Tensor([1, 1, 1, 0], [2, 2]).MatrixPower(10)[0, 1];   // = 55
        /// 21 + 34;                                                  // = 55
        /// </code></example>
        public Tensor MatrixPower(int exponent) =>
            MatrixBatch.MapSquare("MatrixPower", a, one => one.MatrixPower(exponent));

        /// <summary>e^A of A [..., n, n]; a constant.</summary>
        /// <exception cref="ArgumentException">A is not [..., n, n], or a number is not finite.</exception>
        /// <example><code>
        /// new Tensor([0, 1, 0, 0], [2, 2]).MatrixExp();   // = [1, 1, 0, 1]
        /// Math.Exp(0);                                    // = 1
        /// </code></example>
        public Tensor MatrixExp() => MatrixBatch.MapSquare("MatrixExp", a, one => one.MatrixExp());
    }
}
