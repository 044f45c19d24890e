using Nabla.Numerics;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// An operation that turns every line of numbers along one dimension, or the whole tensor, into one number. Subclasses
/// work on one line at a time.
/// </summary>
public abstract class Reduction : Op
{
    /// <summary>Reduces <paramref name="x"/> along <paramref name="dim"/>, or all of it if null.</summary>
    protected Reduction(Tensor x, int? dim, bool keepDim) : base(x)
    {
        X = x;
        Dim = dim is { } d ? x.Shape.Dimension(d, GetType().Name[..^"Op".Length]) : null;
        KeepDim = keepDim;
        Lines = new Lines(x.Shape, Dim);
    }

    /// <summary>A line's kernel: reads the numbers, and in the backward pass the result and its gradient.</summary>
    private protected Lines Lines { get; }

    /// <summary>The input.</summary>
    protected Tensor X { get; }

    /// <summary>The dimension that is reduced; null means all.</summary>
    protected int? Dim { get; }

    /// <summary>Whether the reduced dimension stays, with size 1.</summary>
    protected bool KeepDim { get; }

    private Shape ResultShape => Dim is { } d
        ? KeepDim ? X.Shape.With(d, 1) : X.Shape.Without(d)
        : Shape.Create(KeepDim ? [.. Enumerable.Repeat(1, X.Rank)] : []);

    /// <inheritdoc/>
    public sealed override NdArray<V> Reference<V>(params NdArray<V>[] inputs)
    {
        NdArray<V> lines = Dim is { } d ? inputs[0] : inputs[0].Reshape([inputs[0].Shape.ElementCount]);
        return lines.MapLines(Dim ?? 0, line => [ReferenceLine(line)]).Reshape(ResultShape);
    }

    /// <summary>The reference of one line.</summary>
    protected abstract V ReferenceLine<V>(V[] line) where V : struct, IReal<V>;

    /// <summary>The result of one line.</summary>
    protected abstract float ForwardLine(ReadOnlySpan<float> line);

    /// <summary>Writes the line's gradient, given its result and the result's gradient.</summary>
    protected abstract void BackwardLine(ReadOnlySpan<float> line, float y, float dy, Span<float> dx);

    /// <inheritdoc/>
    protected sealed override Tensor Forward()
    {
        Tensor y = Tensor.Uninitialized(ResultShape);
        ReadOnlySpan<float> x = X.Dense().AsSpan();
        Span<float> results = y.Writable();
        Span<float> buffer = LineBuffer(Lines.Inner != 1);
        for (int i = 0; i < results.Length; i++)
            results[i] = ForwardLine(Line(x, i, buffer));
        return y;
    }

    /// <inheritdoc/>
    protected internal sealed override void Backward(Tensor y, Tensor dy, Gradients gradients)
    {
        GradientSlot slot = gradients.Slot(X);
        if (X.Count == 0)
            return;
        ReadOnlySpan<float> x = X.Dense().AsSpan();
        bool inPlace = Lines.Inner == 1 && !slot.Accumulate;
        Span<float> buffer = LineBuffer(Lines.Inner != 1), gradient = LineBuffer(!inPlace);
        for (int i = 0; i < y.Count; i++)
        {
            Span<float> target = slot.Span[Start(i)..];
            BackwardLine(Line(x, i, buffer), y.AsSpan()[i], dy.AsSpan()[i], inPlace ? target[..Lines.Length] : gradient);
            for (int k = 0; k < gradient.Length; k++)
                target[k * Lines.Inner] = gradient[k] + (slot.Accumulate ? target[k * Lines.Inner] : 0);
        }
    }

    /// <summary>Room for one line, from the scope's pool: when all is one line, it is as large as the input.</summary>
    private Span<float> LineBuffer(bool needed) => needed ? Tensor.Uninitialized([Lines.Length]).Writable() : [];

    private int Start(int line) => line / Lines.Inner * Lines.Length * Lines.Inner + line % Lines.Inner;

    private ReadOnlySpan<float> Line(ReadOnlySpan<float> x, int line, Span<float> buffer)
    {
        if (Lines.Inner == 1)
            return x.Slice(Start(line), Lines.Length);
        for (int k = 0; k < buffer.Length; k++)
            buffer[k] = x[Start(line) + k * Lines.Inner];
        return buffer;
    }
}
