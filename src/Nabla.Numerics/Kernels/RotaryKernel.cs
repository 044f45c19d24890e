using System.Runtime.CompilerServices;
using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Kernels;

/// <summary>The sizes and layout of a rotary embedding: x and y are views [B, H, T, D], D even.</summary>
/// <param name="B">Batch.</param>
/// <param name="H">Heads.</param>
/// <param name="T">Positions.</param>
/// <param name="D">Size of a head.</param>
public readonly record struct RotaryShape(int B, int H, int T, int D)
{
    /// <summary>Where the rows of x (dy in the backward pass) lie.</summary>
    public HeadStrides In { get; init; } = HeadStrides.Dense(H, T, D);

    /// <summary>Where the rows of y (dx in the backward pass) lie.</summary>
    public HeadStrides Out { get; init; } = HeadStrides.Dense(H, T, D);

    /// <summary>The position of row 0: the length of the cache when continuing a text.</summary>
    public int Offset { get; init; }
}

/// <summary>cos and sin of the angles, each [positions, D/2].</summary>
public readonly ref struct RotaryAngles(ReadOnlySpan<float> cos, ReadOnlySpan<float> sin)
{
    /// <summary>cos(t·θᵢ).</summary>
    public ReadOnlySpan<float> Cos { get; } = cos;

    /// <summary>sin(t·θᵢ).</summary>
    public ReadOnlySpan<float> Sin { get; } = sin;
}

/// <summary>
/// Rotary position embedding (Su et al. 2021, arXiv:2104.09864, equation 34) in the half-split convention of Hugging
/// Face's Llama: with x = [x₁, x₂], y₁ = x₁·cos − x₂·sin and y₂ = x₂·cos + x₁·sin. Input and output may be the same
/// array.
/// </summary>
public static unsafe class RotaryKernel
{
    /// <summary>Rotates each row by the angles of its position.</summary>
    /// <exception cref="ArgumentException">
    /// Sizes, strides and lengths do not fit, or the table is too short.
    /// </exception>
    public static void Forward(in RotaryShape shape, in RotaryAngles table, ReadOnlySpan<float> x, Span<float> y) =>
        Run(shape, table, x, y, 1);

    /// <summary>Rotates dy back: the inverse of a rotation is its transpose.</summary>
    /// <exception cref="ArgumentException">
    /// Sizes, strides and lengths do not fit, or the table is too short.
    /// </exception>
    public static void Backward(in RotaryShape shape, in RotaryAngles table, ReadOnlySpan<float> dy, Span<float> dx) =>
        Run(shape, table, dy, dx, -1);

    private static void Run(
        in RotaryShape shape, in RotaryAngles table, ReadOnlySpan<float> x, Span<float> y, float sign)
    {
        if (shape.B < 0 || shape.H < 0 || shape.T < 0 || shape.D < 2 || shape.D % 2 != 0 || shape.Offset < 0)
            throw new ArgumentException($"Rotary: {shape} is not possible; D must be even and no size negative.");
        var sizes = new HeadShape(shape.B, shape.H, shape.T, shape.D);
        shape.In.CheckRead("Rotary", "x", x.Length, sizes);
        shape.Out.CheckWritten("Rotary", "y", y.Length, sizes);
        Require.AtLeast("Rotary", table.Cos.Length, ((long)shape.Offset + shape.T) * (shape.D / 2));
        Require.AtLeast("Rotary", table.Sin.Length, ((long)shape.Offset + shape.T) * (shape.D / 2));
        if (sizes.IsEmpty)
            return;
        fixed (float* px = x, py = y, cos = table.Cos, sin = table.Sin)
            Widest.Run(
                RowPieces.Count(shape.B * shape.H, shape.T * shape.D), new Body(shape, px, py, new(cos, sin, sign)));
    }

    private readonly struct Body(RotaryShape shape, float* x, float* y, Angles angles) : ILaneBody
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public void Run<L>(int piece) where L : struct, ILane<L>
        {
            int half = shape.D / 2;
            (int start, int end) = RowPieces.Range(piece, shape.B * shape.H, shape.T * shape.D);
            for (int head = start; head < end; head++)
                for (int t = 0; t < shape.T; t++)
                {
                    long at = ((long)shape.Offset + t) * half;
                    float* from = x + shape.In.At(head / shape.H, head % shape.H, t);
                    float* to = y + shape.Out.At(head / shape.H, head % shape.H, t);
                    LaneLoop.Run<L, Step>(
                        new(from, to, half, new(angles.Cos + at, angles.Sin + at, angles.Sign)), 0, half);
                }
        }
    }

    private readonly struct Angles(float* cos, float* sin, float sign)
    {
        public readonly float* Cos = cos, Sin = sin;
        public readonly float Sign = sign;
    }

    private readonly struct Step(float* x, float* y, int half, Angles angles) : ILaneStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        void ILaneStep.Step<L>(int i, int count)
        {
            L first = L.Load(x + i, count), second = L.Load(x + half + i, count);
            L cos = L.Load(angles.Cos + i, count), sin = L.Load(angles.Sin + i, count) * L.Broadcast(angles.Sign);
            L.Store(first * cos - second * sin, y + i, count);
            L.Store(second * cos + first * sin, y + half + i, count);
        }
    }
}
