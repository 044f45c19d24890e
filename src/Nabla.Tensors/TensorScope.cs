using Nabla.Tensors.Memory;

namespace Nabla.Tensors;

/// <summary>
/// A stretch of code whose tensors are temporary: at its end their buffers go back to a pool, and the next training
/// step reuses them instead of asking the garbage collector. <see cref="Tensor.Backward"/> gives those of the scope in
/// which it runs back earlier, each as soon as nothing later in the pass reads it; the loss itself stays. Parameters,
/// their gradients and optimizer state are never taken back. Scopes belong to one thread and may be nested.
/// </summary>
/// <example><code>
/// for (int step = 0; step &lt; 300; step++)
/// {
///     using var scope = TensorScope.Begin();
///     optimizer.Minimize((line.Forward(x) - y).Square().Mean());
/// }
/// </code></example>
public sealed class TensorScope : IDisposable
{
    [ThreadStatic]
    private static TensorScope? current;

    [ThreadStatic]
    private static bool differentiating;

    [ThreadStatic]
    private static List<TensorBuffer?>? spareList;

    private readonly List<TensorBuffer?> buffers; // in the order of their making, null where one was given back
    private readonly TensorScope? outer;
    private readonly bool withinPass;
    private bool ended;

    private TensorScope(bool recordsGradients)
    {
        outer = current;
        RecordsGradients = recordsGradients;
        buffers = spareList ?? [];
        spareList = null;
        current = this;
        (withinPass, differentiating) = (differentiating, false); // a checkpoint computes its function again
    }

    /// <summary>Begins a scope in which operations on parameters are recorded for differentiation.</summary>
    public static TensorScope Begin() => new(recordsGradients: true);

    /// <summary>Begins a scope in which nothing is recorded: for evaluation and generation.</summary>
    public static TensorScope Inference() => new(recordsGradients: false);

    /// <summary>The innermost scope of this thread, if any.</summary>
    internal static TensorScope? Current => current;

    /// <summary>
    /// Whether operations are recorded here: outside any scope they are, in a backward pass they are not.
    /// </summary>
    internal static bool Recording => !differentiating && (current?.RecordsGradients ?? true);

    /// <summary>Set while this thread runs a backward pass.</summary>
    internal static bool Differentiating { get => differentiating; set => differentiating = value; }

    private bool RecordsGradients { get; }

    /// <summary>The place in the list from which the buffers lie that are made from here on.</summary>
    internal int Mark => buffers.Count;

    /// <summary>
    /// Lets a tensor outlive this scope, and <see cref="Tensor.Backward"/> in it: it then belongs to the scope around
    /// it, or to the garbage collector. What its op saved for the backward pass goes with it.
    /// </summary>
    /// <exception cref="InvalidOperationException">Its buffer was given back already.</exception>
    public Tensor Keep(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.Buffer.WasGivenBack)
            throw tensor.Buffer.GivenBack();
        KeepBuffer(tensor.Buffer);
        for (TensorBuffer? saved = tensor.Creator?.Saved; saved is not null; saved = saved.NextSaved)
            KeepBuffer(saved);
        return tensor;
    }

    /// <summary>Ends the scope and gives its buffers back.</summary>
    public void Dispose()
    {
        if (ended)
            return;
        if (current != this)
            throw new InvalidOperationException(
                "TensorScope: scopes must end in the reverse order of their beginning, on the thread that began them.");
        ended = true;
        (current, differentiating) = (outer, withinPass);
        foreach (TensorBuffer? buffer in buffers)
            buffer?.GiveBack(GiveBackReason.ScopeEnded);
        buffers.Clear();
        spareList = buffers; // a list that has grown once serves the scopes of later steps
        if (outer is null)
            BufferPool.ScopeEnded();
    }

    /// <summary>Makes a tensor of this scope one of the scope around it.</summary>
    internal Tensor HandOver(Tensor tensor)
    {
        HandOver(tensor.Buffer);
        return tensor;
    }

    internal void Register(TensorBuffer buffer)
    {
        (buffer.Scope, buffer.Index) = (this, buffers.Count);
        buffers.Add(buffer);
    }

    /// <summary>Lets go of a buffer of this scope without giving it back.</summary>
    internal void Forget(TensorBuffer buffer)
    {
        buffers[buffer.Index] = null;
        buffer.Scope = null;
        while (buffers.Count > 0 && buffers[^1] is null)
            buffers.RemoveAt(buffers.Count - 1);
    }

    /// <summary>
    /// Puts a buffer in another's place in the list, which keeps its length: a <see cref="Mark"/> stays right.
    /// </summary>
    internal void Replace(TensorBuffer buffer, TensorBuffer by)
    {
        (by.Scope, by.Index) = (this, buffer.Index);
        buffers[buffer.Index] = by;
        buffer.Scope = null;
    }

    /// <summary>Gives a buffer back before the scope's end, if it is one of this scope and nobody keeps it.</summary>
    internal void GiveBack(TensorBuffer buffer, GiveBackReason reason)
    {
        if (buffer.Scope != this || buffer.IsKept)
            return;
        Forget(buffer);
        buffer.GiveBack(reason);
    }

    private void KeepBuffer(TensorBuffer buffer)
    {
        if (buffer.Scope != this)
            return;
        buffer.IsKept = true;
        HandOver(buffer);
    }

    private void HandOver(TensorBuffer buffer)
    {
        if (buffer.Scope != this)
            return;
        Forget(buffer);
        if (outer is null)
            buffer.LeavePool();
        else
            outer.Register(buffer);
    }

    /// <summary>The buffer at this place in the list; null if it was given back.</summary>
    internal TensorBuffer? At(int index) => index < buffers.Count ? buffers[index] : null;
}
