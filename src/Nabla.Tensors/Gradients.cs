using Nabla.Numerics.Kernels;

namespace Nabla.Tensors;

/// <summary>
/// The backward pass under way: reverse-mode differentiation (Linnainmaa 1970; Rumelhart et al. 1986). Ops are visited
/// in the reverse of the order in which they were applied; each adds dL/dx to its inputs by the chain rule.
/// </summary>
public sealed class Gradients
{
    private static long nextPass;

    [ThreadStatic]
    private static List<Tensor>? nodes;

    private Gradients()
    {
    }

    private static Gradients Instance { get; } = new();

    /// <summary>Whether the derivative with respect to this input is needed at all.</summary>
    public bool Wants(Tensor input) => input.RequiresGradient;

    /// <summary>Where an op writes its contribution to dL/d<paramref name="input"/>, dense and row-major.</summary>
    /// <exception cref="InvalidOperationException">The input <see cref="Wants">wants</see> no derivative.</exception>
    public GradientSlot Slot(Tensor input)
    {
        RequireWanted(input);
        if (input is Parameter parameter)
            return parameter.Slot();
        bool first = input.PendingGradient is null;
        Tensor gradient = first ? Begin(input) : Own(input);
        return new GradientSlot(gradient.Writable(), accumulate: !first);
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
        if (input is not Parameter && input.PendingGradient is null)
        {
            input.PendingGradient = gradient;
            gradient.Buffer.Share();
            return;
        }
        GradientSlot slot = Slot(input);
        if (slot.Accumulate)
            Elementwise.Axpy(1, gradient.Dense().AsSpan(), slot.Span);
        else
            gradient.CopyTo(slot.Span);
    }

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

    internal static void Run(Tensor root, Tensor? upstream)
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
        Instance.Add(root, upstream ?? Tensor.Ones(root.Shape));
        if (root.Creator is null)
            return;
        List<Tensor> order = nodes ??= [];
        TensorScope.Differentiating = true;
        try
        {
            Collect(root, order);
            order.Sort(static (a, b) => b.Creator!.Sequence.CompareTo(a.Creator!.Sequence));
            foreach (Tensor y in order)
                Visit(y);
        }
        finally
        {
            TensorScope.Differentiating = false;
            foreach (Tensor y in order)
            {
                y.PendingGradient = null;
                y.PendingGaps = null;
            }
            order.Clear();
        }
    }

    private static void Visit(Tensor y)
    {
        if (y.PendingGradient is not { } dy)
            return;
        FillGaps(y);
        y.PendingGradient = null;
        Op op = y.Creator!;
        op.Backward(y, op.ReadsViews ? dy : dy.Dense(), Instance);
        dy.Buffer.Release();
    }

    private static void RequireWanted(Tensor input)
    {
        if (!input.RequiresGradient)
            throw new InvalidOperationException(
                $"Gradients: this {input.Shape} input is a constant, which has no gradient. " +
                "An op's Backward asks Wants(input) before it computes one.");
    }

    private static Tensor Begin(Tensor input)
    {
        Tensor gradient = Tensor.Uninitialized(input.Shape);
        gradient.Buffer.BeginSharing();
        return input.PendingGradient = gradient;
    }

    /// <summary>The pending gradient, copied before it is changed if something else holds its numbers too.</summary>
    private static Tensor Own(Tensor input)
    {
        Tensor pending = input.PendingGradient!;
        FillGaps(input);
        if (pending.Buffer.IsSoleShare && pending.IsContiguous)
            return pending;
        Tensor own = Begin(input);
        pending.CopyTo(own.Writable());
        pending.Buffer.Release();
        return own;
    }

    private static bool TryTakePart(Tensor input, int dim, int start, int length)
    {
        if (input is not Parameter && input.PendingGradient is null)
        {
            Begin(input);
            input.PendingGaps = new GradientGaps(input.Shape, dim);
        }
        return input.PendingGaps?.TryTake(dim, start, length) ?? false;
    }

    private static void FillGaps(Tensor input)
    {
        input.PendingGaps?.Clear(input.PendingGradient!.Writable());
        input.PendingGaps = null;
    }

    /// <summary>All recorded tensors that the root depends on, found without recursion: graphs may be deep.</summary>
    private static void Collect(Tensor root, List<Tensor> found)
    {
        long pass = Interlocked.Increment(ref nextPass);
        int next = 0;
        Push(root);
        while (next < found.Count)
            foreach (Tensor input in found[next++].Creator!.InputSpan)
                Push(input);

        void Push(Tensor tensor)
        {
            if (tensor.Creator is null || tensor.VisitedBy == pass)
                return;
            tensor.VisitedBy = pass;
            found.Add(tensor);
        }
    }
}
