using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Memory;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// Connectionist temporal classification: L_b = −log Σ_π Π_t p_t(π_t) over all ways π to say target b in T steps, with
/// blanks and repetitions, from log p [B, T, V]. dL/d log p_t(k) = −(the probability of k at t, given the target).
/// Graves et al. 2006, ICML.
/// </summary>
public sealed class CtcOp : Op, ISampledOp
{
    private readonly Tensor logProbabilities;
    private readonly SavedNumbers<int> targets, lengths;
    private readonly int blank;
    private readonly bool zeroInfinity;
    private Tensor? possible; // [B]: 1, or 0 where no way leads to the target

    internal CtcOp(
        Tensor logProbabilities, ReadOnlySpan<int> targets, ReadOnlySpan<int> lengths, int blank, bool zeroInfinity)
        : base(logProbabilities)
    {
        if (logProbabilities.Rank != 3)
            throw new ArgumentException(
                $"Ctc: the logarithms of probabilities {logProbabilities.Shape} must be [B, T, V].");
        this.logProbabilities = logProbabilities;
        (this.targets, this.lengths) = (Save(targets), Save(lengths));
        (this.blank, this.zeroInfinity) = (blank, zeroInfinity);
    }

    /// <inheritdoc/>
    public override string Formula => "L = −log Σ_π Π_t p_t(π_t)";

    /// <inheritdoc/>
    protected internal override bool ReadsResult => false;

    private int Batch => logProbabilities.Shape[0];

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        yield return Sample([2, 5, 4], [1, 2, 2, 3], [5, 4, 3, 1], 0);
        yield return Sample([1, 1, 1], [], [1, 0], 0);
        yield return Sample([0, 3, 2], [], [], 1);
        yield return Sample([3, 4, 3], [1, 1, 0, 1], [3, 4, 4, 2, 0, 2], 2);
        yield return Sample([2, 2, 3], [1, 1, 1], [2, 0, 3, 0], 0); // the first cannot be said
        int[] lengths = [2, 3, 3, 3, 3, 3, 3, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1];
        yield return Sample([9, 3, 5], new Rng(1).Integers(9, 4), lengths, 4);

