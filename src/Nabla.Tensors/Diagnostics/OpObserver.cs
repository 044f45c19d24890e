namespace Nabla.Tensors.Diagnostics;

/// <summary>
/// Sees the operations that this thread applies while it <see cref="Watch">watches</see>, and their backward passes:
/// how to look into a model without changing it. Nobody watching costs one comparison an operation.
/// </summary>
public abstract class OpObserver
{
    [ThreadStatic]
    private static Watching? current;

    /// <summary>Who watches this thread's operations; null for nobody.</summary>
    internal static Watching? Current => current;

    /// <summary>
    /// Watches until the result is disposed of, on this thread. Observers may watch at once; stop in reverse order.
    /// </summary>
    public IDisposable Watch()
    {
        OnWatch();
        return new Watching(this);
    }

    /// <summary>Watching begins.</summary>
    protected virtual void OnWatch()
    {
    }

    /// <summary>An operation was applied and gave y, whether it was recorded or not.</summary>
    protected virtual void OnApplied(Op op, Tensor y)
    {
    }

    /// <summary>The backward pass has come to an operation: dy = dL/dy is complete.</summary>
    protected virtual void OnDifferentiating(Op op, Tensor y, Tensor dy)
    {
    }

    /// <summary>
    /// An operation has added its part to its inputs' gradients; <paramref name="gradient"/> says what an input's is so
    /// far, null where there is none or where parts are still missing. Numbers of y and of inputs may be gone.
    /// </summary>
    protected virtual void OnDifferentiated(Op op, Tensor y, Func<Tensor, Tensor?> gradient)
    {
    }

    /// <summary>Whether y shows an input's numbers in another shape or order, and has none of its own.</summary>
    protected static bool IsView(Op op, Tensor y)
    {
        foreach (Tensor input in op.InputSpan)
            if (input.Buffer == y.Buffer)
                return true;
        return false;
    }

    /// <summary>An observer at work, and the one around it.</summary>
    internal sealed class Watching : IDisposable
    {
        private readonly OpObserver observer;
        private readonly Watching? outer;
        private bool ended;

        public Watching(OpObserver observer)
        {
            (this.observer, outer) = (observer, current);
            current = this;
        }

        public void Applied(Op op, Tensor y)
        {
            outer?.Applied(op, y);
            observer.OnApplied(op, y);
        }

        public void Differentiating(Op op, Tensor y, Tensor dy)
        {
            outer?.Differentiating(op, y, dy);
            observer.OnDifferentiating(op, y, dy);
        }

        public void Differentiated(Op op, Tensor y, Gradients gradients)
        {
            outer?.Differentiated(op, y, gradients);
            observer.OnDifferentiated(op, y, gradients.SoFar);
        }

        public void Dispose()
        {
            if (ended)
                return;
            if (current != this)
                throw new InvalidOperationException(
                    $"{observer.GetType().Name}: observers must stop in the reverse order of their beginning, on the "
                    + "thread that began them.");
            (ended, current) = (true, outer);
        }
    }
}
