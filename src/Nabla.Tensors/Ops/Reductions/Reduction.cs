using Nabla.Numerics;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// An operation that turns every line of numbers along one dimension, or the whole tensor, into one number.
/// </summary>
public abstract class Reduction : Op
{
    /// <summary>Reduces <paramref name="x"/> along <paramref name="dim"/>, or all of it if null.</summary>
    protected Reduction(Tensor x, int? dim, bool keepDim) : base(x)
    {
        X = x;
        Dim = dim is { } d ? x.Shape.Dimension(d, NameOf(GetType())) : null;
        KeepDim = keepDim;
        Lines = new DimensionLines(x.Shape, Dim);
    }

    /// <summary>How the input falls into lines.</summary>
    private protected DimensionLines Lines { get; }

    /// <summary>The input.</summary>
    protected Tensor X { get; }

    /// <summary>The dimension that is reduced; null means all.</summary>
    protected int? Dim { get; }

    /// <summary>Whether the reduced dimension stays, with size 1.</summary>
    protected bool KeepDim { get; }

    private Shape ResultShape => Dim is { } d
        ? KeepDim ? X.Shape.With(d, 1) : X.Shape.Without(d)
        : KeepDim ? [.. Enumerable.Repeat(1, X.Rank)] : [];

    /// <inheritdoc/>
    public sealed override IEnumerable<FormulaInstance> FormulaInstances(Shape result)
    {
        Shape lines = Dim is { } d ? X.Shape.Without(d) : [];
        int[] reduced = Dim is { } one ? [one] : [.. Enumerable.Range(0, X.Rank)];
        return FormulaPieces.Of(new("y", lines), new FormulaPieces.Seen("x", X.Shape, reduced))
            .Select(line => line.With("n", Lines.Length) with { Parts = [Flat(line.Parts[0])] });

        static FormulaPart Flat(FormulaPart x) => x with { Shape = [x.Places.Length] };
    }

    /// <inheritdoc/>
    public sealed override NdArray<V> Reference<V>(params NdArray<V>[] inputs)
    {
        NdArray<V> lines = Dim is { } d ? inputs[0] : inputs[0].Reshape([inputs[0].Shape.ElementCount]);
        return lines.MapLines(Dim ?? 0, line => [ReferenceLine(line)]).Reshape(ResultShape);
    }

    /// <summary>The reference of one line.</summary>
    protected abstract V ReferenceLine<V>(V[] line) where V : struct, IReal<V>;

    /// <summary>Writes the result of each line: x [Outer, Length, Inner] → y [Outer, Inner].</summary>
    private protected abstract void Reduce(ReadOnlySpan<float> x, Span<float> y);

    /// <summary>Writes or adds dL/dx, given dL/dy.</summary>
    private protected abstract void Spread(Tensor y, Tensor dy, GradientSlot dx);

    /// <summary>
    /// A tensor of the input's shape with each line as its last dimension: a view in recorded operations.
    /// </summary>
    private protected Tensor AsLines(Tensor x) => Dim is { } d ? x.MoveDim(d, -1) : x.Reshape(x.Count);

    /// <summary>A tensor of the result's shape as one that broadcasts against <see cref="AsLines"/>.</summary>
    private protected Tensor AsResults(Tensor y) =>
        Dim is { } d ? y.Reshape([.. X.Shape.Without(d), 1]) : y.Reshape(1);

    /// <inheritdoc/>
    protected sealed override Tensor Forward()
    {
        Tensor y = Tensor.Uninitialized(ResultShape);
        if (y.Count > 0)
            Reduce(X.Dense().AsSpan(), y.Writable());
        return y;
    }

    /// <inheritdoc/>
    protected internal sealed override void Backward(Tensor y, Tensor dy, Gradients gradients)
    {
        GradientSlot dx = gradients.Slot(X);
        if (X.Count > 0)
            Spread(y, dy, dx);
    }
}
