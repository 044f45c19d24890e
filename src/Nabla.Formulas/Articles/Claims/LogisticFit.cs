using Nabla.Numerics.LinearAlgebra;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>
/// Logistic regression with an L2 penalty of C = 1, as scikit-learn has it: ½‖w‖² + Σ log(1 + e^(−y(wᵀx + b))), by
/// Newton's steps; the bias is not penalised.
/// </summary>
internal static class LogisticFit
{
    private const int Steps = 50;

    /// <summary>The weights, and the bias behind them.</summary>
    public static double[] Ridge(TrainingTable table)
    {
        int n = table.Features.Count;
        var w = new double[n + 1];
        for (int step = 0; step < Steps; step++)
        {
            var gradient = new Matrix<double>(n + 1, 1);
            var hessian = new Matrix<double>(n + 1, n + 1);
            for (int i = 0; i < n; i++)
            {
                gradient[i, 0] = w[i];
                hessian[i, i] = 1;
            }
            foreach (double[] row in table.Rows)
                Add(row, w, gradient, hessian);
            Matrix<double> change = hessian.Solve(gradient);
            for (int i = 0; i <= n; i++)
                w[i] -= change[i, 0];
        }
        return w;
    }

    private static void Add(double[] row, double[] w, Matrix<double> gradient, Matrix<double> hessian)
    {
        int n = w.Length - 1;
        double X(int i) => i == n ? 1 : row[i];
        double z = 0;
        for (int i = 0; i <= n; i++)
            z += w[i] * X(i);
        double p = 1 / (1 + Math.Exp(-z));
        for (int i = 0; i <= n; i++)
        {
            gradient[i, 0] += (p - row[^1]) * X(i);
            for (int j = 0; j <= n; j++)
                hessian[i, j] += p * (1 - p) * X(i) * X(j);
        }
    }
}
