namespace Nabla.Numerics.Calculus;

/// <summary>
/// A few linear equations in double: Gaussian elimination with the largest pivot of each column (Golub and Van Loan
/// 2013, section 3.4).
/// </summary>
internal static class SmallSystem
{
    /// <summary>x with A·x = b; null if A is singular. Both arrays are used up.</summary>
    public static double[]? Solve(double[,] a, double[] b)
    {
        int n = b.Length;
        for (int k = 0; k < n; k++)
        {
            int pivot = k;
            for (int i = k + 1; i < n; i++)
                if (Math.Abs(a[i, k]) > Math.Abs(a[pivot, k]))
                    pivot = i;
            if (a[pivot, k] == 0)
                return null;
            for (int j = k; j < n && pivot != k; j++)
                (a[k, j], a[pivot, j]) = (a[pivot, j], a[k, j]);
            (b[k], b[pivot]) = (b[pivot], b[k]);
            for (int i = k + 1; i < n; i++)
            {
                double factor = a[i, k] / a[k, k];
                for (int j = k + 1; j < n; j++)
                    a[i, j] -= factor * a[k, j];
                b[i] -= factor * b[k];
            }
        }
        for (int k = n - 1; k >= 0; k--)
        {
            for (int j = k + 1; j < n; j++)
                b[k] -= a[k, j] * b[j];
            b[k] /= a[k, k];
        }
        return Array.TrueForAll(b, double.IsFinite) ? b : null;
    }
}
