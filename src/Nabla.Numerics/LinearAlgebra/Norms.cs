using System.Numerics;

namespace Nabla.Numerics.LinearAlgebra;

/// <summary>Which norm of a matrix.</summary>
public enum MatrixNormKind
{
    /// <summary>√Σ aᵢⱼ².</summary>
    Frobenius,

    /// <summary>The largest sum of magnitudes of a column.</summary>
    One,

    /// <summary>The largest singular value: by how much A can make a vector longer.</summary>
    Two,

    /// <summary>The largest sum of magnitudes of a row.</summary>
    Infinity,

    /// <summary>The sum of the singular values.</summary>
    Nuclear,
}

/// <summary>Norms, summed in double.</summary>
public static class NormExtensions
{
    extension<T>(Matrix<T> a) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        /// <summary>A norm of A [m, n]; 0 for a matrix without elements.</summary>
        /// <param name="kind">Which one.</param>
        /// <exception cref="ArgumentException">
        /// A number is not finite (where singular values are needed), or the kind is unknown.
        /// </exception>
        /// <example><code>
        /// var a = new Matrix&lt;double&gt;(2, 2, [1, -2, 3, 4]);
        /// a.MatrixNorm(MatrixNormKind.One);                       // = 6
        /// Math.Max(Math.Abs(1) + Math.Abs(3), Math.Abs(-2) + 4);  // = 6
        /// </code></example>
        public double MatrixNorm(MatrixNormKind kind = MatrixNormKind.Frobenius) => kind switch
        {
            MatrixNormKind.Frobenius => a.VectorNorm(2),
            MatrixNormKind.One => LargestRowSum(a.Transpose()),
            MatrixNormKind.Infinity => LargestRowSum(a),
            MatrixNormKind.Two => a.Svdvals().Select(double.CreateTruncating).FirstOrDefault(),
            MatrixNormKind.Nuclear => a.Svdvals().Sum(double.CreateTruncating),
            _ => throw new ArgumentException($"MatrixNorm: kind is {(int)kind}; there is no such norm."),
        };

        /// <summary>
        /// (Σ |x|ᵖ)^(1/p) over all elements; for p = ∞ the largest magnitude, for −∞ the smallest, for 0 how many are
        /// not zero.
        /// </summary>
        /// <param name="p">Any number, or ±∞; a norm in the strict sense for p ≥ 1.</param>
        /// <exception cref="ArgumentException">p is NaN, or negative and there is no element.</exception>
        /// <example><code>
        /// new Matrix&lt;double&gt;(1, 2, [3, -4]).VectorNorm(2);   // = 5
        /// Math.Sqrt(3 * 3 + 4 * 4);                          // = 5
        /// </code></example>
        public double VectorNorm(double p = 2) => Norms.Vector<T>(a.Values, p);
    }

    private static double LargestRowSum<T>(Matrix<T> a) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double largest = 0;
        for (int i = 0; i < a.Rows; i++)
            largest = Math.Max(largest, Norms.Vector<T>(a.Row(i), 1));
        return largest;
    }
}

/// <summary>Norms of vectors.</summary>
internal static class Norms
{
    public static double Vector<T>(ReadOnlySpan<T> x, double p) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (double.IsNaN(p) || (p < 0 && x.IsEmpty))
            throw new ArgumentException(double.IsNaN(p)
                ? "VectorNorm: p is NaN; give a number or an infinity."
                : FormattableString.Invariant($"VectorNorm: p is {p}, and there is no element to take it of."));
        if (p == 2)
            return Vectors.Norm(x);
        if (p is 0 or 1)
            return Sum(x, size => p == 1 ? size : size == 0 ? 0 : 1);
        double largest = double.CreateTruncating(Vectors.LargestMagnitude(x));
        double leading = p > 0 || double.IsNaN(largest) ? largest : Smallest(x);
        if (double.IsInfinity(p) || leading == 0 || !double.IsFinite(leading))
            return leading;
        // Relative to what the sum is largest of, or the powers could leave the range.
        return leading * Math.Pow(Sum(x, size => Math.Pow(size / leading, p)), 1 / p);
    }

    private static double Sum<T>(ReadOnlySpan<T> x, Func<double, double> term)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum = 0;
        foreach (T value in x)
            sum += term(Math.Abs(double.CreateTruncating(value)));
        return sum;
    }

    private static double Smallest<T>(ReadOnlySpan<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double smallest = double.PositiveInfinity;
        foreach (T value in x)
            smallest = Math.Min(smallest, Math.Abs(double.CreateTruncating(value)));
        return smallest;
    }
}
