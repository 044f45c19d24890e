using Nabla.Numerics.LinearAlgebra;

namespace Nabla.Formulas.Evaluation.Graph;

/// <summary>
/// The principal root A^{1/2} or A^{−1/2} of a matrix that need not be symmetric, by the iteration of Denman and
/// Beavers (1976): X ← (X + Y⁻¹)/2, Y ← (Y + X⁻¹)/2 from X = A, Y = I leads to A^{1/2} and A^{−1/2}. Its derivative is
/// read off the root of a matrix of twice the size: f([[Aᵀ, E], [0, Aᵀ]]) has it in its right upper corner (Higham
/// 2008, Functions of Matrices, theorem 3.6).
/// </summary>
internal sealed class MatrixRootRule(bool isInverse) : IRule
{
    private const int MostSteps = 60;
    private const double Settled = 1e-14, Accepted = 1e-9;

    public static Node Apply(Tape tape, Node a, bool isInverse)
    {
        int n = a.Shape[0];
        tape.Charge((long)n * n, (a.Wants ? 9L : 1L) * 2 * MostSteps * n * n * n);
        return tape.Add(a.Shape, engine: null, new MatrixRootRule(isInverse), a);
    }

    /// <inheritdoc/>
    public void Forward(Node y)
    {
        int n = y.Shape[0];
        Of(new Matrix<double>(n, n, y.Inputs[0].Numbers)).Values.CopyTo(y.Numbers);
    }

    /// <inheritdoc/>
    public void Backward(Node y, double[] dy)
    {
        int n = y.Shape[0];
        double[] a = y.Inputs[0].Numbers;
        var large = new Matrix<double>(2 * n, 2 * n);
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
            {
                large[i, j] = large[n + i, n + j] = a[j * n + i];
                large[i, n + j] = dy[i * n + j];
            }
        Matrix<double> root = Of(large);
        double[] dx = y.Inputs[0].Slope();
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                dx[i * n + j] += root[i, n + j];
    }

    private Matrix<double> Of(Matrix<double> a)
    {
        Matrix<double> x = a, y = Matrix<double>.Identity(a.Rows);
        try
        {
            for (int step = 0; step < MostSteps; step++)
            {
                Matrix<double> next = 0.5 * (x + y.Inv());
                y = 0.5 * (y + x.Inv());
                double change = Size(next - x), size = Size(next);
                x = next;
                if (!(change > Settled * size))
                    break;
            }
        }
        catch (ArgumentException error)
        {
            throw NoRoot(error);
        }
        return Size(x * x - a) <= Accepted * Size(a) ? isInverse ? y : x : throw NoRoot(null);
    }

    private static FormulaException NoRoot(Exception? error) => new(
        "this matrix has no real square root that can be computed: it is singular, or an eigenvalue is below 0.",
        error);

    private static double Size(Matrix<double> a)
    {
        double largest = 0;
        foreach (double value in a.Values)
            largest = double.IsFinite(value) ? Math.Max(largest, Math.Abs(value)) : double.PositiveInfinity;
        return largest;
    }
}
