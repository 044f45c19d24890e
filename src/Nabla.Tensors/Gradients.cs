using Nabla.Numerics.Kernels;
using Nabla.Tensors.Diagnostics;
using Nabla.Tensors.Memory;

namespace Nabla.Tensors;

/// <summary>
/// The backward pass under way: reverse-mode differentiation (Linnainmaa 1970; Rumelhart et al. 1986). Ops are visited
/// in the reverse of the order in which they were applied; each adds dL/dx to its inputs by the chain rule.
/// </summary>
/// <remarks>
/// In a <see cref="TensorScope"/>, a buffer goes back to the pool when nothing later in the pass reads it: the result
/// of an op when the last op that reads it has been visited, a gradient when the op that it was for has used it.
/// <see cref="Op.ReadsInputs"/> and <see cref="Op.ReadsResult"/> say who reads what.
/// </remarks>
public sealed partial class Gradients
{
    [ThreadStatic]
    private static Gradients? spare;

    private readonly List<Tensor> order = []; // the graph's nodes, last applied first
    private readonly List<GradientGaps> gaps = []; // of gradients that slices write part by part
    private readonly List<TensorBuffer> unheld = []; // gradients that lost their last holder during a visit
    private readonly List<Parameter> begun = []; // those that had no gradient before the pass
    private TensorScope? scope; // whose buffers this pass gives back
    private bool givesResultsBack;
    private TensorBuffer? root, upstream; // stay
    private long first; // number of the first op that belongs to the pass
    private int counted, done; // nodes whose reads are counted, and those that have been visited
    private Op? visited; // the op whose Backward runs

    private Gradients()
    {
    }

    /// <summary>Whether the derivative with respect to this input is needed at all.</summary>
    public bool Wants(Tensor input) => leading?.Contains(input) ?? input.RequiresGradient;

    /// <summary>Where an op writes its contribution to dL/d<paramref name="input"/>, dense and row-major.</summary>
    /// <exception cref="InvalidOperationException">The input <see cref="Wants">wants</see> no derivative.</exception>
    public GradientSlot Slot(Tensor input)
    {
        RequireWanted(input);
        if (leading is null && input is Parameter parameter)
        {
            if (!parameter.HasGradient)
                begun.Add(parameter);
            return parameter.Slot();
        }
        bool first = input.PendingGradient is null;
        Tensor gradient = first ? Begin(input) : Own(input);
        return new GradientSlot(gradient.Writable(), accumulate: !first);
    }

    /// <summary>
    /// As <see cref="Slot"/>, but if nothing else will read the input's numbers, the place is where they lie: for an op
    /// whose derivative at an element needs of the input no element written before. The op takes the input's numbers as
    /// a span first; the tensor has none any more afterwards.
    /// </summary>
    /// <exception cref="InvalidOperationException">The input <see cref="Wants">wants</see> no derivative.</exception>
    public GradientSlot SlotInPlace(Tensor input)
    {
        RequireWanted(input);
        if (input.PendingGradient is not null || !IsReadForTheLastTime(input))
            return Slot(input);
        var gradient = new Tensor(input.Shape, input.Buffer.TakeOver(), input.Strides, input.Offset);
        Hold(input, gradient);
        return new GradientSlot(gradient.Writable(), accumulate: false);
    }

    /// <summary>
    /// The same place, holding zeros or earlier contributions: for ops that touch only some elements.
    /// </summary>
    /// <exception cref="InvalidOperationException">The input <see cref="Wants">wants</see> no derivative.</exception>
    public Span<float> AccumulatedSlot(Tensor input)
    {
        GradientSlot slot = Slot(input);
        if (!slot.Accumulate)
            slot.Span.Clear();
        return slot.Span;
    }

    /// <summary>
    /// Adds a finished gradient of the input's shape, unless the input <see cref="Wants">wants</see> none. The tensor
    /// may be a view of dy; it must not change afterwards.
    /// </summary>
    public void Add(Tensor input, Tensor gradient)
    {
        if (!Wants(input))
            return; // else a constant would keep it, and find it again in the next pass
        if (gradient.Shape != input.Shape)
            throw new InvalidOperationException(
                $"Gradient of shape {gradient.Shape} for a tensor of shape {input.Shape}: " +
                "a fault in the op's Backward.");
        if ((leading is not null || input is not Parameter) && input.PendingGradient is null)
        {
            Hold(input, gradient);
            return;
        }
        GradientSlot slot = Slot(input);
        if (slot.Accumulate)
            Elementwise.Axpy(1, gradient.Dense().AsSpan(), slot.Span);
        else
            gradient.CopyTo(slot.Span);
    }

    /// <summary>
    /// The gradient of an input so far, for an observer: null if there is none, or if parts of it are not written yet.
    /// </summary>
    internal Tensor? SoFar(Tensor input) =>
        leading is null && input is Parameter parameter ? parameter.Gradient
        : GapsOf(input) is null ? input.PendingGradient : null;

