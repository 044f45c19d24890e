using Nabla.Numerics.Kernels;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>An operation that runs along each line of the last dimension: y_i depends on x_1 … x_i.</summary>
public abstract class Scan : Op
{
    private protected Scan(Tensor x) : base(x) => X = x.Rank > 0
        ? x
        : throw new ArgumentException($"{NameOf(GetType())}: [] is a scalar; give at least a vector.");

    private protected Tensor X { get; }

    /// <inheritdoc/>
    public sealed override IEnumerable<FormulaInstance> FormulaInstances(Shape result) =>
        FormulaPieces.Of(new("y", result, -1), new FormulaPieces.Seen("x", X.Shape, -1)).SelectMany(line =>
            line.Result.Places.Select((place, i) => (line with { Result = new("y_i", -1, [], [place]) })
                .With("i", i + 1)));

    /// <summary>Writes the result of one line.</summary>
    private protected abstract void ForwardLine(ReadOnlySpan<float> x, Span<float> y);

    /// <summary>Writes dL/dx of one line; <paramref name="x"/> and <paramref name="y"/> if the op reads them.</summary>
    private protected abstract void BackwardLine(
        ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx);

    /// <inheritdoc/>
    protected sealed override Tensor Forward()
    {
        Tensor y = Tensor.Uninitialized(X.Shape);
        ReadOnlySpan<float> from = X.Dense().AsSpan();
        Span<float> to = y.Writable();
        int n = X.Shape[-1];
        for (int at = 0; at < from.Length; at += n)
            ForwardLine(from.Slice(at, n), to.Slice(at, n));
        return y;
    }

    /// <inheritdoc/>
    protected internal sealed override void Backward(Tensor y, Tensor dy, Gradients gradients)
    {
        GradientSlot slot = gradients.Slot(X);
        Span<float> to = slot.Accumulate ? Tensor.Uninitialized(X.Shape).Writable() : slot.Span;
        ReadOnlySpan<float> upstream = dy.AsSpan(); // stands in for what is not read, being as long
        ReadOnlySpan<float> from = ReadsInputs ? X.Dense().AsSpan() : upstream;
        ReadOnlySpan<float> results = ReadsResult ? y.AsSpan() : upstream;
        int n = X.Shape[-1];
        for (int at = 0; at < to.Length; at += n)
            BackwardLine(from.Slice(at, n), results.Slice(at, n), upstream.Slice(at, n), to.Slice(at, n));
        if (slot.Accumulate)
            Elementwise.Axpy(1, to, slot.Span);
    }

    /// <summary>y_(i−1) for each i, and <paramref name="first"/> for the first: in recorded operations.</summary>
    private protected static Tensor Before(Tensor y, float first) =>
        y.Pad([1, 0], PadMode.Constant, first).Slice(-1, 0, y.Shape[-1]);

    /// <summary>s_i = factor_i·s_(i−1) + term_i along each line, s_0 = term_0: in recorded operations.</summary>
    private protected static Tensor Recurrence(Tensor factor, Tensor term)
    {
        if (term.Count == 0)
            return term;
        var parts = new Tensor[term.Shape[-1]];
        for (int i = 0; i < parts.Length; i++)
            parts[i] = i == 0 ? term.Slice(-1, 0, 1) : factor.Slice(-1, i, 1) * parts[i - 1] + term.Slice(-1, i, 1);
        return Tensor.Concat(-1, parts);
    }

    /// <summary>A scan along any dimension: that dimension is brought to the end and back.</summary>
    private protected static Tensor Along(Tensor x, int dim, Func<Tensor, Op> scan, string operation)
    {
        int d = x.Shape.Dimension(dim, operation), last = x.Rank - 1;
        return d == last ? scan(x).Apply() : scan(x.Transpose(d, last)).Apply().Transpose(d, last);
    }
}
