using static Nabla.Cli.Calculus.Vectors;

namespace Nabla.Cli.Calculus;

/// <summary>What BFGS has learnt from its steps of the inverse second derivatives; at first the identity.</summary>
/// <remarks>Nocedal and Wright 2006, Numerical Optimization, equation 6.17.</remarks>
internal sealed class InverseHessian
{
    private readonly double[,] h;

    public InverseHessian(int n)
    {
        h = new double[n, n];
        for (int i = 0; i < n; i++)
            h[i, i] = 1;
    }

    /// <summary>The direction −H g.</summary>
    public double[] Downhill(double[] gradient) => [.. Times(gradient).Select(part => -part)];

    /// <summary>H ← (I − ρsyᵀ)H(I − ρysᵀ) + ρssᵀ.</summary>
    /// <param name="s">The step.</param>
    /// <param name="y">How the gradient changed in it.</param>
    /// <param name="isFirst">Whether nothing was learnt before: then H takes the scale of this step.</param>
    public void Update(double[] s, double[] y, bool isFirst)
    {
        int n = s.Length;
        double product = Dot(s, y);
        if (product <= 1e-14 * Norm(s) * Norm(y))
            return;
        if (isFirst)
            for (int i = 0; i < n; i++)
                h[i, i] = product / Dot(y, y);
        double[] hy = Times(y);
        double scale = (1 + Dot(y, hy) / product) / product;
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                h[i, j] += scale * s[i] * s[j] - (hy[i] * s[j] + s[i] * hy[j]) / product;
    }

    private double[] Times(double[] vector) =>
        [.. Enumerable.Range(0, vector.Length).Select(i =>
            Enumerable.Range(0, vector.Length).Sum(j => h[i, j] * vector[j]))];
}
