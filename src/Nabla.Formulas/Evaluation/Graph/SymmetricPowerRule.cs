using Nabla.Numerics.LinearAlgebra;

namespace Nabla.Formulas.Evaluation.Graph;

/// <summary>
/// Aᵖ = VΛᵖVᵀ of a symmetric matrix. Its derivative is V·(F ∘ (Vᵀ·dA·V))·Vᵀ with Fᵢⱼ = (λᵢᵖ − λⱼᵖ)/(λᵢ − λⱼ), or
/// p·λᵢᵖ⁻¹ where both are the same (Daleckii and Krein 1965; Higham 2008, Functions of Matrices, theorem 3.11).
/// </summary>
internal sealed class SymmetricPowerRule(double exponent) : IRule
{
    // Eigenvalues that are nearer to each other, compared with their size, are taken as one.
    private const double Same = 1e-7;

    // What is smaller, compared with the largest eigenvalue, is 0 that was rounded.
    private const double Rounding = 1e-14;

    private SymmetricEigen<double>? eigen;

    public static Node Apply(Tape tape, Node a, double exponent)
    {
        int n = a.Shape[0];
        tape.Charge((long)n * n, 30L * n * n * n);
        return tape.Add(a.Shape, engine: null, new SymmetricPowerRule(exponent), a);
    }

    /// <inheritdoc/>
    public void Forward(Node y)
    {
        int n = y.Shape[0];
        eigen = new Matrix<double>(n, n, y.Inputs[0].Numbers).Eigh();
        double least = Rounding * eigen.Values.Select(Math.Abs).DefaultIfEmpty().Max();
        for (int i = 0; i < n; i++)
            if (Math.Abs(eigen.Values[i]) <= least)
                eigen.Values[i] = 0;
        if (Array.Exists(eigen.Values, x => x < 0 || x == 0 && exponent < 0))
            throw new FormulaException(exponent < 0
                ? "this power of the matrix does not exist: an eigenvalue of it is not above 0."
                : "this root of the matrix is not real: an eigenvalue of it is below 0.");
        Matrix<double> powers = Matrix<double>.Diagonal([.. eigen.Values.Select(x => Math.Pow(x, exponent))]);
        (eigen.Vectors * powers * eigen.Vectors.Transpose()).Values.CopyTo(y.Numbers);
    }

    /// <inheritdoc/>
    public void Backward(Node y, double[] dy)
    {
        int n = y.Shape[0];
        Matrix<double> v = eigen!.Vectors, turned = v.Transpose() * new Matrix<double>(n, n, dy) * v;
        var scaled = new double[n * n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                scaled[i * n + j] = turned.Values[i * n + j] * Quotient(eigen.Values[i], eigen.Values[j]);
        Matrix<double> slope = v * new Matrix<double>(n, n, scaled) * v.Transpose();
        double[] dx = y.Inputs[0].Slope();
        for (int i = 0; i < dx.Length; i++)
            dx[i] += slope.Values[i];
    }

    private double Quotient(double a, double b) => Math.Abs(a - b) <= Same * Math.Max(Math.Abs(a), Math.Abs(b))
        ? exponent * Math.Pow((a + b) / 2, exponent - 1)
        : (Math.Pow(a, exponent) - Math.Pow(b, exponent)) / (a - b);
}
