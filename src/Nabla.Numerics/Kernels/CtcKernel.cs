using System.Buffers;
using Nabla.Numerics.Threading;

namespace Nabla.Numerics.Kernels;

/// <summary>What connectionist temporal classification is computed from.</summary>
/// <param name="logProbabilities">log p of each class at each step, [B, T, V].</param>
/// <param name="targets">The classes of all targets, one sequence after the other.</param>
/// <param name="lengths">[2B]: how many steps each sequence has, then how many classes each target.</param>
public readonly ref struct CtcInputs(
    ReadOnlySpan<float> logProbabilities, ReadOnlySpan<int> targets, ReadOnlySpan<int> lengths)
{
    /// <summary>log p, [B, T, V].</summary>
    public ReadOnlySpan<float> LogProbabilities { get; } = logProbabilities;

    /// <summary>The classes of all targets.</summary>
    public ReadOnlySpan<int> Targets { get; } = targets;

    /// <summary>[2B].</summary>
    public ReadOnlySpan<int> Lengths { get; } = lengths;

    /// <summary>T.</summary>
    public int Steps { get; init; }

    /// <summary>V.</summary>
    public int Classes { get; init; }

    /// <summary>The class that stands for nothing.</summary>
    public int Blank { get; init; }
}

/// <summary>
/// Connectionist temporal classification (Graves et al. 2006, ICML): the probability that a sequence of steps, each
/// with a class or a blank, says a target once repetitions and blanks are taken out. The target with a blank before,
/// between and after its classes has 2S + 1 places; α_t(s) sums all ways that are at place s after step t, β_t(s) all
/// ways from there to the end. Sums of products of many small numbers: they are kept as logarithms, in double. One
/// sequence is one piece of work.
/// </summary>
public static unsafe class CtcKernel
{
    /// <summary>−log p(target) of each sequence, [B]; ∞ where no way leads to the target.</summary>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static void Forward(in CtcInputs inputs, Span<float> losses)
    {
        Check(inputs, losses.Length);
        fixed (float* x = inputs.LogProbabilities, y = losses)
        fixed (int* targets = inputs.Targets, lengths = inputs.Lengths)
            WorkerPool.Run(losses.Length, new ForwardBody(new(x, targets, lengths, inputs), losses.Length, y));
    }

    /// <summary>
    /// dL/d log p, [B, T, V], from dL/d of each loss: −dL·(the probability of being at that class at that step, given
    /// the target). Adds to <paramref name="dx"/>; a sequence whose dL is 0 adds nothing.
    /// </summary>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static void Backward(in CtcInputs inputs, ReadOnlySpan<float> dLosses, Span<float> dx)
    {
        Check(inputs, dLosses.Length);
        Require.Length("Ctc backward", dx.Length, inputs.LogProbabilities.Length);
        fixed (float* x = inputs.LogProbabilities, dy = dLosses, to = dx)
        fixed (int* targets = inputs.Targets, lengths = inputs.Lengths)
            WorkerPool.Run(
                dLosses.Length, new BackwardBody(new(x, targets, lengths, inputs), dLosses.Length, dy, to));
    }

    private static void Check(in CtcInputs inputs, int batch)
    {
        if (inputs.Steps < 0)
            throw new ArgumentException($"Ctc: Steps is {inputs.Steps}; it must be 0 or more.");
        Require.Length("Ctc", inputs.Lengths.Length, (Int128)2 * batch);
        Require.Length("Ctc", inputs.LogProbabilities.Length, (Int128)batch * inputs.Steps * inputs.Classes);
        if (inputs.Blank < 0 || inputs.Blank >= inputs.Classes)
            throw new ArgumentException($"Ctc: the blank {inputs.Blank} is none of the {inputs.Classes} classes.");
        long all = 0;
        for (int b = 0; b < batch; b++)
        {
            if ((uint)inputs.Lengths[b] > (uint)inputs.Steps || inputs.Lengths[batch + b] < 0)
                throw new ArgumentException(
                    $"Ctc: sequence {b} has {inputs.Lengths[b]} of {inputs.Steps} steps and "
                    + $"{inputs.Lengths[batch + b]} classes in its target.");
            all += inputs.Lengths[batch + b];
        }
        Require.Length("Ctc", inputs.Targets.Length, all);
        foreach (int target in inputs.Targets)
            if ((uint)target >= (uint)inputs.Classes || target == inputs.Blank)
                throw new ArgumentException(
                    $"Ctc: target {target} must be one of the {inputs.Classes} classes, and not the blank.");
    }

    /// <summary>The arrays, and how to get one sequence of them.</summary>
    private readonly struct Arrays(float* x, int* targets, int* lengths, in CtcInputs inputs)
    {
        private readonly int steps = inputs.Steps, classes = inputs.Classes, blank = inputs.Blank;

        public Sequence Sequence(int index, int batch)
        {
            int before = 0;
            for (int b = 0; b < index; b++)
                before += lengths[batch + b];
            return new(
                x + (long)index * steps * classes, targets + before, (lengths[index], lengths[batch + index]),
                (classes, blank));
        }

        public long Offset(int index) => (long)index * steps * classes;
    }