        CtcOp Sample(Shape shape, int[] said, int[] counts, int blank) =>
            new(Tensor.Randn(shape, rng).LogSoftmax().Detach(), said, counts, blank, zeroInfinity: true);
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) =>
        new CtcOp(inputs[0], targets.Span, lengths.Span, blank, zeroInfinity);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs)
    {
        var losses = new NdArray<V>([Batch]);
        int first = 0;
        for (int b = 0; b < Batch; b++)
        {
            int[] target = targets.Span.Slice(first, lengths.Span[Batch + b]).ToArray();
            first += target.Length;
            losses.Values[b] = Loss(inputs[0], b, target);
        }
        return losses;
    }

    private V Loss<V>(NdArray<V> x, int b, int[] target) where V : struct, IReal<V>
    {
        // The probability of having said the first k classes, the last step having been a blank or the k-th class.
        V[] blanks = new V[target.Length + 1], classes = new V[target.Length + 1];
        blanks[0] = 1;
        int least = target.Length + target.Index().Count(k => k.Index > 0 && k.Item == target[k.Index - 1]);
        if (least > lengths.Span[b])
            return zeroInfinity ? 0 : (V)double.PositiveInfinity;
        for (int t = 0; t < lengths.Span[b]; t++)
        {
            V[] nextBlanks = new V[blanks.Length], nextClasses = new V[blanks.Length];
            for (int k = 0; k < blanks.Length; k++)
            {
                nextBlanks[k] = V.Exp(x[b, t, blank]) * (blanks[k] + classes[k]);
                if (k > 0)
                    nextClasses[k] = V.Exp(x[b, t, target[k - 1]]) * (classes[k] + blanks[k - 1]
                        + (k > 1 && target[k - 1] != target[k - 2] ? classes[k - 1] : 0));
            }
            (blanks, classes) = (nextBlanks, nextClasses);
        }
        return -V.Log(blanks[^1] + classes[^1]);
    }

    /// <inheritdoc/>
    protected override Tensor Forward()
    {
        Tensor losses = Tensor.Uninitialized([Batch]);
        CtcKernel.Forward(Numbers(), losses.Writable());
        if (!zeroInfinity)
            return losses;
        possible = Save(Tensor.Ones([Batch]));
        for (int b = 0; b < Batch; b++)
            if (float.IsPositiveInfinity(losses.AsSpan()[b]))
                losses.Writable()[b] = possible.Writable()[b] = 0;
        return losses;
    }

    /// <inheritdoc/>
    protected internal override void Backward(Tensor y, Tensor dy, Gradients gradients)
    {
        Tensor dLosses = Tensor.Uninitialized([Batch]);
        for (int b = 0; b < Batch; b++)
            dLosses.Writable()[b] = dy.AsSpan()[b] * (possible?.AsSpan()[b] ?? 1);
        CtcKernel.Backward(Numbers(), dLosses.AsSpan(), gradients.AccumulatedSlot(logProbabilities));
    }

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents)
    {
        if (Batch == 0)
            return null;
        var losses = new Tensor[Batch];
        int first = 0;
        for (int b = 0; b < Batch; b++)
        {
            int count = lengths.Span[Batch + b];
            bool constant = lengths.Span[b] == 0 || float.IsInfinity(y.AsSpan()[b]) || possible?.AsSpan()[b] == 0;
            losses[b] = constant ? Tensor.Zeros([1])
                : ElementaryLoss(logProbabilities.Slice(0, b, 1), targets.Span.Slice(first, count), lengths.Span[b]);
            first += count;
        }
        return tangents.Through(Tensor.Concat(0, losses));
    }

    /// <summary>
    /// The loss of x [1, T, V] by elementary operations: the states (blank, class, blank, class, …, blank) are walked
    /// through by a matrix of the steps that are allowed, and scaled to a sum of 1 after each. Rabiner 1989, section
    /// V.A.
    /// </summary>
    private Tensor ElementaryLoss(Tensor x, ReadOnlySpan<int> target, int steps)
    {
        int states = 2 * target.Length + 1;
        var labels = new int[states];
        float[] allowed = new float[states * states], start = new float[states], end = new float[states];
        for (int s = 0; s < states; s++)
        {
            labels[s] = s % 2 == 0 ? blank : target[s / 2];
            start[s] = s < 2 ? 1 : 0;
            end[s] = s >= states - 2 ? 1 : 0;
            for (int from = Math.Max(0, s - 1); from <= s; from++)
                allowed[s * states + from] = 1;
            if (s % 2 == 1 && s > 1 && labels[s] != labels[s - 2])
                allowed[s * states + s - 2] = 1;
        }
        Tensor walk = new(allowed, [states, states]), first = new(start, [states, 1]), loss = Tensor.Zeros([1]);
        Tensor? reached = null;
        for (int t = 0; t < steps; t++)
        {
            Tensor said = x.Slice(1, t, 1).Take(labels, [states, 1]);
            Tensor highest = said.Detach().Max(), before = reached is null ? first : walk.MatMul(reached);
            Tensor next = (said - highest).Exp() * before, sum = next.Sum();
            reached = next / sum;
            loss = loss - sum.Log() - highest;
        }
        return loss - (reached! * new Tensor(end, [states, 1])).Sum().Log();
    }

    private CtcInputs Numbers() => new(logProbabilities.Dense().AsSpan(), targets.Span, lengths.Span)
    {
        Steps = logProbabilities.Shape[1],
        Classes = logProbabilities.Shape[2],
        Blank = blank,
    };
}

/// <summary>Gives tensors the operation <see cref="CtcOp"/>.</summary>
public static class CtcExtensions
{
    extension(Tensor logProbabilities)
    {
        /// <summary>
        /// −log of the probability that each sequence of log p [B, T, V] says its target, [B]; ∞ where it cannot, or
        /// with <paramref name="zeroInfinity"/> 0.
        /// </summary>
        /// <param name="targets">The classes of all targets, one after the other.</param>
        /// <param name="lengths">[2B]: the steps of each sequence, then the classes of each target.</param>
        /// <param name="blank">The class that stands for nothing.</param>
        /// <param name="zeroInfinity">Whether a target that cannot be said counts as 0.</param>
        /// <exception cref="ArgumentException">The lengths do not fit, or a target is no class.</exception>
        public Tensor Ctc(
            ReadOnlySpan<int> targets, ReadOnlySpan<int> lengths, int blank = 0, bool zeroInfinity = false) =>
            new CtcOp(logProbabilities, targets, lengths, blank, zeroInfinity).Apply();
    }
}
