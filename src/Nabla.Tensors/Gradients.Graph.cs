using Nabla.Tensors.Memory;

namespace Nabla.Tensors;

/// <content>Which ops the pass visits.</content>
public sealed partial class Gradients
{
    private Tensor[]? targets; // if not null, the only tensors whose gradients are wanted; they stay with these
    private HashSet<Tensor>? leading; // the targets and what is computed from them

    /// <summary>
    /// The derivatives of the root with respect to these tensors alone, dense; zeros for those that it does not depend
    /// on. No parameter's <see cref="Parameter.Gradient"/> changes, also not that of a target.
    /// </summary>
    /// <param name="root">What to differentiate.</param>
    /// <param name="upstream">The derivative with respect to the root, of its shape; null stands for 1.</param>
    /// <param name="targets">Leaves: parameters and variables.</param>
    internal static Tensor[] Of(Tensor root, Tensor? upstream, Tensor[] targets)
    {
        Tensor?[] before = [.. targets.Select(static target => target.PendingGradient)]; // of a pass around this one
        foreach (Tensor target in targets)
            target.PendingGradient = null;
        var gradients = new Tensor?[targets.Length];
        try
        {
            if (root.RequiresGradient)
                Run(root, upstream, retainGraph: false, after: 0, outer: null, targets);
        }
        finally
        {
            for (int i = 0; i < targets.Length; i++)
            {
                gradients[i] = targets[i].TakeGradient();
                targets[i].PendingGradient = before[i];
            }
        }
        return [.. gradients.Zip(targets, static (g, target) => g?.Dense() ?? Tensor.Zeros(target.Shape))];
    }

    /// <summary>Lets the gradients that the targets have so far outlive a scope.</summary>
    internal void HandOverTargets(TensorScope scope)
    {
        foreach (Tensor target in targets ?? [])
            if (target.PendingGradient is { } gradient)
                scope.HandOver(gradient);
    }

    /// <summary>Leaves ops out that no target has a part in: their gradients would go nowhere.</summary>
    private void KeepWhatLeadsTo(Tensor[] targets)
    {
        leading = new HashSet<Tensor>(targets, ReferenceEqualityComparer.Instance);
        for (int i = order.Count - 1; i >= 0; i--)
            if (Leads(order[i].Creator!))
                leading.Add(order[i]);
            else
                order[i].IsCollected = false;
        order.RemoveAll(y => !leading.Contains(y));
        foreach (Tensor y in order)
            RequireReadable(y, y.Creator!);
    }

    private bool Leads(Op op)
    {
        foreach (Tensor input in op.InputSpan)
            if (leading!.Contains(input))
                return true;
        return op.HidesInputs;
    }

    /// <summary>Throws, before any gradient is touched, if something is gone that the pass would read.</summary>
    private static void RequireReadable(Tensor y, Op op)
    {
        RequireThere(y.Buffer);
        for (TensorBuffer? saved = op.Saved; saved is not null; saved = saved.NextSaved)
            RequireThere(saved);
        if (op.ReadsConstant is { } constant)
            RequireThere(constant.Buffer);
        if (op.ReadsInputs)
            foreach (Tensor input in op.InputSpan)
                RequireThere(input.Buffer);
    }

    private static void RequireThere(TensorBuffer buffer)
    {
        if (buffer.WasGivenBack)
            throw buffer.GivenBack();
    }

    /// <summary>All recorded tensors that the root depends on, found without recursion: graphs may be deep.</summary>
    private void Collect(Tensor root)
    {
        int next = 0;
        Push(root);
        while (next < order.Count)
            foreach (Tensor input in order[next++].Creator!.InputSpan)
                Push(input);
    }

    private void Push(Tensor tensor)
    {
        if (tensor.Creator is null)
            return;
        if (tensor.Creator.Sequence < first)
            throw new InvalidOperationException(
                $"ActivationCheckpoint: the function uses a {tensor.Shape} tensor that was computed outside of it " +
                "and has a history. Pass it as an input, or Detach() it.");
        if (tensor.IsCollected)
            return;
        if (targets is null) // else those are checked that are left
            RequireReadable(tensor, tensor.Creator);
        tensor.IsCollected = true;
        order.Add(tensor);
    }
}
