using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Calculus;

/// <summary>
/// Derivatives of functions of doubles: exact ones, by dual numbers, and numerical ones, by differences. A function for
/// the exact ones is written over any number type, <c>static V F&lt;V&gt;(V x) where V : struct, IReal&lt;V&gt;</c>, or
/// as a lambda with operators.
/// </summary>
public static partial class Differentiate
{
    /// <summary>f′(x) by a dual number: exact to rounding. Clifford 1873; Wengert 1964.</summary>
    /// <exception cref="ArgumentOutOfRangeException">x is not finite.</exception>
    /// <example><code>
    /// Differentiate.Derivative(x => x * x * x, 2);   // = 12
    /// 3 * Math.Pow(2, 2);                            // = 12
    /// </code></example>
    public static double Derivative(Func<Dual<Real64>, Dual<Real64>> f, double x)
    {
        ArgumentNullException.ThrowIfNull(f);
        Finite.Argument("Derivative", nameof(x), x);
        return f(Dual<Real64>.Variable(x)).Derivative.Value;
    }

    /// <summary>f″(x) by a hyper-dual number: exact to rounding. Fike and Alonso 2011, AIAA 2011-886.</summary>
    /// <exception cref="ArgumentOutOfRangeException">x is not finite.</exception>
    /// <example><code>
    /// Differentiate.SecondDerivative(x => x * x * x, 2);   // = 12
    /// 6 * 2;                                               // = 12
    /// </code></example>
    public static double SecondDerivative(Func<Dual<Dual<Real64>>, Dual<Dual<Real64>>> f, double x)
    {
        ArgumentNullException.ThrowIfNull(f);
        Finite.Argument("SecondDerivative", nameof(x), x);
        return f(new(Dual<Real64>.Variable(x), 1)).Derivative.Derivative.Value;
    }

    /// <summary>∇f(x), one evaluation with dual numbers for each of x's numbers.</summary>
    /// <exception cref="ArgumentException">x is empty or not finite.</exception>
    /// <example><code>
    /// Differentiate.Gradient(p => p[0] * p[0] + 2 * p[0] * p[1] + p[1] * p[1], [3, 2]);   // = [10, 10]
    /// 2 * 3 + 2 * 2;                                                                     // = 10
    /// </code></example>
    public static double[] Gradient(Func<Dual<Real64>[], Dual<Real64>> f, ReadOnlySpan<double> x)
    {
        ArgumentNullException.ThrowIfNull(f);
        Finite.Arguments("Gradient", nameof(x), x);
        var gradient = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
            gradient[i] = f(Seeded(x, i)).Derivative.Value;
        return gradient;
    }

    /// <summary>J_ij = ∂f_i/∂x_j, [m, n], one evaluation with dual numbers for each column.</summary>
    /// <exception cref="ArgumentException">x is empty or not finite, or f gives results of different sizes.</exception>
    /// <example><code>
    /// double[,] j = Differentiate.Jacobian(p => [p[0] * p[1], p[0] + p[1]], [3, 5]);
    /// j[0, 0];   // = 5
    /// j[0, 1];   // = 3
    /// </code></example>
    public static double[,] Jacobian(Func<Dual<Real64>[], Dual<Real64>[]> f, ReadOnlySpan<double> x)
    {
        ArgumentNullException.ThrowIfNull(f);
        Finite.Arguments("Jacobian", nameof(x), x);
        double[,]? jacobian = null;
        for (int j = 0; j < x.Length; j++)
        {
            Dual<Real64>[] y = f(Seeded(x, j));
            jacobian ??= new double[y.Length, x.Length];
            if (y.Length != jacobian.GetLength(0))
                throw new ArgumentException(
                    $"Jacobian: the function gave {jacobian.GetLength(0)} numbers, then {y.Length}; it must always " +
                    "give as many.", nameof(f));
            for (int i = 0; i < y.Length; i++)
                jacobian[i, j] = y[i].Derivative.Value;
        }
        return jacobian!;
    }

    /// <summary>H_ij = ∂²f/∂x_i∂x_j, [n, n], symmetric, one evaluation with hyper-dual numbers for each pair.</summary>
    /// <exception cref="ArgumentException">x is empty or not finite.</exception>
    /// <example><code>
    /// double[,] h = Differentiate.Hessian(p => p[0] * p[0] * p[1], [3, 5]);
    /// h[0, 0];   // = 10
    /// h[0, 1];   // = 6
    /// </code></example>
    public static double[,] Hessian(Func<Dual<Dual<Real64>>[], Dual<Dual<Real64>>> f, ReadOnlySpan<double> x)
    {
        ArgumentNullException.ThrowIfNull(f);
        Finite.Arguments("Hessian", nameof(x), x);
        var hessian = new double[x.Length, x.Length];
        for (int i = 0; i < x.Length; i++)
            for (int j = 0; j <= i; j++)
            {
                var point = new Dual<Dual<Real64>>[x.Length];
                for (int k = 0; k < point.Length; k++)
                    point[k] = new(new Dual<Real64>(x[k], k == i ? 1 : 0), k == j ? 1 : 0);
                hessian[i, j] = hessian[j, i] = f(point).Derivative.Derivative.Value;
            }
        return hessian;
    }

    private static Dual<Real64>[] Seeded(ReadOnlySpan<double> x, int variable)
    {
        var point = new Dual<Real64>[x.Length];
        for (int k = 0; k < point.Length; k++)
            point[k] = new(x[k], k == variable ? 1 : 0);
        return point;
    }
}
