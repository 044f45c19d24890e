using Nabla.Tensors.Memory;

namespace Nabla.Tensors;

/// <summary>
/// A stretch of code whose tensors are temporary: at its end their buffers go back to a pool, and the next training
/// step reuses them instead of asking the garbage collector. Parameters, their gradients and optimizer state are never
/// taken back. Scopes belong to one thread and may be nested.
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

    private readonly List<TensorBuffer> buffers = [];
    private readonly TensorScope? outer;
    private bool ended;

    private TensorScope(bool recordsGradients)
    {
        outer = current;
        RecordsGradients = recordsGradients;
        current = this;
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

    /// <summary>
    /// Lets a tensor outlive this scope: it then belongs to the scope around it, or to the garbage collector.
    /// </summary>
    public Tensor Keep(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        TensorBuffer buffer = tensor.Buffer;
        if (buffer.Scope == this && buffers.Remove(buffer))
        {
            buffer.Scope = outer;
            outer?.Register(buffer);
        }
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
        current = outer;
        foreach (TensorBuffer buffer in buffers)
            buffer.Return();
        if (outer is null)
            BufferPool.ScopeEnded();
    }

    internal void Register(TensorBuffer buffer) => buffers.Add(buffer);
}