    /// <summary>One sequence and the walk over its places.</summary>
    private readonly struct Sequence(
        float* x, int* target, (int Steps, int Length) size, (int Classes, int Blank) classes)
    {
        public int Steps => size.Steps;

        public int Places => 2 * size.Length + 1;

        public int Classes => classes.Classes;

        public int ClassAt(int place) => place % 2 == 0 ? classes.Blank : target[place / 2];

        /// <summary>α of the first step, and of step <paramref name="t"/> from the one before.</summary>
        public void Alpha(int t, ReadOnlySpan<double> before, Span<double> alpha)
        {
            for (int s = 0; s < Places; s++)
            {
                double sum = t == 0 ? (s < 2 ? 0 : double.NegativeInfinity) : before[s];
                if (t > 0 && s > 0)
                    sum = LogAdd(sum, before[s - 1]);
                if (t > 0 && s > 1 && MaySkipTo(s))
                    sum = LogAdd(sum, before[s - 2]);
                alpha[s] = sum + LogProbability(t, s);
            }
        }

        /// <summary>β of the last step, and of step <paramref name="t"/> from the one after.</summary>
        public void Beta(int t, ReadOnlySpan<double> after, Span<double> beta)
        {
            for (int s = 0; s < Places; s++)
            {
                if (t == Steps - 1)
                {
                    beta[s] = s >= Places - 2 ? 0 : double.NegativeInfinity;
                    continue;
                }
                double sum = after[s] + LogProbability(t + 1, s);
                if (s + 1 < Places)
                    sum = LogAdd(sum, after[s + 1] + LogProbability(t + 1, s + 1));
                if (s + 2 < Places && MaySkipTo(s + 2))
                    sum = LogAdd(sum, after[s + 2] + LogProbability(t + 1, s + 2));
                beta[s] = sum;
            }
        }

        /// <summary>log p(target) from α of the last step.</summary>
        public double Total(ReadOnlySpan<double> last) =>
            Places == 1 ? last[0] : LogAdd(last[Places - 1], last[Places - 2]);

        // From a class to the next without the blank between them, which two equal classes need.
        private bool MaySkipTo(int place) => place % 2 == 1 && target[place / 2] != target[place / 2 - 1];

        private double LogProbability(int t, int place) => x[(long)t * classes.Classes + ClassAt(place)];
    }

    private readonly struct ForwardBody(Arrays arrays, int batch, float* losses) : IParallelBody
    {
        public void Run(int piece)
        {
            Sequence sequence = arrays.Sequence(piece, batch);
            int places = sequence.Places;
            if (sequence.Steps == 0)
            {
                losses[piece] = places == 1 ? 0 : float.PositiveInfinity;
                return;
            }
            double[] memory = ArrayPool<double>.Shared.Rent(2 * places);
            Span<double> before = memory.AsSpan(0, places), alpha = memory.AsSpan(places, places);
            for (int t = 0; t < sequence.Steps; t++)
            {
                sequence.Alpha(t, before, alpha);
                Span<double> next = before;
                before = alpha;
                alpha = next;
            }
            losses[piece] = (float)-sequence.Total(before);
            ArrayPool<double>.Shared.Return(memory);
        }
    }

    private readonly struct BackwardBody(Arrays arrays, int batch, float* dLosses, float* dx) : IParallelBody
    {
        public void Run(int piece)
        {
            Sequence sequence = arrays.Sequence(piece, batch);
            float dLoss = dLosses[piece];
            if (dLoss == 0 || sequence.Steps == 0)
                return;
            int places = sequence.Places, steps = sequence.Steps;
            double[] memory = ArrayPool<double>.Shared.Rent(checked((steps + 2) * places));
            for (int t = 0; t < steps; t++)
                sequence.Alpha(t, Row(Math.Max(0, t - 1)), Row(t));
            double total = sequence.Total(Row(steps - 1));
            for (int t = steps - 1; t >= 0; t--)
            {
                Span<double> beta = Row(steps + t % 2), alpha = Row(t);
                sequence.Beta(t, Row(steps + (t + 1) % 2), beta);
                float* to = dx + arrays.Offset(piece) + (long)t * sequence.Classes;
                for (int s = 0; s < places; s++)
                    to[sequence.ClassAt(s)] -= (float)(dLoss * Math.Exp(alpha[s] + beta[s] - total));
            }
            ArrayPool<double>.Shared.Return(memory);

            Span<double> Row(int index) => memory.AsSpan(index * places, places);
        }
    }

    private static double LogAdd(double a, double b)
    {
        double larger = Math.Max(a, b);
        return double.IsNegativeInfinity(larger) ? larger : larger + Math.Log(1 + Math.Exp(-Math.Abs(a - b)));
    }
}
