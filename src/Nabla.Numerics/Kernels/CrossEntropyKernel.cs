using System.Runtime.CompilerServices;
using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Kernels;

/// <summary>Logits [R, V] and the right class of each row [R], 0 … V − 1, or −1 to leave the row out.</summary>
public readonly ref struct CrossEntropyInputs(ReadOnlySpan<float> logits, ReadOnlySpan<int> targets)
{
    /// <summary>Logits [R, V].</summary>
    public ReadOnlySpan<float> Logits { get; } = logits;

    /// <summary>Targets [R].</summary>
    public ReadOnlySpan<int> Targets { get; } = targets;
}

/// <summary>
/// Cross-entropy of rows of logits with one right class each: lossᵣ = ln Σⱼ e^(xᵣⱼ) − xᵣ,ₜ. Target −1 leaves a row out:
/// its loss and gradient are 0.
/// </summary>
public static unsafe class CrossEntropyKernel
{
    /// <summary>The target that leaves a row out.</summary>
    public const int Ignore = -1;

    /// <summary>
    /// Losses [R] of logits [R, V], V = logits.Length / R, and ln Σ eˣ as two numbers [R, 2]: the row's maximum m and
    /// ln Σ e^(x − m). The loss is (m − xₜ) + ln Σ e^(x − m). Kept apart they are exact also for huge logits, where
    /// their sum would lose the logarithm.
    /// </summary>
    /// <exception cref="ArgumentException">The lengths do not fit, or a target is not −1 … V − 1.</exception>
    public static void Forward(in CrossEntropyInputs inputs, Span<float> losses, Span<float> logSums)
    {
        int classes = Check(inputs.Logits, inputs.Targets), rows = inputs.Targets.Length;
        Require.Length("CrossEntropy", losses.Length, rows);
        Require.Length("CrossEntropy", logSums.Length, 2L * rows);
        fixed (float* x = inputs.Logits, loss = losses, sum = logSums)
        fixed (int* t = inputs.Targets)
            Widest.Run(RowPieces.Count(rows, classes),
                new ForwardBody(x, t, loss, sum, rows, classes));
    }

    /// <summary>
    /// dx = (e^(x − ln Σ) − onehot(t))·scale of each row (+= if accumulating); <paramref name="logSums"/> [R, 2] is
    /// what the forward pass gave, <paramref name="scale"/> is one number for all rows or one a row [R].
    /// </summary>
    /// <exception cref="ArgumentException">The lengths do not fit, or a target is not −1 … V − 1.</exception>
    public static void Backward(in CrossEntropyInputs inputs, ReadOnlySpan<float> logSums, ReadOnlySpan<float> scale,
        Span<float> dx, bool accumulate)
    {
        int classes = Check(inputs.Logits, inputs.Targets), rows = inputs.Targets.Length;
        Require.Length("CrossEntropy backward", logSums.Length, 2L * rows);
        Require.Length("CrossEntropy backward", dx.Length, inputs.Logits.Length);
        if (scale.Length != 1)
            Require.Length("CrossEntropy backward", scale.Length, rows);
        fixed (float* x = inputs.Logits, sum = logSums, s = scale, d = dx)
        fixed (int* t = inputs.Targets)
            Widest.Run(RowPieces.Count(rows, classes),
                new BackwardBody(new(x, sum, s, d), t, scale.Length == 1 ? 0 : 1, (rows, classes), accumulate));
    }

    private static int Check(ReadOnlySpan<float> logits, ReadOnlySpan<int> targets)
    {
        if (targets.IsEmpty)
        {
            Require.Length("CrossEntropy", logits.Length, 0);
            return 1;
        }
        int classes = logits.Length / targets.Length;
        Require.Length("CrossEntropy", logits.Length, (long)classes * targets.Length);
        for (int r = 0; r < targets.Length; r++)
            if (targets[r] < Ignore || targets[r] >= classes)
                throw new ArgumentException(
                    $"CrossEntropy: the target of row {r} is {targets[r]}; " +
                    $"it must be 0 … {classes - 1}, or −1 to ignore it.");
        return classes;
    }

    private readonly struct ForwardBody(float* x, int* targets, float* losses, float* logSums, int rows, int classes)
        : ILaneBody
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public void Run<L>(int piece) where L : struct, ILane<L>
        {
            (int start, int end) = RowPieces.Range(piece, rows, classes);
            for (int r = start; r < end; r++)
            {
                float* row = x + (long)r * classes;
                float max = LaneRow.Max<L>(row, classes);
                float log = MathF.Log(L.SumAcross(LaneFold.Run<L, ExpSumFold>(new(row, max), default, classes)));
                logSums[2L * r] = max;
                logSums[2L * r + 1] = log;
                losses[r] = targets[r] == Ignore ? 0 : max - row[targets[r]] + log;
            }
        }
    }

    private readonly struct BackwardArrays(float* x, float* logSums, float* scale, float* dx)
    {
        public readonly float* X = x, LogSums = logSums, Scale = scale, Dx = dx;
    }

    private readonly struct BackwardBody(
        BackwardArrays arrays, int* targets, int scaleStride, (int Rows, int Classes) size, bool accumulate) : ILaneBody
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public void Run<L>(int piece) where L : struct, ILane<L>
        {
            int classes = size.Classes;
            (int start, int end) = RowPieces.Range(piece, size.Rows, classes);
            for (int r = start; r < end; r++)
            {
                float* row = arrays.X + (long)r * classes, dx = arrays.Dx + (long)r * classes;
                float scale = arrays.Scale[r * scaleStride];
                if (targets[r] != Ignore)
                {
                    (float, float) sum = (arrays.LogSums[2L * r], arrays.LogSums[2L * r + 1]);
                    LaneLoop.Run<L, Step>(new(row, dx, sum, scale, accumulate), 0, classes);
                    dx[targets[r]] -= scale;
                }
                else if (!accumulate)
                    new Span<float>(dx, classes).Clear();
            }
        }
    }

    private readonly struct Step(float* x, float* dx, (float Max, float Log) sum, float scale, bool accumulate)
        : ILaneStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        void ILaneStep.Step<L>(int i, int count)
        {
            L log = L.Load(x + i, count) - L.Broadcast(sum.Max) - L.Broadcast(sum.Log);
            L gradient = L.Exp(log) * L.Broadcast(scale);
            L.Store(accumulate ? L.Load(dx + i, count) + gradient : gradient, dx + i, count);
        }
    }
}
