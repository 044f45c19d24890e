using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Memory;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// Mean cross-entropy in nats from logits [..., V] and a target class for each row: L = −1/n·Σ_r log softmax(x_r)[t_r],
/// over the n rows whose target is not −1; NaN if there are none, as in PyTorch. Row losses are summed in double.
/// dL/dx = (softmax(x) − onehot(t))/n.
/// </summary>
public sealed class CrossEntropyOp : Op, ISampledOp
{
    private readonly Tensor logits;
    private readonly SavedNumbers<int> targets;
    private readonly int counted; // rows whose target is not −1
    private Tensor? logSums; // [R, 2]

    internal CrossEntropyOp(Tensor logits, ReadOnlySpan<int> targets) : base(logits)
    {
        if (logits.Rank == 0 || targets.Length != logits.Shape.Without(-1).ElementCount)
            throw new ArgumentException(
                $"CrossEntropy: {targets.Length} targets for logits {logits.Shape}; " +
                "give one for each row of the last dimension.");
        this.logits = logits;
        this.targets = Save(targets);
        counted = targets.Length - targets.Count(CrossEntropyKernel.Ignore);
    }

    /// <inheritdoc/>
    public override string Formula => "L = −1/n·Σ_r log(exp(x_{r,t_r})/Σ_j exp(x_{r,j}))";

    /// <inheritdoc/>
    public override IEnumerable<FormulaInstance> FormulaInstances(Shape result)
    {
        int classes = logits.Shape[-1];
        int[] rows = [.. Enumerable.Range(0, targets.Length).Where(r => targets.Span[r] != CrossEntropyKernel.Ignore)];
        if (rows.Length > 0)
            yield return new FormulaInstance(new("L", -1, [], [0]), [new("x", 0, [rows.Length, classes],
                [.. rows.SelectMany(r => Enumerable.Range(r * classes, classes))])])
                .With("t", [rows.Length], [.. rows.Select(r => targets.Span[r] + 1.0)]).With("n", rows.Length);
    }

    /// <inheritdoc/>
    protected internal override bool ReadsResult => false;

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        yield return new CrossEntropyOp(Tensor.Randn([4, 7], rng), [0, 6, -1, 3]);
        yield return new CrossEntropyOp(Tensor.Randn([2, 2, 5], rng), [1, 2, 3, 4]);
        yield return new CrossEntropyOp(Tensor.Randn([1], rng), [0]);
        yield return new CrossEntropyOp(Tensor.Randn([0, 3], rng), []);
        yield return new CrossEntropyOp(Tensor.Randn([300, 70], rng), new Rng(1).Integers(300, 70));
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new CrossEntropyOp(inputs[0], targets.Span);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs)
    {
        int classes = logits.Shape[-1];
        V loss = 0;
        for (int r = 0; r < targets.Length; r++)
        {
            if (targets.Span[r] == CrossEntropyKernel.Ignore)
                continue;
            V total = 0;
            for (int j = 0; j < classes; j++)
                total += V.Exp(inputs[0].Values[r * classes + j]);
            loss += V.Log(total) - inputs[0].Values[r * classes + targets.Span[r]];
        }
        var result = new NdArray<V>([]);
        result.Values[0] = loss / counted;
        return result;
    }

    /// <inheritdoc/>
    protected override Tensor Forward()
    {
        Tensor losses = Tensor.Uninitialized([targets.Length]);
        logSums = Save(Tensor.Uninitialized([targets.Length, 2]));
        CrossEntropyKernel.Forward(new(logits.Dense().AsSpan(), targets.Span), losses.Writable(), logSums.Writable());
        return (float)(Elementwise.Sum(losses.AsSpan()) / counted);
    }

    /// <inheritdoc/>
    protected internal override void Backward(Tensor y, Tensor dy, Gradients gradients)
    {
        var inputs = new CrossEntropyInputs(logits.Dense().AsSpan(), targets.Span);
        GradientSlot dx = gradients.SlotInPlace(logits); // no second buffer of V numbers a row
        CrossEntropyKernel.Backward(inputs, logSums!.AsSpan(), [dy.Item() / counted], dx.Span, dx.Accumulate);
    }

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents)
    {
        int[] classes = targets.Span.ToArray();
        float[] counts = [.. classes.Select(target => target == CrossEntropyKernel.Ignore ? 0f : 1f)];
        int[] known = [.. classes.Select(target => Math.Max(target, 0))];
        Tensor direction = tangents[logits];
        Tensor rows = (logits.Softmax() * direction).Sum(-1) - direction.Gather(known);
        return (rows * new Tensor(counts, rows.Shape)).Sum() / counted;
    }
}

/// <summary>Gives tensors the operation <see cref="CrossEntropyOp"/>.</summary>
public static class CrossEntropyExtensions
{
    extension(Tensor logits)
    {
        /// <summary>
        /// Mean cross-entropy in nats of one target class for each row of the last dimension; −1 does not count.
        /// </summary>
        /// <example><code>
        /// new Tensor([1, 2], [1, 2]).CrossEntropy([1]).Item();               // = 0.3133
        /// -Math.Log(Math.Exp(2) / (Math.Exp(1) + Math.Exp(2)));              // = 0.3133
        /// </code></example>
        /// <exception cref="ArgumentException">
        /// The number of targets is not that of the rows, or one is not in −1 … V − 1.
        /// </exception>
        public Tensor CrossEntropy(ReadOnlySpan<int> targets) => new CrossEntropyOp(logits, targets).Apply();
    }
}