    /// <summary>
    /// Adds a gradient of which only a range of one dimension is not zero: <paramref name="part"/>, dense.
    /// </summary>
    internal void AddPart(Tensor input, int dim, int start, Tensor part)
    {
        RequireWanted(input);
        var lines = new DimensionLines(input.Shape, dim);
        bool written = !TryTakePart(input, dim, start, part.Shape[dim]);
        Span<float> to = written ? AccumulatedSlot(input) : input.PendingGradient!.Writable();
        ReadOnlySpan<float> from = part.AsSpan();
        int length = part.Shape[dim] * lines.Inner;
        for (int o = 0; o < lines.Outer; o++)
        {
            ReadOnlySpan<float> block = from.Slice(o * length, length);
            Span<float> target = to.Slice(o * lines.Block + start * lines.Inner, length);
            if (written)
                Elementwise.Axpy(1, block, target);
            else
                block.CopyTo(target);
        }
    }

    /// <summary>
    /// Where the gradient of a view lies within that of the tensor it was cut from, if nothing has been written there:
    /// the caller writes all of it, and nothing has to be copied. Otherwise null.
    /// </summary>
    internal Tensor? TakePlace(Tensor view) => view.Creator?.TakePlace(view, this);

    /// <summary>The same for a view of the elements start … start + length − 1 of one dimension of a tensor.</summary>
    internal Tensor? TakePart(Tensor whole, int dim, (int Start, int Length) range, Tensor view) =>
        Wants(whole) && whole.IsContiguous && TryTakePart(whole, dim, range.Start, range.Length)
            ? new Tensor(view.Shape, whole.PendingGradient!.Buffer, view.Strides, view.Offset - whole.Offset)
            : null;

    /// <summary>
    /// Differentiates within this pass, for a checkpoint: the root was computed by ops that were applied after number
    /// <paramref name="after"/>. If this pass fails later, it undoes the inner one too.
    /// </summary>
    /// <param name="root">What to differentiate.</param>
    /// <param name="upstream">The derivative with respect to the root.</param>
    /// <param name="after">The last op that does not belong to the function.</param>
    /// <param name="variables">The function's inputs.</param>
    internal void RunWithin(Tensor root, Tensor upstream, long after, ReadOnlySpan<Tensor> variables) =>
        Run(root, upstream, retainGraph: false, after, this, targets is null ? null : [.. targets, .. variables]);

    /// <summary>Differentiates.</summary>
    internal static void Run(Tensor root, Tensor? upstream, bool retainGraph) =>
        Run(root, upstream, retainGraph, after: 0, outer: null, targets: null);

    private static void Run(
        Tensor root, Tensor? upstream, bool retainGraph, long after, Gradients? outer, Tensor[]? targets)
    {
        if (!root.RequiresGradient)
            throw new InvalidOperationException(
                "Backward: this tensor does not depend on any Parameter, or was computed in TensorScope.Inference().");
        if (upstream is null && root.Count != 1)
            throw new InvalidOperationException(
                $"Backward: shape {root.Shape} is not a scalar. Reduce it with Mean() or Sum(), or pass dL/dy.");
        if (upstream is not null && upstream.Shape != root.Shape)
            throw new ArgumentException(
                $"Backward: dL/dy of shape {upstream.Shape} is not that of y, {root.Shape}; " +
                "pass one number for each of y's.", nameof(upstream));
        Gradients pass = spare ?? new();
        spare = null; // a pass within this one, of a checkpoint, takes another
        bool within = TensorScope.Differentiating;
        TensorScope.Differentiating = true;
        try
        {
            pass.scope = TensorScope.Current;
            pass.givesResultsBack = pass.scope is not null && !retainGraph;
            (pass.root, pass.upstream) = (root.Buffer, upstream?.Buffer);
            (pass.first, pass.targets) = (after + 1, targets);
            pass.Run(root, upstream ?? Tensor.Ones(root.Shape));
            outer?.begun.AddRange(pass.begun);
        }
        catch
        {
            foreach (Parameter parameter in pass.begun)
                parameter.ClearGradient(); // a part of a derivative is none
            throw;
        }
        finally
        {
            pass.Clear();
            TensorScope.Differentiating = within;
            spare = pass;
        }
    }

    private void Run(Tensor y, Tensor dy)
    {
        Collect(y);
        order.Sort(static (a, b) => b.Creator!.Sequence.CompareTo(a.Creator!.Sequence));
        if (targets is not null)
            KeepWhatLeadsTo(targets);
        if (givesResultsBack)
            for (; counted < order.Count; counted++)
                CountReads(order[counted].Creator!, order[counted], 1);
        if (givesResultsBack)
            foreach (Tensor node in order)
                GiveBackIfUnread(node.Buffer);
        Add(y, dy);
        for (; done < order.Count; done++)
            Visit(order[done]);
        foreach (GradientGaps unfinished in gaps) // of leaves, which are not visited
            if (unfinished.Input is not null)
                unfinished.Close();
    }

