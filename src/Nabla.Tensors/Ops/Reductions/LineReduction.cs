using Nabla.Numerics.Kernels;

namespace Nabla.Tensors.Ops;

/// <summary>A reduction that works on one line at a time.</summary>
public abstract class LineReduction : Reduction
{
    /// <summary>Reduces <paramref name="x"/> along <paramref name="dim"/>, or all of it if null.</summary>
    protected LineReduction(Tensor x, int? dim, bool keepDim) : base(x, dim, keepDim)
    {
    }

    /// <summary>The result of one line.</summary>
    protected abstract float ForwardLine(ReadOnlySpan<float> line);

    /// <summary>Writes the line's gradient, given its result and the result's gradient.</summary>
    protected abstract void BackwardLine(ReadOnlySpan<float> line, float y, float dy, Span<float> dx);

    private protected sealed override void Reduce(ReadOnlySpan<float> x, Span<float> y)
    {
        ReadOnlySpan<float> lines = InLines(x);
        for (int i = 0; i < y.Length; i++)
            y[i] = ForwardLine(lines.Slice(i * Lines.Length, Lines.Length));
    }

    private protected sealed override void Spread(Tensor y, Tensor dy, GradientSlot dx)
    {
        bool direct = Lines.Inner == 1 && !dx.Accumulate;
        Span<float> gradient = direct ? dx.Span : Tensor.Uninitialized(X.Shape).Writable();
        ReadOnlySpan<float> lines = InLines(X.Dense().AsSpan()), upstream = dy.AsSpan();
        ReadOnlySpan<float> results = ReadsResult ? y.AsSpan() : upstream; // unused, and perhaps no longer there
        for (int i = 0; i < results.Length; i++)
            BackwardLine(
                lines.Slice(i * Lines.Length, Lines.Length), results[i], upstream[i],
                gradient.Slice(i * Lines.Length, Lines.Length));
        if (direct)
            return;
        if (Lines.Inner > 1 && !dx.Accumulate)
            Exchange(gradient, Lines.Inner, Lines.Length, dx.Span);
        else
            Elementwise.Axpy(1, Lines.Inner > 1 ? InDimension(gradient) : gradient, dx.Span);
    }

    /// <summary>[Outer, Length, Inner] → [Outer, Inner, Length]: the numbers of a line side by side.</summary>
    private ReadOnlySpan<float> InLines(ReadOnlySpan<float> x)
    {
        if (Lines.Inner == 1)
            return x;
        Span<float> lines = Tensor.Uninitialized(X.Shape).Writable();
        Exchange(x, Lines.Length, Lines.Inner, lines);
        return lines;
    }

    private ReadOnlySpan<float> InDimension(ReadOnlySpan<float> lines)
    {
        Span<float> x = Tensor.Uninitialized(X.Shape).Writable();
        Exchange(lines, Lines.Inner, Lines.Length, x);
        return x;
    }

    private void Exchange(ReadOnlySpan<float> from, int rows, int columns, Span<float> to)
    {
        for (int at = 0; at < from.Length; at += rows * columns)
            Elementwise.Transpose(from.Slice(at, rows * columns), rows, columns, to.Slice(at, rows * columns));
    }
}
