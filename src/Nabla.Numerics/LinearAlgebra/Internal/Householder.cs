using System.Numerics;

namespace Nabla.Numerics.LinearAlgebra;

/// <summary>Reflections that turn a vector onto the first axis (Householder 1958).</summary>
internal static class Householder
{
    /// <summary>
    /// Finds H = I − τ·v·vᵀ with v₀ = 1 and H·x = (β, 0, …, 0): x becomes v, β = −sign(x₀)·‖x‖, τ = (β − x₀) / β,
    /// v = x / (x₀ − β). Where x is on the axis already, H = I: τ = 0.
    /// </summary>
    /// <returns>β and τ.</returns>
    public static (T Beta, T Tau) Reflect<T>(Span<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T first = x[0], rest = Vectors.Norm<T>(x[1..]);
        x[0] = T.One;
        if (rest == T.Zero)
            return (first, T.Zero);
        T beta = T.CopySign(T.Hypot(first, rest), -first), distance = first - beta;
        T inverse = T.One / distance;
        if (T.IsFinite(inverse))
            Vectors.Scale(x[1..], inverse);
        else
            foreach (ref T value in x[1..])
                value /= distance;
        return (beta, -distance / beta);
    }
}