    private void Visit(Tensor y)
    {
        Op op = y.Creator!;
        int mark = scope?.Mark ?? 0;
        if (y.PendingGradient is { } dy)
        {
            FillGaps(y);
            y.PendingGradient = null;
            visited = op;
            OpObserver.Watching? watch = OpObserver.Current;
            watch?.Differentiating(op, y, dy);
            op.Backward(y, op.ReadsViews ? dy : dy.Dense(), this);
            watch?.Differentiated(op, y, this);
            Release(dy.Buffer);
        }
        GiveBackAfter(y, op, mark);
    }

    /// <summary>Gives back what the visit allocated for itself, and what it was the last to use.</summary>
    private void GiveBackAfter(Tensor y, Op op, int mark)
    {
        if (scope is null)
            return;
        for (int i = scope.Mark - 1; i >= mark; i--)
            if (scope.At(i) is { Holders: 0 } temporary)
                scope.GiveBack(temporary, GiveBackReason.Backward);
        foreach (TensorBuffer gradient in unheld)
            if (gradient.Holders == 0)
                scope.GiveBack(gradient, GiveBackReason.Backward);
        unheld.Clear();
        if (!givesResultsBack)
            return;
        for (TensorBuffer? saved = op.Saved; saved is not null; saved = saved.NextSaved)
            scope.GiveBack(saved, GiveBackReason.Backward);
        CountReads(op, y, -1);
        GiveBackIfUnread(y.Buffer);
        foreach (Tensor input in op.InputSpan)
            if (input.Creator is not null)
                GiveBackIfUnread(input.Buffer);
    }

    private static void CountReads(Op op, Tensor y, int count)
    {
        if (op.ReadsResult)
            y.Buffer.Reads += count;
        if (op.ReadsConstant is { } constant)
            constant.Buffer.Reads += count;
        if (op.ReadsInputs)
            foreach (Tensor input in op.InputSpan)
                input.Buffer.Reads += count;
    }

    private void GiveBackIfUnread(TensorBuffer result)
    {
        if (result.Reads == 0 && result != root && result != upstream)
            scope!.GiveBack(result, GiveBackReason.Backward);
    }

    /// <summary>
    /// Whether the op being visited is the last to read this result of another, which lies alone and dense.
    /// </summary>
    private bool IsReadForTheLastTime(Tensor input)
    {
        TensorBuffer buffer = input.Buffer;
        return givesResultsBack && visited!.ReadsInputs && buffer.Reads == 1 && buffer.Scope == scope && !buffer.IsKept
            && buffer != root && buffer != upstream
            && input.Creator is not null && input.IsContiguous && input.Count == buffer.Length;
    }

    /// <summary>Forgets the pass, also where an error ended it in the middle.</summary>
    private void Clear()
    {
        foreach (Tensor y in order)
            (y.PendingGradient, y.IsCollected) = (null, false);
        for (; done < counted; done++)
            CountReads(order[done].Creator!, order[done], -1);
        foreach (GradientGaps unfinished in gaps)
            unfinished.Forget();
        order.Clear();
        begun.Clear();
        unheld.Clear();
        (scope, root, upstream, visited, counted, done) = (null, null, null, null, 0, 0);
        (targets, leading) = (null, null);
    }

    private void RequireWanted(Tensor input)
    {
        if (!Wants(input))
            throw new InvalidOperationException(
                $"Gradients: this {input.Shape} input is a constant, which has no gradient. " +
                "An op's Backward asks Wants(input) before it computes one.");
    }

    private static Tensor Begin(Tensor input)
    {
        Tensor gradient = Tensor.Uninitialized(input.Shape);
        Hold(input, gradient);
        return gradient;
    }

    private static void Hold(Tensor input, Tensor gradient)
    {
        input.PendingGradient = gradient;
        gradient.Buffer.Holders++;
    }

    private void Release(TensorBuffer gradient)
    {
        if (--gradient.Holders == 0 && gradient.IsOfPass && scope is not null)
            unheld.Add(gradient);
    }

    /// <summary>The pending gradient, copied before it is changed if something else holds its numbers too.</summary>
    private Tensor Own(Tensor input)
    {
        Tensor pending = input.PendingGradient!;
        FillGaps(input);
        if (pending.Buffer is { IsOfPass: true, Holders: 1 } && pending.IsContiguous)
            return pending;
        Tensor own = Begin(input);
        pending.CopyTo(own.Writable());
        Release(pending.Buffer);
        return own;
    }

    private bool TryTakePart(Tensor input, int dim, int start, int length)
    {
        if (input is not Parameter && input.PendingGradient is null)
        {
            Begin(input);
            GradientGaps? free = GapsOf(null);
            if (free is null)
                gaps.Add(free = new GradientGaps());
            free.Begin(input, dim);
        }
        return GapsOf(input)?.TryTake(dim, start, length) ?? false;
    }

    private void FillGaps(Tensor input) => GapsOf(input)?.Close();

    private GradientGaps? GapsOf(Tensor? input)
    {
        foreach (GradientGaps candidate in gaps)
            if (candidate.Input == input)
                return candidate;
        return null;
    }
}
