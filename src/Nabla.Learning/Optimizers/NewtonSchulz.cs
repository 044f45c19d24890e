using System.Buffers;
using System.Runtime.CompilerServices;
using Nabla.Numerics;
using Nabla.Numerics.Kernels;

namespace Nabla.Learning.Optimizers;

/// <summary>
/// The orthogonal factor of a matrix without decomposing it: X ← aX + (bA + cA²)X with A = XXᵀ moves every singular
/// value towards 1, and leaves the singular vectors.
/// </summary>
/// <remarks>
/// With (a, b, c) = (3.4445, −4.7750, 2.0315) five steps bring singular values from 0.01 … 1 to about 0.7 … 1.2: near
/// enough for a step of training, and faster than the coefficients that converge. Jordan et al. 2024, Muon.
/// </remarks>
internal static class NewtonSchulz
{
    private const float A = 3.4445f, B = -4.7750f, C = 2.0315f;

    /// <summary>X [rows, columns] becomes, after being scaled to Frobenius norm 1, nearly U·Vᵀ, in place.</summary>
    public static void Orthogonalize(Memory<float> x, int rows, int columns, int steps)
    {
        if (x.Length == 0)
            return;
        Combine(x, x, (float)(1 / (Math.Sqrt(Elementwise.SquaredNorm(x.Span)) + 1e-7)), 0);
        int small = Math.Min(rows, columns);
        float[] gram = ArrayPool<float>.Shared.Rent(small * small);
        float[] square = ArrayPool<float>.Shared.Rent(small * small);
        float[] product = ArrayPool<float>.Shared.Rent(x.Length);
        Memory<float> g = gram.AsMemory(0, small * small), s = square.AsMemory(0, small * small);
        Memory<float> p = product.AsMemory(0, x.Length);
        bool wide = rows <= columns; // the Gram matrix is that of the shorter side
        for (int step = 0; step < steps; step++)
        {
            Gemm.Multiply(
                new GemmShape(small, small, Math.Max(rows, columns)) { TransposeA = !wide, TransposeB = wide },
                x.Span, x.Span, g.Span);
            Gemm.Multiply(new GemmShape(small, small, small), g.Span, g.Span, s.Span);
            Combine(g, s, B, C);
            Gemm.Multiply(
                new GemmShape(rows, columns, small), wide ? g.Span : x.Span, wide ? x.Span : g.Span, p.Span);
            Combine(x, p, A, 1);
        }
        ArrayPool<float>.Shared.Return(gram);
        ArrayPool<float>.Shared.Return(square);
        ArrayPool<float>.Shared.Return(product);
    }

    /// <summary>x ← αx + βy.</summary>
    private static void Combine(Memory<float> x, ReadOnlyMemory<float> y, float alpha, float beta) =>
        UpdateKernel.Run<Sum>(new UpdateArrays<Sum>[] { new(new Sum(alpha, beta), y, x, []) });

    private readonly struct Sum(float alpha, float beta) : IUpdateRule
    {
        public static int Buffers => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V parameter, V gradient, ref UpdateState<V> state) where V : struct, IReal<V> =>
            V.MultiplyAdd(beta, gradient, alpha * parameter);
    }
}
