namespace Nabla.Learning.Optimizers;

/// <summary>
/// (A + λI)x = b for a symmetric A [n, n], by Cholesky's decomposition in double, which also says whether the matrix is
/// positive definite: only then x leads downhill.
/// </summary>
internal sealed class DampedSystem(double[] a, int n)
{
    /// <summary>x; null where A + λI is not positive definite.</summary>
    public double[]? Solve(double damping, ReadOnlySpan<double> b)
    {
        double[] l = [.. a];
        for (int i = 0; i < n; i++)
            l[i * n + i] += damping;
        return Factor(l) ? Substitute(l, b) : null;
    }

    /// <summary>xᵀAx.</summary>
    public double Curvature(ReadOnlySpan<double> x)
    {
        double sum = 0;
        for (int i = 0; i < n; i++)
            sum += x[i] * Dot(a.AsSpan(i * n, n), x);
        return sum;
    }

    private bool Factor(double[] l)
    {
        for (int i = 0; i < n; i++)
            for (int j = 0; j <= i; j++)
            {
                double rest = l[i * n + j] - Dot(l.AsSpan(i * n, j), l.AsSpan(j * n, j));
                if (i != j)
                    l[i * n + j] = rest / l[j * n + j];
                else if (rest > 0 && double.IsFinite(rest))
                    l[i * n + i] = Math.Sqrt(rest);
                else
                    return false;
            }
        return true;
    }

    private double[] Substitute(double[] l, ReadOnlySpan<double> b)
    {
        var x = new double[n];
        for (int i = 0; i < n; i++)
            x[i] = (b[i] - Dot(l.AsSpan(i * n, i), x)) / l[i * n + i];
        for (int i = n - 1; i >= 0; i--)
        {
            x[i] /= l[i * n + i];
            for (int j = 0; j < i; j++)
                x[j] -= l[i * n + j] * x[i];
        }
        return x;
    }

    private static double Dot(ReadOnlySpan<double> row, ReadOnlySpan<double> x)
    {
        double sum = 0;
        for (int i = 0; i < row.Length; i++)
            sum += row[i] * x[i];
        return sum;
    }
}
