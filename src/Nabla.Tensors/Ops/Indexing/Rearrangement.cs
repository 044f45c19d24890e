using Nabla.Numerics.Kernels;
using Nabla.Tensors.Memory;

namespace Nabla.Tensors.Ops;

/// <summary>
/// An operation whose every result is one number of the input, or a constant: y[i] = x[source(i)].
/// dL/dx[s] = Σ_(i: source(i) = s) dy[i]. A subclass says where the numbers come from.
/// </summary>
public abstract class Rearrangement : Op
{
    private SavedNumbers<int> places;

    private protected Rearrangement(Tensor x) : base(x) => X = x;

    /// <inheritdoc/>
    protected internal override bool ReadsInputs => false;

    /// <inheritdoc/>
    protected internal override bool ReadsResult => false;

    private protected Tensor X { get; }

    private protected abstract Shape Result { get; }

    /// <summary>How many neighbouring numbers stay together.</summary>
    private protected virtual int Block => 1;

    /// <summary>What stands where no number of x does.</summary>
    private protected virtual float Fill => 0;

    /// <summary>For each block of the result: which block of x it is, or −1 for the constant.</summary>
    private protected abstract void Locate(Span<int> sources);

    /// <inheritdoc/>
    protected sealed override Tensor Forward()
    {
        Tensor y = Tensor.Uninitialized(Result);
        if (y.Count == 0)
            return y;
        places = Save<int>(y.Count / Block);
        Locate(places.Writable);
        RearrangeKernel.Forward(X.Dense().AsSpan(), places.Span, Block, Fill, y.Writable());
        return y;
    }

    /// <inheritdoc/>
    protected internal sealed override void Backward(Tensor y, Tensor dy, Gradients gradients)
    {
        Span<float> dx = gradients.AccumulatedSlot(X);
        if (dy.Count > 0)
            RearrangeKernel.Backward(dy.AsSpan(), places.Span, Block, dx);
    }

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents) => tangents.Linear(this);
}
