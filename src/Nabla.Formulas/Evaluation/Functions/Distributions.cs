using Nabla.Formulas.Evaluation.Graph;
using Nabla.Formulas.Evaluation.Quantities;
using Nabla.Formulas.Evaluation.Rules;

namespace Nabla.Formulas.Evaluation.Functions;

/// <summary>Densities of named distributions: 𝒩(x; μ, σ²).</summary>
internal static class Distributions
{
    /// <summary>The rows.</summary>
    public static IEnumerable<Function> All { get; } =
    [
        new("normal_pdf", 3, 3, NormalDensity),
        new("uniform_pdf", 3, 3, UniformDensity),
        new("bernoulli_pdf", 2, 2, Bernoulli),
    ];

    /// <summary>
    /// The density of N(μ, Σ) at x: Σ is a variance, for vectors σ²I, or a covariance matrix.
    /// </summary>
    private static Quantity NormalDensity(Application f)
    {
        Quantity x = f[0], mean = f[1], covariance = Averages.Variance(f.C, f.Call.Arguments[2], f[2]);
        Quantity distance = f.A.Subtract(x, mean);
        int n = distance.Rank == 0 ? 1 : distance.Own[0];
        if (covariance.Rank == 2)
        {
            Quantity inverse = PowerRules.Inverse(f.A, covariance);
            Quantity square = f.A.Dot(
                f.A.MatrixProduct(f.A.Transpose(distance), inverse) with { IsRow = false }, distance);
            return Density(f, square, f.A.Map(Elementary.Log, Matrices.Determinant(f.A, covariance)), n);
        }
        covariance = covariance with { IsIdentity = false };
        Quantity scaled = f.A.Divide(f.A.Map(Elementary.Square, distance), covariance);
        Quantity logs = f.A.Add(f.A.Map(Elementary.Log, covariance), f.A.Multiply(distance, f.A.Number(0)));
        return Density(f, f.A.FoldOwn(scaled, Reductions.Sum), f.A.FoldOwn(logs, Reductions.Sum), n);
    }

    /// <summary>exp(−½·(square + log det Σ + n·log 2π)).</summary>
    private static Quantity Density(Application f, Quantity square, Quantity logDeterminant, int n)
    {
        Quantity sum = f.A.Add(f.A.Add(square, logDeterminant), f.A.Number(n * Math.Log(2 * Math.PI)));
        return f.A.Map(Elementary.Exp, f.A.Multiply(f.A.Number(-0.5), sum));
    }

    private static Quantity UniformDensity(Application f)
    {
        Quantity above = f.A.Zip(ConstantPairRule.Holds((x, low) => x >= low), f[0], f[1], "≥");
        Quantity below = f.A.Zip(ConstantPairRule.Holds((x, high) => x <= high), f[0], f[2], "≤");
        return f.A.Divide(f.A.Multiply(above, below), f.A.Subtract(f[2], f[1]));
    }

    /// <summary>pˣ·(1 − p)¹⁻ˣ of x = 0 or 1, as x·p + (1 − x)·(1 − p).</summary>
    private static Quantity Bernoulli(Application f)
    {
        Quantity one = f.A.Number(1);
        return f.A.Add(
            f.A.Multiply(f[0], f[1]), f.A.Multiply(f.A.Subtract(one, f[0]), f.A.Subtract(one, f[1])));
    }
}
