using System.Runtime.CompilerServices;
using Nabla.Numerics.Lanes;
using Nabla.Numerics.Memory;

namespace Nabla.Numerics.Kernels;

/// <summary>
/// Group norm and batch norm: y = γ_c·(x − μ)·r + β_c with the mean μ of a set of numbers and r = 1 / √(variance + ε).
/// A set is a group of channels of one image (Wu and He 2018, arXiv:1803.08494), or a channel of all images (Ioffe and
/// Szegedy 2015, arXiv:1502.03167).
/// </summary>
/// <remarks>
/// A set is read while it is in cache: for the mean, for the distances from it and their squares, and for y. Sums are
/// taken in float along a plane, in 64 places side by side, and those of the planes in double, in order.
/// </remarks>
public static unsafe class ChannelNormKernel
{
    /// <summary>y and each set's μ and r from x [B, C, S].</summary>
    /// <param name="shape">What is normalised together.</param>
    /// <param name="x">[B, C, S].</param>
    /// <param name="parameters">γ and β, [C].</param>
    /// <param name="y">[B, C, S].</param>
    /// <param name="statistics">μ and r of each set.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static void Forward(
        in ChannelNormShape shape, ReadOnlySpan<float> x, in NormParameters parameters, Span<float> y,
        in NormStatistics statistics)
    {
        shape.Validate(x.Length);
        Require.Length("GroupNorm", y.Length, x.Length);
        Require.Length("GroupNorm", parameters.Gamma.Length, shape.Channels);
        Require.Length("GroupNorm", parameters.Beta.Length, shape.Channels);
        Require.Length("GroupNorm", statistics.Mean.Length, shape.Sets);
        Require.Length("GroupNorm", statistics.Rstd.Length, shape.Sets);
        if (x.IsEmpty)
            return;
        fixed (float* px = x, py = y, gamma = parameters.Gamma, beta = parameters.Beta)
        fixed (float* mean = statistics.Mean, rstd = statistics.Rstd)
            Widest.Run(Cuts.Count(shape.Sets, shape.SetsInPiece),
                new ForwardBody(shape, new(px, py, mean, rstd), gamma, beta, parameters.Epsilon));
    }

    /// <summary>
    /// With g = dy·γ: dx = r·(g − mean(g) − x̂·mean(g·x̂)) over each set; dγ_c = Σ dy·x̂; dβ_c = Σ dy.
    /// </summary>
    /// <param name="shape">What is normalised together.</param>
    /// <param name="inputs">x, γ and dy.</param>
    /// <param name="statistics">μ and r of each set.</param>
    /// <param name="gradients">Where the results go.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static void Backward(
        in ChannelNormShape shape, in ChannelNormInputs inputs, in NormStatistics statistics,
        in NormGradients gradients)
    {
        shape.Validate(inputs.X.Length);
        Require.Length("GroupNorm backward", inputs.Gamma.Length, shape.Channels);
        Require.Length("GroupNorm backward", inputs.Dy.Length, inputs.X.Length);
        Require.Length("GroupNorm backward", statistics.Mean.Length, shape.Sets);
        Require.Length("GroupNorm backward", statistics.Rstd.Length, shape.Sets);
        Require.Gradients("GroupNorm backward", gradients, inputs.X.Length, shape.Channels);
        if (inputs.X.IsEmpty)
            return;
        int planes = shape.Batch * shape.Channels;
        float* sums = Workspace.GetCommon(2L * planes);
        fixed (float* px = inputs.X, pdy = inputs.Dy, pg = inputs.Gamma, mean = statistics.Mean, rstd = statistics.Rstd)
        fixed (float* dx = gradients.Dx)
            Widest.Run(Cuts.Count(shape.Sets, shape.SetsInPiece),
                new BackwardBody(shape, new(px, pdy, mean, rstd), new(pg, dx, gradients.AccumulateDx), sums));
        AddPlanes(sums, shape.Channels, planes, gradients.DGamma, gradients.AccumulateParameters);
        AddPlanes(sums + planes, shape.Channels, planes, gradients.DBeta, gradients.AccumulateParameters);
    }

    /// <summary>Adds the numbers of all images to those of their channels, in order.</summary>
    private static void AddPlanes(float* sums, int channels, int planes, Span<float> target, bool accumulate)
    {
        for (int c = 0; c < target.Length; c++)
        {
            double sum = accumulate ? target[c] : 0;
            for (int plane = c; plane < planes; plane += channels)
                sum += sums[plane];
            target[c] = (float)sum;
        }
    }

    private readonly struct ForwardBody(
        ChannelNormShape shape, NormArrays arrays, float* gamma, float* beta, float epsilon) : ILaneBody
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public void Run<L>(int piece) where L : struct, ILane<L>
        {
            int end = Math.Min(shape.Sets, (piece + 1) * shape.SetsInPiece);
            for (int set = piece * shape.SetsInPiece; set < end; set++)
            {
                double count = shape.SetSize;
                float mean = (float)(Sum<L>(set) / count);
                // Far from 0 the sum loses digits; what it lost is in the distances from this first mean.
                (double distance, double squares) = Moments<L>(set, mean);
                double variance = Math.Max(0, (squares - distance * distance / count) / count);
                mean += (float)(distance / count);
                float rstd = (float)(1 / Math.Sqrt(variance + epsilon));
                for (int index = 0; index < shape.Planes; index++)
                {
                    int plane = shape.Plane(set, index), channel = plane % shape.Channels;
                    long at = (long)plane * shape.Pixels;
                    LaneLoop.Run<L, ForwardStep>(
                        new(arrays.X + at, arrays.Dy + at, mean, rstd * gamma[channel], beta[channel]), 0,
                        shape.Pixels);
                }
                arrays.Mean[set] = mean;
                arrays.Rstd[set] = rstd;
            }
        }

        private double Sum<L>(int set) where L : struct, ILane<L>
        {
            double sum = 0;
            for (int index = 0; index < shape.Planes; index++)
                sum += LaneFold.RunInFour<L, SumFold>(
                    new(arrays.X + (long)shape.Plane(set, index) * shape.Pixels), shape.Pixels);
            return sum;
        }

        /// <summary>Σ(x − m) and Σ(x − m)² over a set.</summary>
        private (double Sum, double Squares) Moments<L>(int set, float middle) where L : struct, ILane<L>
        {
            double sum = 0, squares = 0;
            for (int index = 0; index < shape.Planes; index++)
            {
                float* x = arrays.X + (long)shape.Plane(set, index) * shape.Pixels;
                sum += LaneFold.RunInFour<L, DistanceFold>(new(x, middle), shape.Pixels);
                squares += LaneFold.RunInFour<L, SquaredDistanceFold>(new(x, middle), shape.Pixels);
            }
            return (sum, squares);
        }
    }

    private readonly struct ForwardStep(float* x, float* y, float mean, float scale, float shift) : ILaneStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<L>(int i, int count) where L : struct, ILane<L>
        {
            L centred = L.Load(x + i, count) - L.Broadcast(mean);
            L.Store(L.MultiplyAdd(centred, L.Broadcast(scale), L.Broadcast(shift)), y + i, count);
        }
    }

    private readonly struct BackwardBody(ChannelNormShape shape, NormArrays arrays, Outputs outputs, float* sums)
        : ILaneBody
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public void Run<L>(int piece) where L : struct, ILane<L>
        {
            int end = Math.Min(shape.Sets, (piece + 1) * shape.SetsInPiece);
            for (int set = piece * shape.SetsInPiece; set < end; set++)
            {
                float mean = arrays.Mean[set], rstd = arrays.Rstd[set];
                double sum = 0, along = 0;
                for (int index = 0; index < shape.Planes; index++)
                {
                    int plane = shape.Plane(set, index);
                    long at = (long)plane * shape.Pixels;
                    float planeSum = LaneFold.RunInFour<L, SumFold>(new(arrays.Dy + at), shape.Pixels);
                    float planeAlong = rstd * LaneFold.RunInFour<L, CentredFold>(
                        new(arrays.X + at, arrays.Dy + at, mean), shape.Pixels);
                    sums[plane] = planeAlong;
                    sums[shape.Batch * shape.Channels + plane] = planeSum;
                    float gamma = outputs.Gamma[plane % shape.Channels];
                    sum += gamma * (double)planeSum;
                    along += gamma * (double)planeAlong;
                }
                if (outputs.Dx is not null)
                    WriteDx<L>(
                        set, (float)(-rstd * rstd * along / shape.SetSize), (float)(-rstd * sum / shape.SetSize));
            }
        }

        /// <summary>dx = r·γ·dy + (x − μ)·slope + shift.</summary>
        private void WriteDx<L>(int set, float slope, float shift) where L : struct, ILane<L>
        {
            float mean = arrays.Mean[set], rstd = arrays.Rstd[set];
            for (int index = 0; index < shape.Planes; index++)
            {
                int plane = shape.Plane(set, index);
                long at = (long)plane * shape.Pixels;
                float scale = rstd * outputs.Gamma[plane % shape.Channels];
                var line = new Line(scale, slope, shift - mean * slope);
                LaneLoop.Run<L, BackwardStep>(
                    new(arrays.X + at, arrays.Dy + at, outputs.Dx + at, line, outputs.Accumulate), 0, shape.Pixels);
            }
        }
    }

    private readonly struct Outputs(float* gamma, float* dx, bool accumulate)
    {
        public readonly float* Gamma = gamma, Dx = dx;
        public readonly bool Accumulate = accumulate;
    }

    private readonly record struct Line(float Scale, float Slope, float Shift);

    private readonly struct BackwardStep(float* x, float* dy, float* dx, Line line, bool accumulate) : ILaneStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<L>(int i, int count) where L : struct, ILane<L>
        {
            L along = L.MultiplyAdd(L.Load(x + i, count), L.Broadcast(line.Slope), L.Broadcast(line.Shift));
            L gradient = L.MultiplyAdd(L.Load(dy + i, count), L.Broadcast(line.Scale), along);
            L.Store(accumulate ? L.Load(dx + i, count) + gradient : gradient, dx + i, count);
        }
    }

    /// <summary>Σ dy·(x − μ).</summary>
    private readonly struct CentredFold(float* x, float* dy, float mean) : ILaneFold
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public L Fold<L>(L running, int i, int count) where L : struct, ILane<L> =>
            L.MultiplyAdd(L.Load(dy + i, count), L.Load(x + i, count) - L.Broadcast(mean), running);
    }
}

/// <summary>What the backward pass of a channel norm reads.</summary>
public readonly ref struct ChannelNormInputs(ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, ReadOnlySpan<float> dy)
{
    /// <summary>x [B, C, S].</summary>
    public ReadOnlySpan<float> X { get; } = x;

    /// <summary>γ [C].</summary>
    public ReadOnlySpan<float> Gamma { get; } = gamma;

    /// <summary>dL/dy [B, C, S].</summary>
    public ReadOnlySpan<float> Dy { get; } = dy;
}
