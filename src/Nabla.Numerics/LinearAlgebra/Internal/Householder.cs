using System.Numerics;

namespace Nabla.Numerics.LinearAlgebra;

/// <summary>Reflections that turn a vector onto the first axis (Householder 1958).</summary>
internal static class Householder
{
    /// <summary>
    /// Finds H = I − τ·v·vᵀ with v₀ = 1 and H·x = (β, 0, …, 0): x becomes v, β = −sign(x₀)·‖x‖, v = x / (x₀ − β),
    /// τ = 2 / ‖v‖². Where x is on the axis already, H = I: τ = 0.
    /// </summary>
    /// <remarks>
    /// τ comes from v as it was rounded, in double, and not from x: so each H is orthogonal to the last bit of τ, and a
    /// thousand of them still are.
    /// </remarks>
    /// <returns>β and τ.</returns>
    public static (T Beta, T Tau) Reflect<T>(Span<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double first = double.CreateTruncating(x[0]), rest = Vectors.Norm<T>(x[1..]);
        if (rest == 0)
        {
            x[0] = T.One;
            return (T.CreateTruncating(first), T.Zero);
        }
        double beta = double.CopySign(double.Hypot(first, rest), -first);
        T distance = T.CreateTruncating(first - beta), inverse = T.One / distance;
        x[0] = T.One;
        if (T.IsFinite(inverse))
            Vectors.Scale(x[1..], inverse);
        else
            foreach (ref T value in x[1..])
                value /= distance;
        return (T.CreateTruncating(beta), T.CreateTruncating(2 / (1 + Vectors.SumOfSquares<T>(x[1..]))));
    }
}
