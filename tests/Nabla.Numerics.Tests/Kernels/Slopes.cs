namespace Nabla.Numerics.Tests.Kernels;

/// <summary>Gradients against the exact derivative of a plain reference, taken by dual numbers.</summary>
internal static class Slopes
{
    /// <summary>
    /// Along random directions u, ⟨dx, u⟩ must be the derivative of loss(x + εu) at ε = 0, up to rounding of its terms.
    /// </summary>
    public static void ShouldBeGradient(this float[] dx, float[] x, Func<Dual[], Dual> loss, double tolerance = 1e-5)
    {
        dx.Length.ShouldBe(x.Length);
        for (int trial = 0; trial < 4; trial++)
        {
            float[] u = Arrays.Normal(x.Length, 100 + trial);
            double slope = 0, size = 0.1;
            for (int i = 0; i < x.Length; i++)
            {
                slope += (double)dx[i] * u[i];
                size += Math.Abs((double)dx[i] * u[i]);
            }
            double truth = loss([.. x.Select((v, i) => new Dual(v, u[i]))]).Derivative;
            slope.ShouldBe(truth, tolerance * size, $"along direction {trial}");
        }
    }

    /// <summary>Σ y·dy: the loss whose gradient by y is dy.</summary>
    public static Dual Dot(Dual[] y, float[] dy)
    {
        Dual sum = 0;
        for (int i = 0; i < y.Length; i++)
            sum += y[i] * dy[i];
        return sum;
    }

    public static double[] Values(this Dual[] y) => [.. y.Select(v => v.Value)];

    public static Dual[] Duals(this float[] x) => [.. x.Select(v => (Dual)v)];
}
